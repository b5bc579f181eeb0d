"""Units as values: a forest of offices, each with the days between which it exists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey.domain.periods import Period


class UnitKind(StrEnum):
    """The kinds of Vietnamese office, in the order in which people list them."""

    CITY = "city"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `path` holds the ids from the root down to the unit itself."""

    id: int
    code: str
    name: str
    kind: UnitKind
    path: tuple[int, ...]
    valid_from: date | None
    valid_to: date | None
    sort_key: str

    def is_open(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, period: Period) -> bool:
        """Whether the unit exists on any day of the period."""
        return (self.valid_from is None or self.valid_from <= period.end) and (
            self.valid_to is None or period.start <= self.valid_to
        )

    def is_within(self, ancestor_ids: Iterable[int]) -> bool:
        """Whether the unit is one of these units or below one of them."""
        return not set(self.path).isdisjoint(ancestor_ids)
