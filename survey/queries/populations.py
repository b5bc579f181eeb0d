"""What the answers of invitations were drawn from, for the figures of units. Session in, frozen values out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.domain import populations
from survey.domain.invitations import Span, Way
from survey.domain.periods import Month, Period
from survey.domain.points import Channel
from survey.domain.populations import Invited, Population
from survey.domain.selections import Selection
from survey.domain.tally import EMPTY, Cell
from survey.models import Handled, InvitationDraw, Point

Below = Mapping[int, Sequence[int]]


def of_units(session: Session, selection: Selection, below: Below, cells: Mapping[int, Cell]) -> dict[int, Population]:
    """By unit with all below it; empty for figures of anything but invitations alone."""
    draws = _draws(session, selection, {unit_id for ids in below.values() for unit_id in ids})
    found = {}
    for unit_id, ids in below.items() if draws else ():
        mine = [draw for draw in draws if draw.unit_id in ids]
        handled = _handled(session, ids, selection.period) if mine else 0
        population = populations.population(mine, selection.period, handled, cells[unit_id].k)
        if population is not None:
            found[unit_id] = population
    return found


def of_months(
    session: Session, selection: Selection, ids: Sequence[int], cells: Mapping[Month, Cell]
) -> dict[Month, Population]:
    """By month, of one unit and all below it."""
    found = {}
    for month in selection.period.months if _draws(session, selection, ids) else ():
        period = Period(max(month.first, selection.period.start), min(month.last, selection.period.end))
        part, own = replace(selection, period=period), {0: cells.get(month, EMPTY)}
        if (population := of_units(session, part, {0: ids}, own).get(0)) is not None:
            found[month] = population
    return found


def _draws(session: Session, selection: Selection, unit_ids: Sequence[int] | set[int]) -> list[Invited]:
    """Those that were not revoked and whose links opened in the period."""
    asked = selection.channel is Channel.INVITE and selection.procedure is None and selection.trait is None
    if not asked or selection.flagged:
        return []
    statement = (
        select(InvitationDraw)
        .join(Point, Point.id == InvitationDraw.point_id)
        .where(
            InvitationDraw.unit_id.in_(list(unit_ids)),
            InvitationDraw.revoked_at.is_(None),
            InvitationDraw.opens <= selection.period.end,
            InvitationDraw.expires >= selection.period.start,
            Point.questionnaire_key == selection.version.key,
        )
    )
    return [
        Invited(
            row.unit_id,
            Way(row.way),
            row.population,
            row.drawn,
            Span(row.first, row.last),
            Span(row.opens, row.expires),
        )
        for row in session.scalars(statement)
    ]


def _handled(session: Session, unit_ids: Sequence[int], period: Period) -> int:
    statement = select(func.coalesce(func.sum(Handled.handled), 0)).where(
        Handled.unit_id.in_(list(unit_ids)), Handled.day.between(period.start, period.end)
    )
    return int(session.scalar(statement) or 0)
