"""Shades of a heat map: fixed steps of the rate, so that two maps can be laid side by side."""

from decimal import Decimal

FROM = (Decimal(95), Decimal(90), Decimal(85), Decimal(80), Decimal(70))  # percent; a shade darker under each


def shade(rate: Decimal | None) -> int | None:
    """0, the lightest, from 95 % on, to 5, the darkest, under 70 %; None where the rate is withheld."""
    return None if rate is None else sum(rate < step for step in FROM)
