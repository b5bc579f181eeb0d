"""Batches of flagged answers and decisions as their pages show them: numbers by tens, no clock time, no answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from survey.domain import quarantine
from survey.domain.periods import Month
from survey.domain.quality import Flag
from survey.domain.quarantine import Batch
from survey.domain.units import Unit
from survey.queries.points import Point
from survey.queries.quarantines import Decision
from survey.wording import Translate, numbers
from survey.wording.quality import FLAGS, MEANINGS

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch; `open_to` says whether the reader may decide on it."""

    unit: str
    point: str
    label: str
    flag: str
    meaning: str
    span: str
    answers: str
    query: Mapping[str, str]
    open_to: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision with its batch."""

    id: int
    batch: BatchLine
    reason: str
    by: str
    on: str
    released: str
    released_by: str
    release_reason: str
    open_to: bool
    waits: bool  # released figures do not follow it yet, at least not in all


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose answers the reader sees, and where they may decide."""

    units: Mapping[int, Unit]
    deciding: frozenset[int]
    points: Mapping[int, Point]


def batch(desk: Desk, one: Batch, answers: int) -> BatchLine:
    """A batch in words."""
    point, unit = desk.points[one.point_id], desk.units[one.unit_id]
    query = {"unit": unit.code, "point": point.code, "flag": one.name, "span": one.span_text}
    return BatchLine(
        unit.name,
        point.code,
        point.label,
        translate(FLAGS[one.flag]),
        translate(MEANINGS[one.flag]),
        span(one),
        quarantine.about(answers),
        query,
        unit.id in desk.deciding,
    )


def batches(desk: Desk, found: Mapping[Batch, int]) -> list[BatchLine]:
    """Batches by unit in Vietnamese order, newest span first."""
    known = [one for one in found if one.point_id in desk.points]
    ordered = sorted(known, key=lambda one: (one.span.start, one.flag), reverse=True)
    ordered.sort(key=lambda one: (desk.units[one.unit_id].sort_key, desk.points[one.point_id].code))
    return [batch(desk, one, found[one]) for one in ordered]


def decision(desk: Desk, one: Decision, waiting: frozenset[int]) -> DecisionLine:
    """A decision in words; `waiting` are those that released figures do not follow yet."""
    return DecisionLine(
        one.id,
        batch(desk, one.batch, one.answers),
        one.reason,
        one.by,
        numbers.moment(one.at),
        numbers.moment(one.released_at) if one.released_at else "",
        one.released_by or "",
        one.release_reason or "",
        one.is_active and one.batch.unit_id in desk.deciding,
        one.id in waiting,
    )


def span(one: Batch) -> str:
    """A day, or a month."""
    return numbers.day(one.span.start) if one.flag is Flag.BURST else numbers.month(Month.of(one.span.start))


def meanings() -> Sequence[tuple[str, str]]:
    """Every flag with what it means."""
    return [(translate(FLAGS[flag]), translate(MEANINGS[flag])) for flag in Flag]
