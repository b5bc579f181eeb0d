"""Sums of what was released, by unit or month: every figure that people see. A lot counts only where it lies wholly.

Where the quarantined are left out, what shifts add or take off is summed too; where they count, both sides do.

The same shapes as `queries.tallies`, which holds the exact sums of the moment for the operator's own checks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from survey.domain.periods import Month, Period
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.tally import EMPTY, Cell, Tally, empty
from survey.models import FACTOR_SUMS, LEVEL_COLUMNS, OVERALL_COLUMNS, Layer, Released

Keyed = dict[Any, list[int]]


def by_unit(session: Session, selection: Selection, unit_ids: Iterable[int]) -> dict[int, Tally]:
    """The released tally of each unit alone, without those below it; pools of small units under the unit above."""
    return _tallies(session, selection, list(unit_ids), [Released.unit_id], lambda key: key[0])


def overall_by_unit(session: Session, selection: Selection, unit_ids: Iterable[int]) -> dict[int, Cell]:
    """The overall cell alone: ten times less to read where many units are listed."""
    overall = _overall(session, selection, list(unit_ids), [Released.unit_id])
    return {key[0]: _cell(sums) for key, sums in overall.items()}


def by_month(session: Session, selection: Selection, unit_ids: Iterable[int]) -> dict[Month, Cell]:
    """The pooled overall cell of each month, of the lots that lie in one month."""
    found: dict[Month, Cell] = {}
    columns: list[ColumnElement[Any]] = [Released.first, Released.last]  # type: ignore[list-item]
    for (first, last), sums in _overall(session, selection, list(unit_ids), columns).items():
        if Month.of(first) == Month.of(last):
            found[Month.of(first)] = _cell(sums)
    return found


def overall_by_trait(session: Session, selection: Selection, unit_ids: Iterable[int]) -> dict[str, Cell]:
    """The overall cell of each group of citizens that is told, by the code of its trait."""
    names = [func.sum(Released.__table__.c[name]) for name in OVERALL_COLUMNS]
    statement = select(Released.trait, *names).where(
        Released.questionnaire_id == selection.version.id,
        Released.layer == Layer.TRAIT,
        Released.quarantined.is_(False),
        Released.unit_id.in_(list(unit_ids)),
        Released.first >= selection.period.start,
        Released.last <= selection.period.end,
    )
    rows = (tuple(row) for row in session.execute(statement.group_by(Released.trait)))
    return {code: _cell([int(value) for value in sums]) for code, *sums in rows}


def left_out(session: Session, selection: Selection, unit_ids: Iterable[int]) -> list[tuple[int, Period, int, bool]]:
    """What of the released answers may be missing in a figure: unit, span and answers of lots of several months,
    and whether they are missing also where the whole span is asked for: of a channel the lots of several channels, of
    a procedure every lot, for its company is never told, and of a group of citizens too.
    """
    period, channel = selection.period, selection.channel
    columns = (Released.unit_id, Released.first, Released.last, Released.channel)
    statement = select(*columns, func.sum(Released.respondents)).where(
        Released.questionnaire_id == selection.version.id,
        _in_layers(selection, [Layer.LOT]),
        Released.unit_id.in_(list(unit_ids)),
        Released.whole,
        Released.first <= period.end,
        Released.last >= period.start,
    )
    if not selection.flagged:
        statement = statement.where(Released.quarantined.is_(False))
    if channel is not None:
        statement = statement.where(or_(Released.channel == channel.value, Released.channel.is_(None)))
    found = []
    for unit_id, first, last, of_channel, count in session.execute(statement.group_by(*columns)):
        always = (
            selection.procedure is not None
            or selection.trait is not None
            or (channel is not None and of_channel is None)
        )
        if always or Month.of(first) != Month.of(last):
            found.append((unit_id, Period(first, last), int(count), always))
    return found


def _tallies(session: Session, selection: Selection, unit_ids: list[int], keys: list[Any], of: Any) -> dict[Any, Tally]:
    version = selection.version
    overall = _overall(session, selection, unit_ids, keys)
    factors = _sums(session, selection, unit_ids, keys, _factor_names(version), Layer.FACTORS)
    items = _sums(session, selection, unit_ids, keys, _item_names(version), Layer.ITEMS)
    nothing = empty(version)
    found = {}
    for key in overall.keys() | factors.keys() | items.keys():
        cell = _cell(overall[key]) if key in overall else EMPTY
        found[of(key)] = Tally(
            responses=cell.k,
            overall=cell,
            factors=tuple(map(_cell, _cut(factors[key], 9))) if key in factors else nothing.factors,
            items=tuple((a, b, c, d, e) for a, b, c, d, e in _cut(items[key], 5)) if key in items else nothing.items,
        )
    return found


def _overall(session: Session, selection: Selection, unit_ids: list[int], keys: list[Any]) -> Keyed:
    return _sums(session, selection, unit_ids, keys, OVERALL_COLUMNS, Layer.LOT)


def _sums(
    session: Session, selection: Selection, unit_ids: list[int], keys: list[Any], names: Sequence[str], layer: Layer
) -> Keyed:
    columns = [func.sum(Released.__table__.c[name]) for name in names]
    statement = select(*keys, *columns).where(*_filters(selection, unit_ids, layer)).group_by(*keys)
    found: defaultdict[Any, list[int]] = defaultdict(list)
    for row in session.execute(statement):
        found[tuple(row[: len(keys)])] = [int(value) for value in row[len(keys) :]]
    return found


def _filters(selection: Selection, unit_ids: list[int], layer: Layer) -> list[ColumnElement[bool]]:
    filters = [
        Released.questionnaire_id == selection.version.id,
        Released.unit_id.in_(unit_ids),
        Released.first >= selection.period.start,
        Released.last <= selection.period.end,
    ]
    if selection.trait is not None:
        filters += [Released.layer == Layer.TRAIT, Released.trait == selection.trait.code]
    elif selection.procedure is not None:
        filters += [Released.layer == Layer.BLOCK, Released.procedure == selection.procedure]
    elif layer is Layer.ITEMS:
        filters.append(_in_layers(selection, range(Layer.ITEMS, Layer.ITEMS + len(selection.version.factors))))
    else:
        filters.append(_in_layers(selection, [layer]))
    if selection.channel is not None:
        filters.append(Released.channel == selection.channel.value)
    if not selection.flagged:
        filters.append(Released.quarantined.is_(False))
    return filters


def _in_layers(selection: Selection, layers: Sequence[int]) -> ColumnElement[bool]:
    """Rows of these layers, with what shifts add to them where the quarantined are left out.

    Named one by one: of a range SQLite would read the items of all units.
    """
    shifted = [] if selection.flagged else [Layer.SHIFTED + layer for layer in layers]
    return Released.layer.in_([*layers, *shifted])


def _factor_names(version: Version) -> list[str]:
    return [name for names in FACTOR_SUMS[: len(version.factors)] for name in names]


def _item_names(version: Version) -> list[str]:
    return [name for names in LEVEL_COLUMNS[: len(version.items)] for name in names]


def _cut(values: Sequence[int], size: int) -> list[Sequence[int]]:
    return [values[start : start + size] for start in range(0, len(values), size)]


def _cell(sums: Sequence[int]) -> Cell:
    k, one, two, three, four, five, mm, sm, ss = sums
    return Cell(k, (one, two, three, four, five), mm, sm, ss)
