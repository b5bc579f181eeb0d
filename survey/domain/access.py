"""Who may do what: permissions, roles as sets of them, and grants of a role at a unit and all below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto

from survey.domain.units import Unit


class Permission(StrEnum):
    """One thing that a route needs."""

    READ_FIGURES = auto()
    ENTER_PAPER = auto()
    PRINT_POINTS = auto()
    MANAGE_POINTS = auto()
    MANAGE_COMMENTS = auto()
    MANAGE_INVITATIONS = auto()
    MANAGE_TARGETS = auto()
    FREEZE_FIGURES = auto()
    INSPECT = auto()
    MANAGE_CATALOGUE = auto()
    MANAGE_QUESTIONNAIRES = auto()
    MANAGE_STAFF = auto()
    READ_AUDIT = auto()


class Role(StrEnum):
    """What a grant gives; `wording.roles` has the sentence for people."""

    VIEWER = "viewer"
    CLERK = "clerk"
    MANAGER = "manager"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


_VIEWER = frozenset({Permission.READ_FIGURES})
_CLERK = _VIEWER | {Permission.ENTER_PAPER, Permission.PRINT_POINTS}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: _VIEWER,
    Role.CLERK: _CLERK,
    # Who quarantines answers does not choose the moment at which figures are frozen, and the other way round.
    Role.MANAGER: _CLERK
    | {
        Permission.MANAGE_POINTS,
        Permission.MANAGE_COMMENTS,
        Permission.MANAGE_INVITATIONS,
        Permission.MANAGE_TARGETS,
        Permission.FREEZE_FIGURES,
    },
    Role.INSPECTOR: _VIEWER | {Permission.INSPECT},
    Role.ADMINISTRATOR: _VIEWER
    | {
        Permission.MANAGE_CATALOGUE,
        Permission.MANAGE_INVITATIONS,
        Permission.MANAGE_QUESTIONNAIRES,
        Permission.MANAGE_STAFF,
        Permission.READ_AUDIT,
    },
}

# Whose accounts nobody may open with a password alone.
SECOND_FACTOR = frozenset({Role.INSPECTOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a unit; it reaches every unit below."""

    role: Role
    unit_id: int


def permitted_roots(grants: Iterable[Grant], permission: Permission) -> frozenset[int]:
    """The ids of the units at which, and below which, the permission holds."""
    return frozenset(grant.unit_id for grant in grants if permission in PERMISSIONS[grant.role])


def needs_second_factor(grants: Iterable[Grant]) -> bool:
    """Whether somebody with these grants has to sign in with an authenticator too."""
    return any(grant.role in SECOND_FACTOR for grant in grants)


def may_quarantine(grants: Iterable[Grant], unit: Unit) -> bool:
    """Whether these grants let decide on flagged answers of this unit: an inspector who does not run it."""
    held = tuple(grants)
    return may(held, Permission.INSPECT, unit) and not may(held, Permission.MANAGE_POINTS, unit)


def may(grants: Iterable[Grant], permission: Permission, unit: Unit) -> bool:
    """Whether the grants give the permission at this unit."""
    return unit.is_within(permitted_roots(grants, permission))


def governs(grants: Iterable[Grant], permission: Permission, unit: Unit) -> bool:
    """Whether the grants decide about the unit itself: they hold above it, or at it where nothing stands above."""
    return not permitted_roots(grants, permission).isdisjoint(unit.path[:-1] or unit.path)


def governs_all(grants: Iterable[Grant], permission: Permission, units: Iterable[Unit]) -> bool:
    """Whether the grants hold at the top of every tree: then they decide about what all units share."""
    roots = permitted_roots(grants, permission)
    return bool(roots) and all(unit.id in roots for unit in units if len(unit.path) == 1)
