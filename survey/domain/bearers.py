"""Tokens of programs that read figures: how one looks, how it is kept, and what it may read."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from survey.domain import names
from survey.domain.access import Grant, Permission, Role, permitted_roots
from survey.domain.problems import Problem
from survey.domain.units import Unit

PREFIX = "khsl_"  # so that a leaked token is recognised for what it is
SECRET_BYTES = 32
NAME_LENGTH = 120
LONGEST = timedelta(days=3 * 365)


def text_of(secret: str) -> str:
    """A token as it is handed out: the mark before a random secret."""
    return PREFIX + secret


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def check(name: str, lifetime: timedelta) -> list[Problem]:
    """Every complaint about a new token; `name` in its normal form."""
    problems = []
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        problems.append(Problem("name", "name_invalid", {"most": NAME_LENGTH}))
    if not timedelta(0) < lifetime <= LONGEST:
        problems.append(Problem("days", "lifetime_invalid", {"most": LONGEST.days}))
    return problems


def normal_name(text: str) -> str:
    """What a token is called, in the form in which it is kept."""
    return names.normal(text)


def reach(unit: Unit, units: Iterable[Unit], grants: Iterable[Grant] | None) -> tuple[Grant, ...]:
    """What a token of that unit may read: the unit and all below it, and of those only what its owner may (`grants`).

    A service account's token has no owner: `grants` is None. Whatever the owner's roles are, a token only reads.
    """
    if grants is None:
        return (Grant(Role.VIEWER, unit.id),)
    roots = permitted_roots(grants, Permission.READ_FIGURES)
    if unit.is_within(roots):
        return (Grant(Role.VIEWER, unit.id),)
    below = (found for found in units if found.id in roots and found.is_within([unit.id]))
    return tuple(Grant(Role.VIEWER, found.id) for found in below)
