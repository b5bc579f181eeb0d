"""How many people of whole lots were satisfied with everything that they answered, as it was counted once a lot."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from survey.domain.figures import Figure
from survey.domain.questionnaire import Version
from survey.domain.scale import SATISFIED_FROM
from survey.domain.selections import Selection
from survey.models import SLOT_COLUMNS, Layer, LotContent, Questionnaire, Released, Response

# By questionnaire, as the index goes; what is not whole answered too little to be told of in this way.
_LOTS = (
    Released.questionnaire_id.in_(select(Questionnaire.id)),
    Released.layer == Layer.LOT,
    Released.whole.is_(True),
)


def of_unit(session: Session, selection: Selection, figure: Figure, unit_ids: Iterable[int]) -> int | None:
    """The people of a shown figure, of these units, who gave no scored item a level under 4; None where lots alone
    do not say it: of a withheld figure, one procedure or group, lots not yet counted, and where later decisions moved
    people of these lots to the other side.
    """
    shown, inside = figure.shown, list(unit_ids)
    if shown.counts is None or selection.procedure is not None or selection.trait is not None:
        return None
    if not selection.flagged and session.scalar(select(_within(selection, inside, Layer.SHIFT).exists())):
        return None
    lots = _within(selection, inside, Layer.LOT).where(Released.whole.is_(True))
    if not selection.flagged:
        lots = lots.where(Released.quarantined.is_(False))
    counted = lots.outerjoin(LotContent, LotContent.lot_id == Released.id).with_only_columns(
        func.count(), func.count(LotContent.people), func.sum(Released.respondents), func.sum(LotContent.people)
    )
    every, known, respondents, people = session.execute(counted).one()
    return None if people is None or every != known or respondents != shown.respondents else int(people)


def uncounted_units(session: Session) -> tuple[int, ...]:
    """The units with lots whose people nobody counted yet."""
    found = select(Released.unit_id).where(*_LOTS, _is_uncounted()).distinct()
    return tuple(session.scalars(found.order_by(Released.unit_id)))


def uncounted(session: Session, unit_id: int) -> list[Released]:
    """These lots of one unit."""
    return list(session.scalars(select(Released).where(*_LOTS, Released.unit_id == unit_id, _is_uncounted())))


def counted(
    session: Session, version: Version, lots: Sequence[Released], unit_ids: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """Of each lot how many answers there are, held by these units, and how many are content."""
    columns = [Response.__table__.c[SLOT_COLUMNS[item.slot - 1]] for item in version.scored]
    content = and_(*(or_(column.is_(None), column >= SATISFIED_FROM.value) for column in columns))
    table = Response.__table__
    rows = (
        select(Response.lot, func.count(), func.sum(case((content, 1), else_=0)))
        .with_hint(table, "INDEXED BY ix_response_unit_id_day", "sqlite")
        .where(
            Response.unit_id.in_(unit_ids),
            Response.day.between(min(lot.first for lot in lots), max(lot.last for lot in lots)),
            Response.lot.in_([lot.id for lot in lots]),
        )
        .group_by(Response.lot)
    )
    return {lot: (int(every), int(people)) for lot, every, people in session.execute(rows)}


def _within(selection: Selection, unit_ids: list[int], layer: Layer) -> Select[int]:
    found = select(Released.id).where(
        Released.questionnaire_id == selection.version.id,
        Released.layer == layer,
        Released.unit_id.in_(unit_ids),
        Released.first >= selection.period.start,
        Released.last <= selection.period.end,
    )
    return found if selection.channel is None else found.where(Released.channel == selection.channel.value)


def _is_uncounted() -> ColumnElement[bool]:
    return ~select(LotContent.lot_id).where(LotContent.lot_id == Released.id).exists()
