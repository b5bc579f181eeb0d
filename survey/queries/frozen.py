"""Frozen figures as they are stored, those that a freeze would take now, and whether the stored ones are untouched."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from survey.domain import frozen, frozen_text
from survey.domain.audit import Action
from survey.domain.disclosure import Minimums, lots
from survey.domain.disclosure.lots import Terms
from survey.domain.figures import UnitFigures
from survey.domain.frozen import Snapshot
from survey.domain.named_periods import NamedPeriod
from survey.domain.periods import Month, Period
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.models import AuditEvent, FrozenPeriod, Questionnaire, Released
from survey.models import Unit as UnitRow
from survey.queries import catalogue, rates
from survey.queries import waiting as unreleased


@dataclass(frozen=True, slots=True)
class Entry:
    """A frozen period in a list: everything but its figures. Number 1 is the first, later ones are supplements."""

    id: int
    unit_code: str
    questionnaire: str
    period: str
    number: int
    sha256: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Flaw:
    """A frozen period that is not what was frozen. `code` is hash, header, record, or gone."""

    id: int
    code: str


def entries(session: Session) -> tuple[Entry, ...]:
    """Every frozen period, newest first."""
    return tuple(_entry(row) for row in session.execute(_listed().order_by(FrozenPeriod.id.desc())))


def entry(session: Session, row_id: int) -> Entry | None:
    """The frozen period with this id."""
    row = session.execute(_listed().where(FrozenPeriod.id == row_id)).first()
    return None if row is None else _entry(row)


def of_period(session: Session, unit: Unit, version: Version, period: str) -> tuple[Entry, ...]:
    """The first freeze of a period and its supplements, newest first."""
    found = _listed().where(
        FrozenPeriod.unit_id == unit.id,
        FrozenPeriod.questionnaire_id == version.id,
        FrozenPeriod.period == period,
    )
    return tuple(_entry(row) for row in session.execute(found.order_by(FrozenPeriod.number.desc())))


def snapshot(session: Session, row_id: int) -> Snapshot:
    """The figures of a frozen period that exists."""
    return frozen_text.read(text(session, row_id))


def text(session: Session, row_id: int) -> str:
    """The stored text of a frozen period that exists, over which its hash was taken."""
    return session.scalars(select(FrozenPeriod.figures).where(FrozenPeriod.id == row_id)).one()


def units_of(session: Session, unit: Unit, named: NamedPeriod) -> tuple[Unit, ...]:
    """The unit, first, and all below it that exist in the period."""
    every = catalogue.units(session)
    below = (found for found in every if found.id != unit.id and found.is_within([unit.id]))
    return (unit, *(found for found in below if found.overlaps(named.period)))


def figures_now(
    session: Session, selection: Selection, units: Sequence[Unit], minimums: Minimums, today: date
) -> tuple[UnitFigures, ...]:
    """What a freeze would take at this moment: the figures that people are shown."""
    return tuple(rates.of_unit(session, selection, unit, minimums, today) for unit in units)


def spans(session: Session, unit_ids: Iterable[int]) -> tuple[Period, ...]:
    """The days that the released figures of these units are about: a period outside all of them has none to freeze."""
    wanted = select(Released.first, Released.last).where(Released.unit_id.in_(list(unit_ids))).distinct()
    return tuple(Period(first, last) for first, last in session.execute(wanted))


def waiting(
    session: Session, version: Version, units: Sequence[Unit], named: NamedPeriod, minimum: int, today: date
) -> int:
    """How many answers of the period the next round will release: a freeze waits for them.

    What is too few for a lot waits for other answers, perhaps for ever, and stops no freeze; it goes to a supplement.
    """
    ids = [unit.id for unit in units]
    parts = unreleased.of_units(session, version, ids, named.period.end)
    terms = Terms(minimum, Month.of(today))
    months = set(named.period.months)
    found = (lot for unit_id in ids for lot in lots.of_unit([part for part in parts if part.unit_id == unit_id], terms))
    return sum(part.answers for lot in found for part in lot.parts if part.month in months)


def years(session: Session) -> tuple[str, ...]:
    """The years whose figures are frozen for every highest unit: from then on the year's dossier key serves nothing.

    The rule that one dossier counts once ends with the freeze, so the key of such a year may be destroyed (METHOD §6).
    """
    roots = set(session.scalars(select(UnitRow.id).where(UnitRow.parent_id.is_(None))))
    of_year: dict[str, set[int]] = {}
    for unit_id, period in session.execute(select(FrozenPeriod.unit_id, FrozenPeriod.period)):
        of_year.setdefault(period, set()).add(unit_id)
    return tuple(sorted(period for period, units in of_year.items() if period.isdigit() and roots <= units))


def flaws(session: Session) -> tuple[Flaw, ...]:
    """Every frozen period that was altered, and every one that was recorded but is gone.

    The hash is compared with the text, the text with the row, and both with the record of the freeze in the audit,
    whose own chain `flask audit verify` checks.
    """
    recorded = dict(_recorded(session))
    rows = session.execute(_listed().add_columns(FrozenPeriod.figures).order_by(FrozenPeriod.id)).all()
    found = [Flaw(row.id, code) for row in rows if (code := _flaw(_entry(row), row.figures, recorded.get(row.id)))]
    present = {row.id for row in rows}
    return (*found, *(Flaw(row_id, "gone") for row_id in sorted(set(recorded) - present)))


def _flaw(stored: Entry, text: str, recorded: str | None) -> str | None:
    if frozen.sha256(text) != stored.sha256:
        return "hash"
    if recorded != stored.sha256:
        return "record"
    held = frozen_text.read(text)
    header = (held.unit.code, held.questionnaire, held.named.name, held.number, held.by, held.at)
    same = header == (
        stored.unit_code,
        stored.questionnaire,
        stored.period,
        stored.number,
        stored.by,
        stored.at,
    )
    return None if same else "header"


def _recorded(session: Session) -> Iterator[tuple[int, str]]:
    """Id and hash of every freeze, from the audit."""
    wanted = select(AuditEvent.detail).where(AuditEvent.action == Action.FIGURES_FROZEN.value)
    for detail in session.scalars(wanted):
        document = json.loads(detail)
        yield document["id"], document["sha256"]


def _listed() -> Select[int, str, str, int, str, int, str, str, datetime]:
    return (
        select(
            FrozenPeriod.id,
            UnitRow.code.label("unit_code"),
            Questionnaire.key,
            Questionnaire.version,
            FrozenPeriod.period,
            FrozenPeriod.number,
            FrozenPeriod.sha256,
            FrozenPeriod.frozen_by,
            FrozenPeriod.frozen_at,
        )
        .join(UnitRow, UnitRow.id == FrozenPeriod.unit_id)
        .join(Questionnaire, Questionnaire.id == FrozenPeriod.questionnaire_id)
    )


def _entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        unit_code=row.unit_code,
        questionnaire=f"{row.key}@{row.version}",
        period=row.period,
        number=row.number,
        sha256=row.sha256,
        by=row.frozen_by,
        at=row.frozen_at,
    )
