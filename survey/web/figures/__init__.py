"""Figures to read and to download: filters in, disclosed figures out, written for a template."""
