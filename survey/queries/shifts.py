"""Released answers that decisions want on the other side, and the released rows that hold them. Session in, plain
values out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from survey.domain.disclosure.shifts import Person, Revision
from survey.domain.periods import Period
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.models import (
    RELEASED_SUMS,
    SLOT_COLUMNS,
    FigureRevision,
    Layer,
    Quarantine,
    Questionnaire,
    Released,
    ReleasedPart,
    Response,
)
from survey.queries import catalogue, quarantines, waiting

# By questionnaire, as the index goes: else every row would be read for the few that are meant.
_OF_ALL = Released.questionnaire_id.in_(select(Questionnaire.id))
Office = tuple[int, int]  # the office or pool that lots are of, and their questionnaire
_LOT = Released.__table__.alias("lot_row")
_SHIFT = Released.__table__.alias("shift_row")


def side() -> Any:
    """On which side released figures have an answer: of its shift, else of its lot; of `with_side` statements."""
    return func.coalesce(_SHIFT.c.quarantined, _LOT.c.quarantined)


def with_side(statement: Select[Any]) -> Select[Any]:
    """A statement on responses joined to their lot and shift."""
    return statement.join(_LOT, _LOT.c.id == Response.lot).outerjoin(_SHIFT, _SHIFT.c.id == Response.shift)


def revision(session: Session, selection: Selection, unit: Unit) -> Revision | None:
    """How often decisions changed the figures of a unit and all below it, and when last; None where they never did.

    Figures with the flagged answers are not about decisions.
    """
    if selection.flagged:
        return None
    below = [one.id for one in catalogue.units(session) if unit.id in one.path]
    found = select(FigureRevision).where(
        FigureRevision.unit_id.in_(below),
        FigureRevision.questionnaire_id == selection.version.id,
        FigureRevision.first <= selection.period.end,
        FigureRevision.last >= selection.period.start,
    )
    rows = session.scalars(found).all()
    if not rows:
        return None
    latest = max(row.released_at for row in rows)
    last = [row for row in rows if row.released_at == latest]
    return Revision(len(rows), latest, Period(min(row.first for row in last), max(row.last for row in last)))


def offices(session: Session) -> tuple[Office, ...]:
    """Where a decision waits to reach released figures, and where one did: there groups may have been told since."""
    shifted = (
        select(Released.unit_id, Released.questionnaire_id).where(_OF_ALL, Released.layer == Layer.SHIFT).distinct()
    )
    found = {*map(tuple, session.execute(_due(_LOT.c.unit_id, _LOT.c.questionnaire_id))), *session.execute(shifted)}
    return tuple(sorted((unit_id, version_id) for unit_id, version_id in found))


def due_lots(session: Session, office: Office) -> list[Released]:
    """The lots there that hold answers which a decision wants on the other side, oldest first."""
    ids = _due(_LOT.c.id).where(_LOT.c.unit_id == office[0], _LOT.c.questionnaire_id == office[1])
    found = select(Released).where(Released.id.in_(session.scalars(ids).all()))
    return list(session.scalars(found.order_by(Released.first, Released.id)))


def due_batches(session: Session, unit_ids: Iterable[int]) -> frozenset[int]:
    """The decisions on answers of these units that released figures do not follow, or do not follow in all."""
    moved = _due(Quarantine.id).join(
        Quarantine,
        (Quarantine.unit_id == Response.unit_id)
        & (Quarantine.point_id == Response.point_id)
        & Response.day.between(Quarantine.first, Quarantine.last)
        & (Response.flags.bitwise_and(Quarantine.flag) != 0),
    )
    return frozenset(session.scalars(moved.where(Response.unit_id.in_(list(unit_ids)))))


def people(
    session: Session, version: Version, lots: Sequence[Released], holders: Sequence[int]
) -> dict[int, list[Person]]:
    """Everybody in these lots, by lot; without lots of which answers were deleted."""
    slots: list[Any] = [Response.__table__.c[SLOT_COLUMNS[item.slot - 1]].is_not(None) for item in version.items]
    due = (Response.quarantined != side()).label("due")
    columns: tuple[Any, ...] = (
        Response.unit_id, Response.client_id, Response.lot, Response.shift, Response.procedure, due, *slots
    )  # fmt: skip
    rows = {row.id: row for row in lots}
    if not rows:
        return {}
    statement = with_side(select(*columns)).where(
        Response.unit_id.in_(list(holders)),
        Response.day.between(min(row.first for row in lots), max(row.last for row in lots)),
        Response.lot.in_(list(rows)),
        Response.counted,
    )
    told = waiting.told(session, rows)
    found: defaultdict[int, list[Person]] = defaultdict(list)
    for unit_id, client_id, lot, shift, procedure, wanted, *given in session.execute(statement):
        block = procedure if (lot, procedure) in told else None
        items = frozenset(place for place, answered in enumerate(given) if answered)
        found[lot].append(Person((unit_id, client_id), lot, block, shift, bool(wanted), items))
    return {lot: own for lot, own in found.items() if len(own) == rows[lot].respondents}


def size(session: Session, shift_id: int, holders: Sequence[int]) -> int:
    """How many answers have this as their last shift."""
    found = select(func.count()).where(Response.unit_id.in_(list(holders)), Response.shift == shift_id)
    return session.scalar(found) or 0


def of_office(session: Session, office: Office) -> list[Released]:
    """Its shifts, oldest first."""
    found = select(Released).where(
        Released.unit_id == office[0], Released.questionnaire_id == office[1], Released.layer == Layer.SHIFT
    )
    return list(session.scalars(found.order_by(Released.id)))


def holding(session: Session, lot_ids: Iterable[int]) -> list[Released]:
    """The groups, blocks and panels that hold one of these lots."""
    within = select(ReleasedPart.released_id).where(ReleasedPart.lot_id.in_(list(lot_ids)))
    kinds = Released.layer.between(Layer.FACTORS, Layer.PANEL)
    return list(session.scalars(select(Released).where(Released.id.in_(within), kinds).order_by(Released.id)))


def parts(session: Session, row_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The lots of rows of other layers; of groups of citizens their panel."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for part in session.execute(
        select(ReleasedPart.released_id, ReleasedPart.lot_id).where(ReleasedPart.released_id.in_(list(row_ids)))
    ):
        found[part.released_id].add(part.lot_id)
    return {row_id: frozenset(lots) for row_id, lots in found.items()}


def counting(session: Session, lot_ids: Iterable[int]) -> frozenset[int]:
    """Those of these lots of which a shift is on another side than it was."""
    active = select(Released.within).where(_OF_ALL, Released.layer == Layer.SHIFTED + Layer.LOT)
    found = select(ReleasedPart.lot_id).where(
        ReleasedPart.lot_id.in_(list(lot_ids)), ReleasedPart.released_id.in_(active)
    )
    return frozenset(session.scalars(found))


def groups_of_citizens(session: Session, panel_ids: Iterable[int]) -> list[Released]:
    """The rows of groups of citizens of these panels."""
    within = select(ReleasedPart.released_id).where(ReleasedPart.lot_id.in_(list(panel_ids)))
    found = select(Released).where(Released.id.in_(within), Released.layer == Layer.TRAIT)
    return list(session.scalars(found.order_by(Released.id)))


def sums(session: Session, row_ids: Iterable[int]) -> dict[int, Mapping[str, int]]:
    """The sums that these rows tell, by the names of their columns."""
    table = Released.__table__.c
    columns = [table[name] for name in RELEASED_SUMS]
    found = select(table.id, *columns).where(table.id.in_(list(row_ids)))
    return {row["id"]: dict(row) for row in session.execute(found).mappings()}


def sides(session: Session, lot_ids: Iterable[int]) -> dict[int, bool]:
    """Whether each lot is quarantined."""
    found = select(Released.id, Released.quarantined).where(Released.id.in_(list(lot_ids)))
    return {row.id: row.quarantined for row in session.execute(found)}


def kept_out(session: Session, shift_ids: Iterable[int], holders: Sequence[int]) -> set[tuple[int, str]]:
    """The lots and procedures of those whose last shift is one of these."""
    found = select(Response.lot, Response.procedure).where(
        Response.unit_id.in_(list(holders)),
        Response.shift.in_(list(shift_ids)),
        Response.procedure.is_not(None),
    )
    return {(row.lot, row.procedure) for row in session.execute(found.distinct())}


def _due(*columns: Any) -> Select[Any]:
    """Flags are few and have an index, and every decision is about flagged answers."""
    decided = select(Quarantine.unit_id)
    return (
        with_side(select(*columns).distinct().select_from(Response))
        .where(quarantines.FLAGGED, Response.unit_id.in_(decided), Response.counted, Response.quarantined != side())
    )  # fmt: skip
