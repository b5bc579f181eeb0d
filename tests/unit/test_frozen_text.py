"""Frozen figures as text: everything comes back, one snapshot has one text, and a supplement says what differs."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from survey.domain import frozen, frozen_text
from survey.domain.disclosure import Minimums, Note, Shown
from survey.domain.figures import Beside, Scope, UnitFigures
from survey.domain.frozen import Change, Snapshot
from survey.domain.named_periods import named
from survey.domain.periods import Month
from survey.domain.questionnaire import Text
from survey.domain.rates import Needed, Verdict
from survey.domain.units import Unit, UnitKind
from tests.support import samples

AT = datetime(2026, 11, 24, 2, 0, 5, 123456, tzinfo=UTC)
CITY = Unit(1, "HN", "Thành phố Hà Nội", UnitKind.CITY, (1,), None, None, "")
EVERYTHING = Shown(
    notes=(Note.FEW,),
    respondents=12,
    answers=190,
    satisfied=150,
    counts=(1, 2, 37, 100, 50),
    rate=Decimal("78.95"),
    low=Decimal("60.00"),
    high=Decimal("90.10"),
    mean_score=Decimal("4.03"),
    target=Decimal("85.00"),
    verdict=Verdict.UNDECIDED,
    needed=Needed(None),
    n_eff=Fraction(355, 113),
)


def unit_figures(place: Unit, shown: Shown | None = None) -> UnitFigures:
    overall = samples.overall(place, samples.SPREAD[0])
    return UnitFigures(
        overall=overall if shown is None else replace(overall, shown=shown),
        beside=Beside(Decimal("80.00"), None, Decimal("99.50")),
        factors=(samples.part(place, "A", Text("Tiếp cận", "Access"), samples.SPREAD[1]),),
        items=(samples.part(place, "A1", Text("=1+1?", "=1+1?"), samples.SPREAD[3], Scope.ITEM),),
        months=(samples.overall(place, samples.SPREAD[2], month=Month(2026, 10)),),
    )


def snapshot(shown: Shown | None = None) -> Snapshot:
    ward = replace(samples.unit(), path=(1, 4))
    units = (unit_figures(CITY, shown), unit_figures(ward))
    return Snapshot("sipas-2024@1", named("2026-10"), 1, Minimums(10, 30), "a@b.vn", AT, units)


def test_every_part_of_a_shown_figure_comes_back() -> None:
    assert all(getattr(EVERYTHING, field.name) is not None for field in fields(Shown)), "give the new field a value"
    text = frozen_text.write(snapshot(EVERYTHING))
    assert frozen_text.read(text).units[0].overall.shown == EVERYTHING


def test_a_snapshot_comes_back_with_the_same_text() -> None:
    before = snapshot()
    before = replace(
        before,
        number=2,
        follows="ab" * 32,
        changes=(Change(("00004", Scope.ITEM, "A1", None), (None, 12), (None, Decimal("50.00"))),),
    )
    text = frozen_text.write(before)
    after = frozen_text.read(text)
    assert frozen_text.write(after) == text
    assert (after.named, after.number, after.at, after.changes) == (before.named, 2, AT, before.changes)
    assert [found.unit.code for found in after.below(after.unit)] == ["00004"]
    assert [figure.shown for figure in frozen.figures(after.units)] == [
        figure.shown for figure in frozen.figures(before.units)
    ]
    assert [figure.label for figure in frozen.figures(after.units)] == [
        figure.label for figure in frozen.figures(before.units)
    ]


def test_the_text_names_units_by_code_alone() -> None:
    """The rows of another copy of the database have other ids."""
    elsewhere = snapshot()
    moved = tuple(
        replace(found, overall=replace(found.overall, unit=replace(found.unit, id=found.unit.id + 70, path=path)))
        for found, path in zip(elsewhere.units, ((71,), (71, 74)), strict=True)
    )
    assert frozen_text.write(replace(elsewhere, units=moved)) == frozen_text.write(snapshot())


def test_an_older_text_without_a_newer_field_is_read() -> None:
    document = json.loads(frozen_text.write(snapshot(EVERYTHING)))
    del document["units"][0]["overall"]["shown"]["needed"]
    del document["units"][0]["beside"]["share_answered"]
    found = frozen_text.read(json.dumps(document)).units[0]
    assert (found.overall.shown.needed, found.beside.share_answered) == (None, None)


def test_only_other_respondents_or_rates_are_a_change() -> None:
    before = snapshot(EVERYTHING).units
    same = snapshot(replace(EVERYTHING, target=Decimal(90), verdict=Verdict.NOT_MET)).units
    assert frozen.changes(before, same) == ()
    more = snapshot(replace(EVERYTHING, respondents=22, rate=Decimal("80.00"))).units
    (change,) = frozen.changes(before, more)
    assert change == Change(("HN", Scope.OVERALL, None, None), (12, 22), (Decimal("78.95"), Decimal("80.00")))


def test_a_unit_that_is_only_in_one_of_both_is_a_change() -> None:
    before = snapshot().units
    assert {change.place[0] for change in frozen.changes(before[:1], before)} == {"00004"}
    gone = frozen.changes(before, before[:1])
    assert {change.place[0] for change in gone} == {"00004"}
    assert {change.respondents[1] for change in gone} == {None}
