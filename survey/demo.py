"""Demonstration data, seeded and made only through services, so that it passes every check that a citizen's does."""
