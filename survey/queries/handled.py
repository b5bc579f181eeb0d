"""Dossiers handled: summed over units and periods, and as stored, for an import to compare with."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.domain.handled import NONE, Handled, HandledEntry
from survey.domain.periods import Period
from survey.domain.units import Unit
from survey.models import Handled as Row
from survey.models import Unit as UnitRow
from survey.queries import catalogue

SUMS = tuple(func.sum(getattr(Row, name)) for name in ("handled", "early", "on_time", "late", "complaints"))


def of_units(
    session: Session, units: Sequence[Unit], period: Period, procedure: str | None = None
) -> dict[int, Handled]:
    """The dossiers of each unit with all below it, by unit id; of one procedure where it is given."""
    paths = {unit.id: unit.path for unit in catalogue.units(session)}
    wanted = {unit.id for unit in units}
    inside = [unit_id for unit_id, path in paths.items() if not wanted.isdisjoint(path)]
    rows = select(Row.unit_id, *SUMS).where(Row.unit_id.in_(inside), Row.day.between(period.start, period.end))
    if procedure is not None:
        rows = rows.where(Row.procedure == procedure)
    found = dict.fromkeys(wanted, NONE)
    for unit_id, *sums in session.execute(rows.group_by(Row.unit_id)):
        own = Handled(*(int(value) for value in sums))
        for above in wanted.intersection(paths[unit_id]):
            found[above] += own
    return found


def of_days(session: Session, unit_id: int, days: Iterable[date]) -> dict[date, int]:
    """How many dossiers the unit alone handled on each of these days; only days of which something is known."""
    rows = select(Row.day, func.sum(Row.handled)).where(Row.unit_id == unit_id, Row.day.in_(list(days)))
    return {day: int(count) for day, count in session.execute(rows.group_by(Row.day))}


def entries(session: Session, unit_codes: Iterable[str], first: date, last: date) -> dict[str, HandledEntry]:
    """What is stored of these units between two days, by "unit procedure day"."""
    wanted = set(unit_codes)
    rows = session.execute(
        select(
            UnitRow.code,
            Row.procedure,
            Row.day,
            Row.handled,
            Row.early,
            Row.on_time,
            Row.late,
            Row.complaints,
        )
        .join(UnitRow, UnitRow.id == Row.unit_id)
        .where(Row.day.between(first, last))
    )
    return {f"{row[0]} {row[1]} {row[2].isoformat()}": HandledEntry(*row) for row in rows if row[0] in wanted}
