"""The record of acts, for administrators: who did what, at which unit, when."""
