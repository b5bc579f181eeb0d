"""What an administrator reaches: the units at and below their grants, and those among them that they decide about.

Whoever administers a unit decides about the units below it; about the unit itself decides who administers the one
above. What all units share is for those who administer the top of every tree.
"""

from dataclasses import dataclass

from survey.domain.access import Permission, governs, governs_all
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import catalogue
from survey.web import access

NEEDED = Permission.MANAGE_CATALOGUE


@dataclass(frozen=True, slots=True)
class Reach:
    """`seen` are the units within reach, `governed` those that the reader decides about; `whole` when all."""

    seen: tuple[Unit, ...]
    governed: tuple[Unit, ...]
    whole: bool

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(unit.code for unit in self.seen)

    @property
    def names(self) -> dict[str, str]:
        """The names of the units within reach, by code."""
        return {unit.code: unit.name for unit in self.seen}

    def governs(self, unit: Unit) -> bool:
        return any(one.id == unit.id for one in self.governed)

    def name(self, unit_id: int) -> str:
        """The name of a unit within reach, else nothing."""
        return next((unit.name for unit in self.seen if unit.id == unit_id), "")


def mine() -> Reach:
    """The reader's."""
    grants = access.me().grants
    with reading() as session:
        units = catalogue.units(session)
    return Reach(
        access.among(units, NEEDED),
        tuple(unit for unit in units if governs(grants, NEEDED, unit)),
        governs_all(grants, NEEDED, units),
    )
