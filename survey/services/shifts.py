"""Lets decisions on answers reach figures that were released before, as a numbered revision (METHOD §6).

Everything is looked at anew: a second call finds nothing left to do. Call it inside `extensions.refreshing()`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.orm import Session

from survey.domain import traits
from survey.domain.disclosure import company, panels, shifts
from survey.domain.disclosure.rounds import Round
from survey.domain.disclosure.shifts import Person
from survey.domain.questionnaire import Version
from survey.models import FACTOR_SUMS, FigureRevision, Layer, Released, ReleasedPart, Response
from survey.queries import catalogue, questionnaires, tallies
from survey.queries import shifts as queries
from survey.queries.shifts import Office
from survey.services import panels as panel_people
from survey.services import released_rows, settling
from survey.services.released_rows import Place

AT_ONCE = 500  # answers marked by one statement


class _RefusedError(Exception):
    """What was tried would break a panel's hands."""


def revise(session: Session, office: Office, now: Round) -> int:
    """Let decisions reach the released figures of an office where they may; how many revisions that made."""
    place = _place(session, office, now)
    rows = queries.due_lots(session, office)
    people = queries.people(session, place.version, rows, place.holders)
    bags: defaultdict[tuple[Any, ...], list[Released]] = defaultdict(list)
    for row in rows:
        if row.id in people:
            bags[row.first, row.last, row.channel, row.whole, row.quarantined].append(row)
    changed = [bag for bag in bags.values() if _bag(session, place, bag, people)]
    session.flush()
    settling.settle(session, place, {row.id for bag in changed for row in bag})
    return _record(session, office, now.moment, {(bag[0].first, bag[0].last) for bag in changed})


def _place(session: Session, office: Office, now: Round) -> Place:
    unit_id, version_id = office
    holders = [unit.id for unit in catalogue.units(session) if unit_id in unit.path]
    return Place(questionnaires.by_id(session, version_id), [unit_id], holders, now.moment, now.terms.minimum)


def _bag(session: Session, place: Place, rows: Sequence[Released], people: Mapping[int, list[Person]]) -> bool:
    """Lots of one span, channel, kind and side: any figure has all of them or none, so they can be told together."""
    everybody = [person for row in rows for person in people[row.id]]
    whole = shifts.whole_lots(everybody)
    for row in rows:
        if row.id in whole:
            row.quarantined = not row.quarantined
    by_shift: defaultdict[int | None, list[Person]] = defaultdict(list)
    for person in everybody:
        if person.lot not in whole:
            by_shift[person.shift].append(person)
    moved = [_together(session, place, rows, shift, own) for shift, own in by_shift.items()]
    return bool(whole) or any(moved)


def _together(
    session: Session, place: Place, rows: Sequence[Released], within: int | None, people: Sequence[Person]
) -> bool:
    """Bring those who are due to the other side, of people who share their last shift; whether that could be."""
    due = [person for person in people if person.due]
    if not due:
        return False
    if within is not None and queries.size(session, within, place.holders) == len(due):
        shift = session.get_one(Released, within)
        shift.quarantined = not shift.quarantined
        return True
    lots = {person.lot for person in due}
    beside = shifts.beside((person for person in people if person.lot in lots), len(place.version.items))
    told = company.together(beside, place.version.items_of_factors, place.minimum)
    if told is None:
        return False
    try:
        with session.begin_nested():
            _tell(session, place, [row for row in rows if row.id in lots], within, due, told)
    except _RefusedError:
        return False
    return True


def _tell(
    session: Session,
    place: Place,
    rows: Sequence[Released],
    within: int | None,
    due: Sequence[Person],
    told: Iterable[int],
) -> None:
    """Write the shift and mark its answers. Raises _RefusedError where a panel would no longer have its hands."""
    version, first = place.version, rows[0]
    side = first.quarantined if within is None else session.get_one(Released, within).quarantined
    shift = Released(
        unit_id=first.unit_id,
        questionnaire_id=first.questionnaire_id,
        layer=Layer.SHIFT,
        number=0,
        released_at=place.moment,
        first=first.first,
        last=first.last,
        channel=first.channel,
        quarantined=not side,
        within=within,
        whole=first.whole,
        respondents=len(due),
    )
    session.add(shift)
    session.flush()
    _mark(session, shift.id, due)
    session.execute(insert(ReleasedPart), [{"released_id": shift.id, "lot_id": row.id} for row in rows])
    if not all(_holds(session, place, panel) for panel in _panels(session, [row.id for row in rows])):
        raise _RefusedError
    keys: list[Any] = [Response.questionnaire_id]
    statement = tallies.of_responses(version, keys).where(
        Response.unit_id.in_(list(place.holders)), Response.shift == shift.id
    )
    (tally,) = tallies.by_key(session, version, statement, 1).values()
    numbers = [number for factor in told for number in version.items_of_factors[factor]]
    sums = released_rows.overall(tally) | released_rows.factors(tally) | released_rows.items(tally, numbers)
    table: Table = Released.__table__  # type: ignore[assignment]
    session.execute(update(table).where(table.c.id == shift.id).values(sums))


def _mark(session: Session, shift_id: int, people: Sequence[Person]) -> None:
    by_unit: defaultdict[int, list[Any]] = defaultdict(list)
    for person in people:
        unit_id, client_id = person.key
        by_unit[unit_id].append(client_id)
    for unit_id, ids in by_unit.items():
        for start in range(0, len(ids), AT_ONCE):
            chosen = Response.client_id.in_(ids[start : start + AT_ONCE])
            marked = update(Response).where(Response.unit_id == unit_id, chosen).values(shift=shift_id)
            session.execute(marked.execution_options(synchronize_session=False))


def _panels(session: Session, lot_ids: Iterable[int]) -> list[Released]:
    found = queries.holding(session, lot_ids)
    return [row for row in found if row.layer == Layer.PANEL and row.respondents]


def _holds(session: Session, place: Place, panel: Released) -> bool:
    """Whether a panel has its hands without those who are in shifts."""
    version: Version = place.version
    lot_ids = queries.parts(session, [panel.id])[panel.id]
    lots = list(session.scalars(select(Released).where(Released.id.in_(lot_ids)).order_by(Released.id)))
    people = panel_people.people_of(session, version, lots)
    if {person.lot for person in people} != lot_ids:
        return False
    known = traits.by_code(version)
    rows = queries.groups_of_citizens(session, [panel.id])
    told = tuple(known[row.trait] for row in rows if row.trait)
    sums = queries.sums(session, [row.id for row in rows]).values()
    with_factors = any(found[names[0]] for found in sums for names in FACTOR_SUMS)
    factors = version.items_of_factors if with_factors else ()
    numbers = {item.key: number for number, item in enumerate(version.items)}
    scored = [numbers[item.key] for item in version.scored]
    return panels.holds(people, told, scored, factors, place.minimum)


def _record(session: Session, office: Office, moment: datetime, spans: Iterable[tuple[Any, Any]]) -> int:
    """A numbered revision for each run of months whose figures changed."""
    unit_id, version_id = office
    found = select(func.max(FigureRevision.number)).where(
        FigureRevision.unit_id == unit_id, FigureRevision.questionnaire_id == version_id
    )
    number = session.scalar(found) or 0
    for first, last in sorted(spans):
        number += 1
        session.add(
            FigureRevision(
                unit_id=unit_id,
                questionnaire_id=version_id,
                number=number,
                released_at=moment,
                first=first,
                last=last,
            )
        )
    session.flush()
    return len(set(spans))
