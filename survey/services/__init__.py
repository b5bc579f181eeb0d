"""Writes: session first, clock passed in; they flush at most and never commit."""
