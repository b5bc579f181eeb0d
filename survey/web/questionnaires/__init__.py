"""Questionnaires for who administers them: what is published, what a file would change, how citizens see it."""
