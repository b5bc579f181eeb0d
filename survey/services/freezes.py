"""Freezes the figures of a period ("chốt số liệu"). A frozen period never changes; what comes later is a supplement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey.domain import frozen, frozen_text
from survey.domain.audit import Action
from survey.domain.disclosure import Minimums
from survey.domain.figures import UnitFigures
from survey.domain.frozen import ORIGINAL, Snapshot
from survey.domain.named_periods import NamedPeriod
from survey.domain.periods import local_day
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.models import FrozenPeriod
from survey.queries import frozen as queries
from survey.queries.frozen import Entry
from survey.services import audit, dossier_keys


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be frozen: a unit with all below it, one questionnaire, a period that is over."""

    unit: Unit
    version: Version
    named: NamedPeriod


def prepare(session: Session, wanted: Wanted, minimums: Minimums, actor: str, now: datetime) -> Snapshot:
    """What a freeze would store; reads only. Raises InvalidError when the period cannot be frozen now.

    The codes are period_open, period_waiting, unit_absent, nothing_shown, and unchanged where a supplement would
    repeat the number before.
    """
    today = local_day(now)
    units = queries.units_of(session, wanted.unit, wanted.named)
    waiting = queries.waiting(session, wanted.version, units, wanted.named, minimums.shown, today)
    refused = frozen.refusals(wanted.unit, wanted.named, today, waiting)
    if refused:
        raise InvalidError(refused)
    selection = Selection(wanted.version, wanted.named.period)
    figures = queries.figures_now(session, selection, units, minimums, today)
    values = {"period": wanted.named.name, "unit": wanted.unit.name}
    if frozen.is_empty(figures):
        raise InvalidError([Problem("period", "nothing_shown", values)])
    return _following(
        session, wanted, Snapshot(wanted.version.name, wanted.named, ORIGINAL, minimums, actor, now, figures)
    )


def freeze(session: Session, wanted: Wanted, snapshot: Snapshot) -> Entry:
    """Store what was prepared, with its hash in the audit. Raises InvalidError when somebody was first."""
    text = frozen_text.write(snapshot)
    values = {
        "unit_id": wanted.unit.id,
        "questionnaire_id": wanted.version.id,
        "period": snapshot.named.name,
        "number": snapshot.number,
        "figures": text,
        "sha256": frozen.sha256(text),
        "frozen_by": snapshot.by,
        "frozen_at": snapshot.at,
    }
    try:
        with session.begin_nested():
            row_id = session.scalars(insert(FrozenPeriod).values(values).returning(FrozenPeriod.id)).one()
    except IntegrityError as error:
        raise InvalidError([Problem("period", "frozen_meanwhile", {"period": snapshot.named.name})]) from error
    stored = queries.entry(session, row_id)
    assert stored is not None
    _record(session, stored)
    if wanted.named.name.isdigit():
        _destroy_keys(session, stored)
    return stored


def _destroy_keys(session: Session, stored: Entry) -> None:
    """With a year that is now frozen for every highest unit goes the key of its dossiers (METHOD §6)."""
    years = [int(year) for year in queries.years(session) if year == stored.period]
    for year in dossier_keys.destroy(session, years):
        audit.record(session, stored.at, stored.by, Action.DOSSIER_KEY_DESTROYED, str(year))


def _following(session: Session, wanted: Wanted, snapshot: Snapshot) -> Snapshot:
    """The snapshot with its number, and what differs from the number before."""
    before: Sequence[Entry] = queries.of_period(session, wanted.unit, wanted.version, wanted.named.name)
    if not before:
        return snapshot
    latest = before[0]
    changes = frozen.changes(_figures(session, latest), snapshot.units)
    if not changes:
        values: dict[str, str | int] = {"period": wanted.named.name, "number": latest.number}
        raise InvalidError([Problem("period", "unchanged", values)])
    return Snapshot(
        snapshot.questionnaire,
        snapshot.named,
        latest.number + 1,
        snapshot.minimums,
        snapshot.by,
        snapshot.at,
        snapshot.units,
        latest.sha256,
        changes,
    )


def _figures(session: Session, stored: Entry) -> tuple[UnitFigures, ...]:
    return queries.snapshot(session, stored.id).units


def _record(session: Session, stored: Entry) -> None:
    detail: dict[str, str | int] = {
        "id": stored.id,
        "period": stored.period,
        "questionnaire": stored.questionnaire,
        "number": stored.number,
        "sha256": stored.sha256,
    }
    audit.record(session, stored.at, stored.by, Action.FIGURES_FROZEN, stored.unit_code, detail)
