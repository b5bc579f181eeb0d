"""The attacker (METHOD §6): from all that any filters ever showed, nothing about a few people can be computed."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from random import Random

import pytest
from flask import Flask

from survey.models import Layer
from tests.support import exported_rows, late_decisions
from tests.support.attacker import Attacker, Unknown
from tests.support.histories import ITEMS, LEAST, MANY_SMALL, MONTHS, TWO_LARGE, History, Weights
from tests.support.history_forms import TRAITS, Form

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def small_cells(forms: Iterable[Form]) -> set[frozenset[int]]:
    """Every cell of fewer people than the minimum, by any of the ways in which forms are told apart, and each form."""
    cells: defaultdict[tuple[object, ...], set[int]] = defaultdict(set)
    for form in forms:
        place = {
            "unit": form.unit_id,
            "month": (form.day.year, form.day.month),
            "channel": form.channel,
            "procedure": form.procedure,
            "quarantined": form.quarantined,
            "assisted": form.assisted,
            **{key: form.said.get(key) for key in TRAITS},
            "answered": tuple(sorted(key for key, level in form.levels.items() if level)),
        }
        for size in range(1, len(place) + 1):
            for names in combinations(place, size):
                cells[names, tuple(place[name] for name in names)].add(form.number)
        cells[("form", form.number)].add(form.number)
    return {frozenset(cell) for cell in cells.values() if len(cell) < LEAST}


def learnt(attacker: Attacker, forms: Iterable[Form]) -> list[frozenset[int]]:
    return [cell for cell in small_cells(forms) if attacker.learns_about(cell)]


def test_nothing_about_a_few_people_follows_from_all_that_was_ever_shown(app: Flask) -> None:
    history = History(1)
    seen: list[frozenset[Unknown]] = []
    for _ in history.phases():
        seen += history.shown()
    attacker = Attacker(seen)
    assert len(attacker.basis) > 20, "too little is shown to prove anything"
    assert learnt(attacker, history.forms) == []


@pytest.mark.parametrize("seed", [133, 148, 173, 189, 400, 401, 402, 403])  # the first four once found holes
def test_nor_from_every_released_row_by_itself(app: Flask, seed: int) -> None:
    history = History(seed, 60 + 20 * (seed % 10))
    for _ in history.phases():
        pass
    assert learnt(Attacker(history.rows()), history.forms) == []


@pytest.mark.parametrize(
    ("seed", "count", "weights", "least"),
    [(2001, 280, TWO_LARGE, 4), (2007, 280, TWO_LARGE, 4), (5015, 220, MANY_SMALL, 2)],
)
def test_nor_where_groups_of_citizens_are_told(app: Flask, seed: int, count: int, weights: Weights, least: int) -> None:
    history = History(seed, count, crowded=weights)
    for _ in history.phases():
        pass
    groups = {row.trait for row, _ in history.told()} - {None}
    assert len(groups) >= least, "too little is told to prove anything"
    assert learnt(Attacker(history.rows()), history.forms) == []


def test_with_groups_of_enough_people_alone_the_attacker_succeeds(app: Flask) -> None:
    """The control: every group of enough people in every lot of the same histories, and nothing of panels."""
    history = History(2007, 280, crowded=TWO_LARGE)
    for _ in history.phases():
        pass
    seen = history.rows()
    for row, forms in history.told():
        if row.layer == Layer.LOT and row.whole and not row.quarantined:
            for code in {code for number in forms for code in history.forms[number].groups}:
                own = [number for number in forms if code in history.forms[number].groups]
                if len(own) >= LEAST:
                    seen.append(frozenset((f, item) for f in own for item in ITEMS if history.forms[f].levels[item]))
    assert learnt(Attacker(seen), history.forms) != []


@pytest.mark.parametrize(("seed", "count", "weights"), [(133, 120, None), (189, 240, None), (2007, 280, TWO_LARGE)])
def test_nor_from_exported_rows_and_figures_together(
    app: Flask, seed: int, count: int, weights: Weights | None
) -> None:
    """Every unit and run of months is exported after each release, and once more when the oldest month was deleted."""
    history, seen = History(seed, count, crowded=weights), set[frozenset[Unknown]]()
    for _ in history.phases():
        seen |= exported_rows.cells(history)
    figures = exported_rows.figures(history)
    named = exported_rows.keys(history)
    filled = {name for key in named for name in key._fields if getattr(key, name)}
    assert filled >= {"month", "unit_code", "channel"} | (set() if weights else {"procedure"})
    exported_rows.delete(MONTHS[0])
    seen |= exported_rows.cells(history)
    assert len(seen) > 20, "too little is exported to prove anything"
    assert learnt(Attacker([*figures, *seen]), history.forms) == []


def test_with_keys_that_enough_rows_of_an_export_share_the_attacker_succeeds(app: Flask) -> None:
    """The control: released rows that keep their key where enough rows of one export share it."""
    history = History(133, 120)
    for _ in history.phases():
        pass
    figures, rows = exported_rows.figures(history), exported_rows.counted_alone(history)
    assert min(len(cell) for cell in rows) >= LEAST
    assert len(learnt(Attacker([*figures, *rows]), history.forms)) > 10


def test_with_minimums_alone_the_attacker_succeeds(app: Flask) -> None:
    """The control: cells of enough people are shown as they are, and nothing else is withheld."""
    history = History(1)
    seen: list[frozenset[Unknown]] = []
    for phase in history.phases():
        seen += [cell for cell in history.cells(phase) if len({form for form, _ in cell}) >= LEAST]
    assert len(learnt(Attacker(seen), history.forms)) > 100


@pytest.mark.parametrize(("seed", "weights"), [(0, (0, 0, 0, 1, 1)), (2, (0, 0, 1, 0, 6))])
def test_nor_from_what_decisions_after_the_release_change(app: Flask, seed: int, weights: Weights) -> None:
    """Answers are quarantined and taken back, again and again; figures and rows of before and after are known."""
    history, random = History(seed, 300, crowded=weights), Random(seed)
    for _ in history.phases():
        pass
    seen, people = history.rows(), [*exported_rows.cells(history), *exported_rows.figures(history)]
    late_decisions.start(history)
    for _ in range(4):
        late_decisions.step(random, random.choice((0.2, 0.4, 0.5)))
        seen += history.rows()
        people += [*exported_rows.cells(history), *exported_rows.figures(history)]
    layers = [row.layer for row, _ in history.told()]
    assert layers.count(Layer.SHIFT) >= 3, "too little is told to prove anything"
    assert {Layer.SHIFTED + Layer.LOT, Layer.SHIFTED + Layer.FACTORS, Layer.BLOCK, Layer.TRAIT} <= set(layers)
    assert learnt(Attacker(seen), history.forms) == []
    assert learnt(Attacker(people), history.forms) == []
    if seed == 0:
        assert history.shown(), "each figure is the sum of the forms that it says"


def test_where_decisions_change_figures_at_once_the_attacker_succeeds(app: Flask) -> None:
    """The control: the same history, and of every lot what stays of it when that is enough people."""
    history, random = History(2, 300, crowded=(0, 0, 1, 0, 6)), Random(2)
    for _ in history.phases():
        pass
    seen = history.rows()
    late_decisions.start(history)
    for _ in range(2):
        late_decisions.step(random, 0.4)
        seen += late_decisions.followed_at_once(history)
    assert len(learnt(Attacker(seen), history.forms)) > 10
