"""Tells groups of citizens once a quarter is over: of each office's lots, then of the rest under the unit above.

A panel is decided once and for ever; lots that come later make one of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from survey.domain import traits
from survey.domain.disclosure import company, panels
from survey.domain.disclosure.panels import Panel, Person
from survey.domain.disclosure.rounds import Round, quarter
from survey.domain.periods import Period
from survey.domain.questionnaire import Version
from survey.models import Layer, Released, ReleasedPart
from survey.queries import catalogue, questionnaires
from survey.queries import panels as found_panels
from survey.queries.panels import Answered
from survey.services import released_rows


@dataclass(frozen=True, slots=True)
class _Lots:
    """Lots of one questionnaire that lie in one quarter: of an office, or of several under `unit_id`."""

    version: Version
    unit_id: int
    span: Period
    rows: Sequence[Released]

    @property
    def holders(self) -> set[int]:
        """The offices that hold their answers."""
        return {row.unit_id for row in self.rows}


def decide(session: Session, unit_ids: Iterable[int], now: Round) -> None:
    """Tell what can be told of the lots of each of these offices, in quarters that are over."""
    rows = found_panels.undecided(session, unit_ids, now.open_quarter.start)
    _each(session, now, ((row.unit_id, row) for row in rows))


def pool(session: Session, now: Round) -> None:
    """Tell of lots that no panel of their office tells what can be told of them together, under the unit above."""
    above = {unit.id: unit.path[-2] for unit in catalogue.units(session) if len(unit.path) > 1}
    rows = found_panels.unpooled(session, now.open_quarter.start)
    _each(session, now, ((above[row.unit_id], row) for row in rows if row.unit_id in above))


def _each(session: Session, now: Round, rows: Iterable[tuple[int, Released]]) -> None:
    """Lots that lie in several quarters are in no panel."""
    by_place: defaultdict[tuple[int, int, Period], list[Released]] = defaultdict(list)
    for unit_id, row in rows:
        span = quarter(row.last)
        if span.start <= row.first:
            by_place[row.questionnaire_id, unit_id, span].append(row)
    for (version_id, unit_id, span), own in by_place.items():
        _decide(session, _Lots(questionnaires.by_id(session, version_id), unit_id, span, own), now)


def _decide(session: Session, lots: _Lots, now: Round) -> None:
    people = people_of(session, lots.version, lots.rows)
    dimensions = [traits.of_dimension(question) for question in traits.dimensions(lots.version)]
    numbers = {item.key: number for number, item in enumerate(lots.version.items)}
    scored = [numbers[item.key] for item in lots.version.scored]
    panel = panels.told(people, dimensions, scored, lots.version.items_of_factors, now.terms.minimum)
    told = frozenset[int]() if panel is None else panel.lots
    if rest := [row.id for row in lots.rows if row.id not in told]:
        _write(session, lots, now.moment, {"layer": Layer.PANEL, "respondents": 0}, rest)
    if panel is not None:
        size = sum(person.lot in told for person in people)
        panel_id = _write(session, lots, now.moment, {"layer": Layer.PANEL, "respondents": size}, sorted(told))
        _tell(session, lots, panel, panel_id, now.moment)


def _tell(session: Session, lots: _Lots, panel: Panel, panel_id: int, moment: datetime) -> None:
    for trait in panel.traits:
        tally = found_panels.sums(session, lots.version, lots.holders, panel.lots, trait)
        sums = released_rows.overall(tally) | (released_rows.factors(tally) if panel.factors else {})
        values = {"layer": Layer.TRAIT, "trait": trait.code, "respondents": tally.overall.k, **sums}
        _write(session, lots, moment, values, [panel_id])


def people_of(session: Session, version: Version, rows: Sequence[Released]) -> list[Person]:
    """Everybody in lots of which all answers are at hand. Who is company is the same for ever, as `blocks` has it, but
    for those whom a later decision brings to the other side.
    """
    by_lot: defaultdict[int, list[Answered]] = defaultdict(list)
    for answered in found_panels.people(session, version, {row.unit_id for row in rows}, [row.id for row in rows]):
        by_lot[answered.lot].append(answered)
    known = {trait.code: trait for trait in traits.by_code(version).values()}
    found: list[Person] = []
    for row in rows:
        own = by_lot[row.id]
        if len(own) != row.respondents:
            continue
        sizes = Counter(answered.procedure for answered in own if answered.procedure is not None)
        chosen = company.companions(sizes, len(own) - sum(sizes.values()))
        for answered in own:
            codes = (f"{question}={option}" for question, option in answered.said.items())
            said = frozenset(known[code] for code in codes if code in known)
            beside = answered.procedure is None or answered.procedure in chosen
            found.append(Person(row.id, said, answered.items, beside and not answered.shifted))
    return found


def _write(session: Session, lots: _Lots, moment: datetime, values: Mapping[str, object], parts: Iterable[int]) -> int:
    place = {
        "unit_id": lots.unit_id,
        "questionnaire_id": lots.version.id,
        "number": 0,
        "released_at": moment,
        "first": lots.span.start,
        "last": lots.span.end,
        "channel": None,
        "quarantined": False,
        "whole": True,
    }
    table: Table = Released.__table__  # type: ignore[assignment]
    row_id: int = session.execute(insert(table).returning(table.c.id), {**place, **values}).scalar_one()
    session.execute(insert(ReleasedPart), [{"released_id": row_id, "lot_id": part} for part in parts])
    return row_id
