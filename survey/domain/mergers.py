"""Units that become one from a day on: what that makes of them, and what cannot be merged.

The old units end the day before and name the new one as their successor; their answers stay theirs.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from survey.domain.catalogue import UnitEntry
from survey.domain.periods import FIRST_YEAR, LAST_YEAR
from survey.domain.problems import Problem
from survey.domain.unit_changes import Cells, cells

Units = Mapping[str, UnitEntry]
DAY = timedelta(days=1)


class Below(StrEnum):
    """What becomes of the units below those that end."""

    CLOSE = "close"  # they end too, and the new unit takes over
    MOVE = "move"  # they go on, under the new unit


@dataclass(frozen=True, slots=True)
class Wanted:
    """A merger: codes of the units that end, the first day of the new order, and the unit that takes over.

    `founded` holds name, kind and parent's code of a new unit; None when the unit exists.
    """

    sources: tuple[str, ...]
    first_day: date
    into: str
    founded: tuple[str, str, str] | None = None
    below: Below = Below.CLOSE

    @property
    def last_day(self) -> date:
        """Of the units that end."""
        return self.first_day - DAY


@dataclass(frozen=True, slots=True)
class Done:
    """What a merger changed: lines before and after by code, and what it made besides."""

    before: Mapping[str, Cells]
    after: Mapping[str, Cells]
    founded: bool
    points: tuple[str, ...] = ()
    grants: tuple[tuple[int, str], ...] = ()  # account and role, at the unit that took over


def problems(stored: Units, wanted: Wanted) -> list[Problem]:
    """What speaks against the merger before the rules of the tree are asked."""
    if not FIRST_YEAR <= wanted.first_day.year <= LAST_YEAR:
        return [Problem("day", "date_bad", {"column": "day", "value": wanted.first_day.isoformat()})]
    if not wanted.sources:
        return [Problem("from", "merger_empty")]
    found = [problem for code in wanted.sources for problem in _of_source(stored, code, wanted)]
    target = stored.get(wanted.into)
    if wanted.into in wanted.sources:
        found.append(Problem("into", "merger_itself", {"value": wanted.into}))
    elif wanted.founded is not None and target is not None:
        found.append(Problem("into", "code_taken", {"value": wanted.into, "name": target.name}))
    elif wanted.founded is None:
        if target is None:
            found.append(Problem("into", "unit_unknown", {"value": wanted.into}))
        elif not _is_open(target, wanted.first_day):
            values = {"value": wanted.into, "day": wanted.first_day.isoformat()}
            found.append(Problem("into", "unit_closed", values))
    return found


def _of_source(stored: Units, code: str, wanted: Wanted) -> Iterator[Problem]:
    unit = stored.get(code)
    if unit is None:
        yield Problem("from", "unit_unknown", {"value": code})
    elif not _is_open(unit, wanted.last_day):
        yield Problem("from", "unit_closed", {"value": code, "day": wanted.last_day.isoformat()})


def _is_open(unit: UnitEntry, day: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day <= unit.valid_to)


def below(stored: Units, wanted: Wanted) -> tuple[UnitEntry, ...]:
    """The units below those that end that still exist on the first day, however deep, in the order of `stored`."""
    return tuple(
        unit
        for unit in stored.values()
        if unit.code not in (*wanted.sources, wanted.into)
        and (unit.valid_to is None or unit.valid_to >= wanted.first_day)
        and any(above in wanted.sources for above in _above(stored, unit))
    )


def _above(stored: Units, unit: UnitEntry) -> Iterator[str]:
    seen = {unit.code}
    code = unit.parent_code
    while code in stored and code not in seen:
        seen.add(code)
        yield code
        code = stored[code].parent_code


def rows(stored: Units, wanted: Wanted) -> list[Cells]:
    """The lines that an operator would import: the founded unit, the units that end, and those below them."""
    found: list[Cells] = []
    if wanted.founded is not None:
        name, kind, parent = wanted.founded
        new = UnitEntry(wanted.into, name, kind, parent, wanted.first_day, None, ())
        found.append(cells(new))
    found += [_ended(stored[code], wanted) for code in wanted.sources]
    for unit in below(stored, wanted):
        if wanted.below is Below.CLOSE:
            found.append(_ended(unit, wanted))
        elif unit.parent_code in wanted.sources:
            found.append(cells(unit) | {"parent_code": wanted.into})
    return found


def _ended(unit: UnitEntry, wanted: Wanted) -> Cells:
    heirs = ";".join(sorted({*unit.replaced_by, wanted.into}))
    return cells(unit) | {"valid_to": wanted.last_day.isoformat(), "replaced_by": heirs}


def written(done: Done) -> str:
    """What was done as JSON text, for `read`."""
    return json.dumps(
        {
            "before": done.before,
            "after": done.after,
            "founded": done.founded,
            "points": done.points,
            "grants": done.grants,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def read(text: str) -> Done:
    """What was done, from `written`."""
    content = json.loads(text)
    return Done(
        content["before"],
        content["after"],
        content["founded"],
        tuple(content["points"]),
        tuple((staff_id, role) for staff_id, role in content["grants"]),
    )
