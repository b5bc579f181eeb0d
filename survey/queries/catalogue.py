"""Units and procedures: the tree with its paths, search by name, targets. Session in, frozen values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, ColumnElement, bindparam, literal, select
from sqlalchemy.orm import Session

from survey.domain import names
from survey.domain.units import Unit, UnitKind
from survey.models import Procedure as ProcedureRow
from survey.models import Target as TargetRow
from survey.models import Unit as UnitRow
from survey.models import unit_successor

SATISFACTION, ON_TIME = "satisfaction", "on_time"
DEFAULT_TARGET = Decimal(85)  # the plan of 2021, where no other target was imported
DEFAULT_ON_TIME = Decimal(99)  # the same plan's, for dossiers early or on time
DEFAULTS = {ON_TIME: DEFAULT_ON_TIME}


@dataclass(frozen=True, slots=True)
class Procedure:
    """An administrative procedure of the national catalogue."""

    code: str
    name: str
    domain_name: str
    retired_on: date | None = None

    def is_offered(self, day: date) -> bool:
        """Whether citizens can choose it on that day."""
        return self.retired_on is None or day < self.retired_on


_COLUMNS = (
    UnitRow.id,
    UnitRow.code,
    UnitRow.name,
    UnitRow.kind,
    UnitRow.parent_id,
    UnitRow.valid_from,
    UnitRow.valid_to,
    UnitRow.sort_key,
)


def units(session: Session) -> tuple[Unit, ...]:
    """Every unit, closed ones too, in Vietnamese order of their names."""
    rows = session.execute(select(*_COLUMNS).order_by(UnitRow.sort_key, UnitRow.code)).all()
    parents = {row.id: row.parent_id for row in rows}
    return tuple(_unit(row, parents) for row in rows)


def above(which: ColumnElement[bool]) -> CTE:
    """A unit and those above it, by `height`: it is 0, what is right above it 1."""
    unit = UnitRow.__table__.c
    columns: list[Any] = [unit[column.key] for column in _COLUMNS]
    found = select(*columns, literal(0).label("height")).where(which).cte("above", recursive=True)
    return found.union_all(select(*columns, found.c.height + 1).where(unit.id == found.c.parent_id))


def lowest(rows: Sequence[Any]) -> Unit:
    """The unit that the rows of `above` are about, in their order."""
    return _unit(rows[0], {row.id: row.parent_id for row in rows})


_ABOVE = above(UnitRow.__table__.c.id == bindparam("unit_id"))
_BY_ID = select(*_ABOVE.c).order_by(_ABOVE.c.height)


def unit_by_id(session: Session, unit_id: int) -> Unit:
    """One unit that exists, without reading the others: only it and those above it."""
    return lowest(session.connection().execute(_BY_ID, {"unit_id": unit_id}).all())


def _unit(row: Any, parents: Mapping[int, int | None]) -> Unit:
    return Unit(
        row.id,
        row.code,
        row.name,
        UnitKind(row.kind),
        _path(row.id, parents),
        row.valid_from,
        row.valid_to,
        row.sort_key,
    )


def _path(unit_id: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    path = [unit_id]
    while (parent := parents[path[0]]) is not None:
        path.insert(0, parent)
    return tuple(path)


def unit(session: Session, code: str) -> Unit | None:
    """The unit with this code, or None."""
    return next((found for found in units(session) if found.code == code), None)


def search_units(session: Session, text: str, day: date) -> tuple[Unit, ...]:
    """The units open on that day whose name has a word for every word of `text`, or one that begins so; best first.

    Diacritics, tone placement, capitals and the order of words do not matter. A text without letters or digits finds
    none. Names that hold the words as one run come before the others. Closed units are not offered: none can answer.
    """
    wanted = names.fold(text)
    if not wanted:
        return ()
    found = []
    for candidate in units(session):
        folded = f" {names.fold(candidate.name)}"
        if candidate.is_open(day) and all(f" {word}" in folded for word in wanted.split()):
            found.append((f" {wanted}" not in folded, candidate.sort_key, candidate))
    return tuple(candidate for _, _, candidate in sorted(found, key=lambda entry: entry[:2]))


def every_successor(session: Session) -> dict[int, tuple[int, ...]]:
    """The ids of the units that replaced each unit, for every unit that was replaced."""
    found: dict[int, tuple[int, ...]] = {}
    for unit_id, successor_id in session.execute(select(unit_successor.c.unit_id, unit_successor.c.successor_id)):
        found[unit_id] = (*found.get(unit_id, ()), successor_id)
    return found


def successors(session: Session, unit_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The ids of the units that replaced each of these; empty where none is recorded."""
    wanted = set(unit_ids)
    found: dict[int, tuple[int, ...]] = dict.fromkeys(wanted, ())
    for unit_id, successor_id in session.execute(
        select(unit_successor.c.unit_id, unit_successor.c.successor_id).where(unit_successor.c.unit_id.in_(wanted))
    ):
        found[unit_id] = (*found[unit_id], successor_id)
    return found


def procedures(session: Session) -> tuple[Procedure, ...]:
    """Every procedure, by domain and name in Vietnamese order."""
    rows = session.scalars(select(ProcedureRow))
    ordered = sorted(rows, key=lambda row: (names.sort_key(row.domain_name), row.sort_key))
    return tuple(Procedure(row.code, row.name, row.domain_name, row.retired_on) for row in ordered)


def offered_procedures(session: Session, day: date) -> tuple[Procedure, ...]:
    """The procedures that citizens can choose on that day, in the same order."""
    return tuple(procedure for procedure in procedures(session) if procedure.is_offered(day))


def procedures_among(session: Session, codes: Iterable[str]) -> frozenset[str]:
    """Those of the codes that the catalogue has."""
    wanted = set(codes)
    if not wanted:
        return frozenset()
    return frozenset(session.scalars(select(ProcedureRow.code).where(ProcedureRow.code.in_(wanted))))


def targets(session: Session, units: Sequence[Unit], year: int, kind: str = SATISFACTION) -> dict[int, Decimal]:
    """The target in percent of each unit in that year: its own newest, else that of the nearest unit above."""
    rows = session.execute(
        select(TargetRow.unit_id, TargetRow.percent)
        .where(TargetRow.kind == kind, TargetRow.year <= year)
        .order_by(TargetRow.year)
    )
    newest: dict[int, Decimal] = {row.unit_id: row.percent for row in rows}  # a later year overwrites
    default = DEFAULTS.get(kind, DEFAULT_TARGET)
    return {
        wanted.id: next((newest[above] for above in reversed(wanted.path) if above in newest), default)
        for wanted in units
    }
