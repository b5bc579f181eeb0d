"""How many people were satisfied with everything that they answered: no sum of a tally, so the rows are counted.

Only rows of lots that were released and lie wholly within what is asked, as every figure that people see.
"""

from collections.abc import Iterable

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from survey.domain.figures import Figure
from survey.domain.scale import SATISFIED_FROM
from survey.domain.selections import Selection
from survey.models import SLOT_COLUMNS, Layer, Released, Response
from survey.queries import shifts


def of_unit(session: Session, selection: Selection, figure: Figure, unit_ids: Iterable[int]) -> int | None:
    """The people of a shown figure, of these units, who gave no scored item a level under 4.

    None where the figure is withheld or too few for its levels, where it is of one procedure (whose answers lots do
    not hold apart), and where the rows are not the ones that were released.
    """
    shown = figure.shown
    if shown.counts is None or selection.procedure is not None:
        return None
    columns = [Response.__table__.c[SLOT_COLUMNS[item.slot - 1]] for item in selection.version.scored]
    content = and_(*(or_(column.is_(None), column >= SATISFIED_FROM.value) for column in columns))
    inside = list(unit_ids)
    lots = select(Released.id).where(
        Released.layer == Layer.LOT,
        Released.whole.is_(True),
        Released.questionnaire_id == selection.version.id,
        Released.unit_id.in_(inside),
        Released.first >= selection.period.start,
        Released.last <= selection.period.end,
    )
    if selection.channel is not None:
        lots = lots.where(Released.channel == selection.channel.value)
    sums = select(func.count(), func.coalesce(func.sum(case((content, 1), else_=0)), 0)).select_from(Response)
    rows = shifts.with_side(sums).where(
        Response.unit_id.in_(inside),
        Response.day.between(selection.period.start, selection.period.end),
        Response.lot.in_(lots),
    )
    if not selection.flagged:
        rows = rows.where(shifts.side().is_(False))
    people, satisfied = session.execute(rows).one()
    return int(satisfied) if people == shown.respondents else None
