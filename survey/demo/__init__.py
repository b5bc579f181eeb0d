"""Seeded demonstration data, made only through services: the same seed and day give the same answers.

Nobody said these things. A mark in the database makes every page say so, and it is never taken off.
"""

from survey.demo.accounts import ACCOUNTS, PASSWORD, Account
from survey.demo.inviting import tokens
from survey.demo.loading import DemonstrationError, Loaded, load

__all__ = ["ACCOUNTS", "PASSWORD", "Account", "DemonstrationError", "Loaded", "load", "tokens"]
