"""Reads: session in, frozen values out. No rule of the survey is decided here."""
