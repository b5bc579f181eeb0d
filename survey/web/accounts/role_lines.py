"""What was granted, in sentences: the role, the unit, and what it lets one do."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from survey.domain.access import Grant, Role
from survey.domain.units import Unit
from survey.wording.roles import DUTIES, ROLES


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One grant as a page shows it."""

    role: Role
    name: str
    duty: str
    unit: Unit


def of(grants: Iterable[Grant], units: Iterable[Unit]) -> tuple[RoleLine, ...]:
    """The grants at these units, in words; grants elsewhere are left out."""
    known = {unit.id: unit for unit in units}
    return tuple(
        RoleLine(grant.role, gettext(ROLES[grant.role]), gettext(DUTIES[grant.role]), known[grant.unit_id])
        for grant in grants
        if grant.unit_id in known
    )


def roles() -> tuple[tuple[str, str, str], ...]:
    """Every role: its key, its name, and its sentence."""
    return tuple((role.value, gettext(ROLES[role]), gettext(DUTIES[role])) for role in Role)
