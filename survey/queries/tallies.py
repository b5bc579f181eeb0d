"""Adds up responses in SQL: whole days for the tally table, and any period from stored days plus pending responses."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Row,
    Select,
    case,
    extract,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from survey.domain.periods import Month
from survey.domain.questionnaire import Version
from survey.domain.scale import LEVELS, SATISFIED_FROM
from survey.domain.selections import Selection
from survey.domain.tally import Cell, Counts, Tally, add_counts
from survey.domain.traits import Trait
from survey.models import FACTOR_COLUMNS, LEVEL_COLUMNS, OVERALL_COLUMNS, SLOT_COLUMNS, Pending, Response
from survey.models import Tally as Stored

Expression = ColumnElement[Any]
Shape = tuple[tuple[bool, tuple[int, ...]], ...]  # of each factor whether it is pooled, and the slots of its items
SHAPES = 64  # questionnaires whose sums are kept ready


def by_unit(session: Session, selection: Selection, unit_ids: Iterable[int]) -> dict[int, Tally]:
    """The tally of each unit alone, without those below it. Exact at any moment; call it in one snapshot."""
    rows = _rows(session, selection, list(unit_ids), lambda table: [table.unit_id])
    return _added(selection.version, ((unit_id, sums) for unit_id, *sums in (tuple(row) for row in rows)))


def by_month(session: Session, selection: Selection, unit_ids: Iterable[int]) -> dict[Month, Tally]:
    """The pooled tally of the units in each month. Exact at any moment; call it in one snapshot."""
    rows = _rows(
        session,
        selection,
        list(unit_ids),
        lambda table: [extract("year", table.day), extract("month", table.day)],
    )
    split = (tuple(row) for row in rows)
    return _added(selection.version, ((Month(int(year), int(month)), sums) for year, month, *sums in split))


def _rows(session: Session, selection: Selection, unit_ids: list[int], keys: Any) -> list[Row[Any]]:
    """Sums by key: of the stored days and of what they do not hold yet, or, by procedure, of the rows themselves."""
    loose = of_responses(selection.version, keys(Response)).where(*_filters(Response, selection, unit_ids))
    if selection.procedure is not None:
        return list(session.execute(loose.where(Response.procedure == selection.procedure)))
    if selection.trait is not None:
        return list(session.execute(loose.where(said(selection.version, selection.trait))))
    waiting = loose.join(Pending, (Pending.unit_id == Response.unit_id) & (Pending.client_id == Response.client_id))
    columns = [func.sum(Stored.__table__.c[name]) for name in column_names(selection.version)]
    stored = select(*keys(Stored), *columns).where(*_filters(Stored, selection, unit_ids)).group_by(*keys(Stored))
    return [*session.execute(stored), *session.execute(waiting)]


def received(session: Session, selection: Selection, unit_ids: Iterable[int]) -> set[int]:
    """Which of these units, each alone, hold a counted response, released or not."""
    return {key[0] for key in _received(session, selection, unit_ids, lambda table: [table.unit_id])}


def received_months(session: Session, selection: Selection, unit_ids: Iterable[int]) -> set[Month]:
    """The months in which one of these units holds a counted response, released or not."""
    days = _received(session, selection, unit_ids, lambda table: [table.day])
    return {Month.of(day) for (day,) in days}


def _received(session: Session, selection: Selection, unit_ids: Iterable[int], keys: Any) -> set[tuple[Any, ...]]:
    wanted = list(unit_ids)
    if not wanted:
        return set()
    loose = select(*keys(Response)).where(Response.counted, *_filters(Response, selection, wanted)).distinct()
    if selection.procedure is not None:
        return {tuple(row) for row in session.execute(loose.where(Response.procedure == selection.procedure))}
    stored = select(*keys(Stored)).where(*_filters(Stored, selection, wanted)).distinct()
    found = {tuple(row) for row in session.execute(stored)}
    if session.scalar(select(select(Pending.day).where(Pending.unit_id.in_(wanted)).exists())):  # rarely any for long
        held = (Pending.unit_id == Response.unit_id) & (Pending.client_id == Response.client_id)
        found |= {tuple(row) for row in session.execute(loose.join(Pending, held))}
    return found


def whole(version: Version) -> Expression:
    """Whether a response counts overall: it answers at least half of the scored items (METHOD §4)."""
    return _whole(_shape(version))


def said(version: Version, trait: Trait) -> Expression:
    """Whether a response gives this answer beside the scale."""
    column = Response.about if trait.question in version.about_by_key else Response.facts
    given: Expression = column[trait.question].as_string()
    return given == trait.option


def by_key(session: Session, version: Version, statement: Select[Any], keys: int) -> dict[tuple[Any, ...], Tally]:
    """The tallies that a statement made of `of_responses` finds, by its so many keys."""
    rows = (tuple(row) for row in session.execute(statement))
    return _added(version, ((row[:keys], row[keys:]) for row in rows))


def _filters(table: Any, selection: Selection, unit_ids: list[int]) -> list[Expression]:
    filters: list[Expression] = [
        table.unit_id.in_(unit_ids),
        table.day.between(selection.period.start, selection.period.end),
        table.questionnaire_id == selection.version.id,
    ]
    if selection.channel is not None:
        filters.append(table.channel == selection.channel.value)
    if not selection.flagged:
        filters.append(table.quarantined.is_(False))
    return filters


def column_names(version: Version) -> list[str]:
    """The sum columns of the tally table that this version uses, in the order of `of_responses`."""
    factors = FACTOR_COLUMNS[: len(version.factors)]
    levels = LEVEL_COLUMNS[: len(version.items)]
    return ["respondents", *OVERALL_COLUMNS, *(n for names in (*factors, *levels) for n in names)]


def of_responses(version: Version, keys: Sequence[Expression]) -> Select[Any]:
    """The sums of `column_names` over counted responses, grouped by the keys; the caller adds filters and joins."""
    return select(*keys, *_sums(_shape(version))).where(Response.counted.is_(True)).group_by(*keys)


def _shape(version: Version) -> Shape:
    return tuple((factor.pooled, tuple(item.slot for item in factor.items)) for factor in version.factors)


@lru_cache(maxsize=SHAPES)
def _whole(shape: Shape) -> Expression:
    scored = _scored(shape)
    return _written(_answered(scored) * 2 >= len(scored), Boolean())


@lru_cache(maxsize=SHAPES)
def _sums(shape: Shape) -> tuple[Expression, ...]:
    slots = [_slot(number) for _, numbers in shape for number in numbers]
    scored = _scored(shape)
    sums: list[Expression] = [func.count(), *_overall(scored, len(scored))]
    for _, numbers in shape:
        columns = [_slot(number) for number in numbers]
        answered, satisfied = _answered(columns), _satisfied(columns)
        sums += [
            _sum(case((answered > 0, 1), else_=0)),
            _sum(answered * answered),
            _sum(satisfied * answered),
            _sum(satisfied * satisfied),
        ]
    sums += [_sum(case((slot == level.value, 1), else_=0)) for slot in slots for level in LEVELS]
    return tuple(_written(expression, Integer()) for expression in sums)


def _written(expression: Expression, kind: TypeEngine[Any]) -> Expression:
    """The expression as the text of its SQL, alike on both databases: hundreds of nested expressions would have to be
    walked again for every statement that they stand in, which took longer than adding up a day.
    """
    return literal_column(str(expression.compile(compile_kwargs={"literal_binds": True})), kind)


def _slot(number: int) -> Expression:
    return Response.__table__.c[SLOT_COLUMNS[number - 1]]


def _scored(shape: Shape) -> list[Expression]:
    return [_slot(number) for pooled, numbers in shape if pooled for number in numbers]


def _overall(scored: Sequence[Expression], items: int) -> list[Expression]:
    """k, answers at each level, Σm², Σsm, Σs², of those who answered at least half of the scored items."""
    answered, satisfied = _answered(scored), _satisfied(scored)
    counts = answered * 2 >= items

    def counted(value: Expression) -> Expression:
        return _sum(case((counts, value), else_=0))

    return [
        counted(literal(1)),
        *(counted(_total(case((column == level.value, 1), else_=0) for column in scored)) for level in LEVELS),
        counted(answered * answered),
        counted(satisfied * answered),
        counted(satisfied * satisfied),
    ]


def _answered(columns: Sequence[Expression]) -> Expression:
    return _total(case((column.is_not(None), 1), else_=0) for column in columns)


def _satisfied(columns: Sequence[Expression]) -> Expression:
    return _total(case((column >= SATISFIED_FROM.value, 1), else_=0) for column in columns)


def _total(terms: Iterable[Expression]) -> Expression:
    first, *rest = terms
    for term in rest:
        first = first + term
    return first


def _sum(value: Expression) -> Expression:
    return func.coalesce(func.sum(value), 0)


def _added(version: Version, rows: Iterable[tuple[Any, Sequence[Any]]]) -> dict[Any, Tally]:
    found: dict[Any, Tally] = {}
    for key, sums in rows:
        tally = _tally(version, [int(value) for value in sums])
        found[key] = found[key] + tally if key in found else tally
    return found


def _tally(version: Version, sums: list[int]) -> Tally:
    """Named sums back to cells: a factor's level counts are those of its items."""
    responses, k, *rest = sums
    overall = Cell(k, _counts(rest[:5]), *rest[5:8])
    loose = rest[8 + 4 * len(version.factors) :]
    items = tuple(_counts(loose[start : start + 5]) for start in range(0, len(loose), 5))
    cells, first = [], 0
    for index, factor in enumerate(version.factors):
        own = items[first : first + len(factor.items)]
        first += len(factor.items)
        counts = own[0]
        for other in own[1:]:
            counts = add_counts(counts, other)
        f_k, mm, sm, ss = rest[8 + 4 * index : 12 + 4 * index]
        cells.append(Cell(f_k, counts, mm, sm, ss))
    return Tally(responses, overall, tuple(cells), items)


def _counts(values: Sequence[int]) -> Counts:
    one, two, three, four, five = values
    return (one, two, three, four, five)
