"""Answers as the rules of quality see them, of one unit and whole days. Nothing of this is shown to anybody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain.periods import Period
from survey.domain.points import Channel
from survey.domain.quality import Flag, Form
from survey.domain.questionnaire import Version
from survey.models import SLOT_COLUMNS, Response
from survey.queries import questionnaires


@dataclass(frozen=True, slots=True)
class Stored:
    """A form with the flags that it has."""

    form: Form
    flags: Flag


def waiting_days(session: Session, unit_id: int) -> tuple[date, ...]:
    """The days of which the unit holds counted answers that were not released yet."""
    found = select(Response.day).where(Response.unit_id == unit_id, Response.counted, Response.lot.is_(None))
    return tuple(session.scalars(found.distinct().order_by(Response.day)))


def days_within(session: Session, unit_id: int, period: Period) -> tuple[date, ...]:
    """The days of the period of which the unit holds counted answers."""
    found = select(Response.day).where(
        Response.unit_id == unit_id, Response.counted, Response.day.between(period.start, period.end)
    )
    return tuple(session.scalars(found.distinct().order_by(Response.day)))


def versions(session: Session, unit_id: int, days: Iterable[date]) -> dict[int, Version]:
    """The questionnaires of the unit's answers of these days and the days before them."""
    found = select(Response.questionnaire_id).where(Response.unit_id == unit_id, Response.day.in_(_with_eves(days)))
    return {row_id: questionnaires.by_id(session, row_id) for row_id in session.scalars(found.distinct())}


def of_days(session: Session, unit_id: int, days: Iterable[date], known: dict[int, Version]) -> Iterator[Stored]:
    """The unit's counted answers of these days and of the days before them, in which a run may have begun."""
    table = Response.__table__.c
    columns = (
        table.client_id,
        table.point_id,
        table.questionnaire_id,
        table.channel,
        table.day,
        table.received_at,
        table.duration,
        table.flags,
    )
    slots = SLOT_COLUMNS[: max((item.slot for version in known.values() for item in version.items), default=0)]
    statement = select(*columns, *(table[name] for name in slots)).where(
        Response.unit_id == unit_id, Response.day.in_(_with_eves(days)), Response.counted
    )
    places = {
        version_id: [len(columns) + item.slot - 1 for item in version.items] for version_id, version in known.items()
    }
    channels = {channel.value: channel for channel in Channel}
    for row in map(tuple, session.execute(statement)):
        client_id, point_id, version_id, channel, day, received, duration, flags = row[: len(columns)]
        levels = tuple([row[place] for place in places[version_id]])
        form = Form(client_id, point_id, version_id, channels[channel], day, received, duration, levels)
        yield Stored(form, Flag(flags))


def _with_eves(days: Iterable[date]) -> list[date]:
    wanted = set(days)
    return sorted(wanted | {day - timedelta(days=1) for day in wanted})
