"""Flags on answers, and decisions on batches of them: for inspectors, who do not run the units they look at."""
