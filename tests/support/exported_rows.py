"""The rows that exports of a history hold, as sets of people: a row is anybody's of those that share its key.

Whoever reads rows sees which questions each leaves open, so here a person is one unknown and not one an item.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

from sqlalchemy import delete as deleted
from sqlalchemy import func, select

from survey.domain.coarsening import BLANK, Key
from survey.domain.periods import Month, Period
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.models import Response
from survey.queries import responses, row_keys
from tests.support.attacker import Unknown
from tests.support.histories import LEAST, MONTHS, History
from tests.support.history_forms import Form

Set = frozenset[Unknown]


def cells(history: History) -> set[Set]:
    """Who shares a key in an export, for every export that can be made now; checked against the rows themselves."""
    found: set[Set] = set()
    for period, units in _exports(history):
        by_key = _by_key(history, period, units)
        assert all(len(numbers) >= LEAST for numbers in by_key.values())
        found |= {_people(numbers) for numbers in by_key.values()}
    return found


def keys(history: History) -> set[Key]:
    """Every key that rows have in any export."""
    return {key for period, units in _exports(history) for key in _by_key(history, period, units)}


def figures(history: History) -> list[Set]:
    """Whose answers are in each released row: all figures are sums of these."""
    return [_people(forms) for _, forms in history.told() if forms]


def counted_alone(history: History) -> list[Set]:
    """What a rule that looks at one export and not at lots would show: small keys go together, the others stay."""
    lots, found = _lots(), []
    for period, units in _exports(history):
        inside = {unit.id for unit in units}
        by_key: defaultdict[tuple[object, ...], set[int]] = defaultdict(set)
        for form in history.forms:
            if lots[form.number] and form.unit_id in inside and period.start <= form.day <= period.end:
                by_key[form.unit_id, Month.of(form.day), form.channel, form.procedure, form.quarantined].add(
                    form.number
                )
        small = set().union(*(numbers for numbers in by_key.values() if len(numbers) < LEAST))
        enough = [numbers for numbers in by_key.values() if len(numbers) >= LEAST]
        found += [_people(numbers) for numbers in (*enough, small) if len(numbers) >= LEAST]
    return found


def delete(month: Month) -> None:
    """Remove the answers of a month, as when they are old."""
    with writing() as session:
        session.execute(deleted(Response).where(Response.day.between(month.first, month.last)))


def _exports(history: History) -> Iterator[tuple[Period, list[Unit]]]:
    """Every unit with those below it, over every run of months."""
    for unit, first, last in product(history.units, MONTHS, MONTHS):
        if first <= last:
            yield Period(first.first, last.last), [each for each in history.units if unit.id in each.path]


def _by_key(history: History, period: Period, units: list[Unit]) -> dict[Key, set[int]]:
    lots, version = _lots(), history.version
    with reading() as session:
        told = row_keys.of_lots(session, period, units, [version], LEAST)
        rows = Counter(responses.rows(session, period, units, [version], told.totals, told.names))
    by_key: defaultdict[Key, set[int]] = defaultdict(set)
    for number, lot in lots.items():
        key = told.names.get((lot or 0, history.forms[number].procedure or BLANK)) or told.names.get((lot or 0, BLANK))
        if key is not None:
            by_key[key].add(number)
    expected = Counter(
        (key, _levels(history.forms[number], responses.item_keys([version])))
        for key, numbers in by_key.items()
        for number in numbers
    )
    assert rows == expected
    assert rows.total() == sum(told.totals.values())
    return by_key


def _lots() -> dict[int, int | None]:
    """The lot of each person that is stored, or the shift that a later decision made."""
    with reading() as session:
        held = func.coalesce(Response.shift, Response.lot).label("lot")
        found = session.execute(select(Response.client_id, held)).all()
    return {row.client_id.int - 1: row.lot for row in found}


def _levels(form: Form, items: tuple[str, ...]) -> str:
    return ",".join(str(form.levels[item] or "") for item in items)


def _people(numbers: set[int] | frozenset[int]) -> Set:
    return frozenset((number, "row") for number in numbers)
