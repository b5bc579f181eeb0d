"""Batches of paper forms. Session in, frozen values out; what was keyed comes encrypted, as it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from survey.domain.paper import Turn
from survey.domain.questionnaire import Version
from survey.models import PaperBatch, PaperForm
from survey.models import Point as PointRow
from survey.queries import points, questionnaires
from survey.queries.points import Point


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch; `first` and `second` are how many of its forms were keyed each time."""

    id: int
    point: Point
    version: Version
    number: str
    day: date
    forms: int
    opened_at: datetime
    opened_by: str
    accepted_at: datetime | None
    accepted: int | None
    first: int = 0
    second: int = 0

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None


@dataclass(frozen=True, slots=True)
class SealedForm:
    """A form as it is kept."""

    place: int
    first: bytes | None
    first_by: int | None
    second: bytes | None
    second_by: int | None
    settled: bytes | None


def batches(session: Session, unit_ids: Iterable[int], most: int) -> tuple[Batch, ...]:
    """The batches of these units: those under way, the oldest first, then at most so many that were accepted."""
    statement = select(PaperBatch).join(PointRow, PointRow.id == PaperBatch.point_id)
    within = statement.where(PointRow.unit_id.in_(set(unit_ids)))
    under_way = within.where(PaperBatch.accepted_at.is_(None)).order_by(PaperBatch.opened_at, PaperBatch.id)
    done = within.where(PaperBatch.accepted_at.is_not(None)).order_by(PaperBatch.accepted_at.desc()).limit(most)
    return (*_batches(session, under_way), *_batches(session, done))


def batch(session: Session, batch_id: int) -> Batch | None:
    """One batch; None when there is none."""
    return next(iter(_batches(session, select(PaperBatch).where(PaperBatch.id == batch_id))), None)


def forms(session: Session, batch_id: int) -> tuple[SealedForm, ...]:
    """The forms of a batch under way, by the number on them; none of an accepted one."""
    statement = select(PaperForm).where(PaperForm.batch_id == batch_id).order_by(PaperForm.place)
    return tuple(_sealed(row) for row in session.scalars(statement))


def form(session: Session, batch_id: int, place: int) -> SealedForm | None:
    """One form."""
    row = session.get(PaperForm, (batch_id, place))
    return None if row is None else _sealed(row)


def missing(session: Session, batch_id: int, turn: Turn) -> tuple[int, ...]:
    """The forms of a batch that are not keyed in the turn, by number."""
    column = PaperForm.first if turn is Turn.FIRST else PaperForm.second
    statement = select(PaperForm.place).where(PaperForm.batch_id == batch_id, column.is_(None))
    return tuple(session.scalars(statement.order_by(PaperForm.place)))


def counter(session: Session, unit_id: int, questionnaire_key: str) -> Point | None:
    """The point of a unit to which paper forms of a questionnaire belong; None before the first batch."""
    found = points.of_units(session, [unit_id])
    return next((one for one in found if one.kind == "paper" and one.questionnaire_key == questionnaire_key), None)


def _sealed(row: PaperForm) -> SealedForm:
    return SealedForm(row.place, row.first, row.first_by, row.second, row.second_by, row.settled)


def _batches(session: Session, statement: Select[Any]) -> tuple[Batch, ...]:
    rows = list(session.scalars(statement))
    codes = dict(
        session.execute(select(PointRow.id, PointRow.code).where(PointRow.id.in_({row.point_id for row in rows}))).all()
    )
    keyed = _keyed(session, [row.id for row in rows])
    found = []
    for row in rows:
        point = points.by_code(session, codes[row.point_id])
        assert point is not None, "a foreign key holds it"
        version = questionnaires.by_id(session, row.questionnaire_id)
        first, second = keyed.get(row.id, (0, 0))
        found.append(
            Batch(
                row.id,
                point,
                version,
                row.number,
                row.day,
                row.forms,
                row.opened_at,
                row.opened_by,
                row.accepted_at,
                row.accepted,
                first,
                second,
            )
        )
    return tuple(found)


def _keyed(session: Session, ids: list[int]) -> dict[int, tuple[int, int]]:
    columns = (PaperForm.batch_id, func.count(PaperForm.first), func.count(PaperForm.second))
    rows = session.execute(select(*columns).where(PaperForm.batch_id.in_(ids)).group_by(PaperForm.batch_id))
    return {batch_id: (first, second) for batch_id, first, second in rows}
