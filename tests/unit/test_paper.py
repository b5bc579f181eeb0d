"""Paper forms keyed twice: what of the fields is kept, where two entries differ, and which id a form has."""

from datetime import date

import pytest

from survey.domain import answers, paper
from survey.domain.paper import VOID, Keyed, Standing
from survey.domain.problems import InvalidError
from survey.domain.questionnaire import Version
from survey.domain.units import Unit, UnitKind
from tests.support.places import draft

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def version() -> Version:
    return draft("sipas-2024").version


def full(version: Version, level: str = "4") -> dict[str, str]:
    return {f"answers.{item.key}": level for item in version.items} | {f"facts.{one.key}": "" for one in version.facts}


def test_what_was_not_asked_is_not_kept(version: Version) -> None:
    fields = full(version) | {"facts.feedback": "no", "reasons.A.signs": "on", "remarks.A": "x", "elsewhere": "y"}
    kept = paper.entry(fields, version)
    assert {"answers.E2", "answers.E3", "reasons.A.signs", "remarks.A", "elsewhere"}.isdisjoint(kept)
    low = paper.entry(fields | {"answers.A1": "1"}, version)
    assert (low["reasons.A.signs"], low["remarks.A"]) == ("yes", "x")


def test_paper_asks_nothing_that_only_inspectors_may_read(version: Version) -> None:
    secret = [one.key for one in version.facts if one.inspectors_only]
    assert set(secret) == {"harassment", "extra_fees"}
    kept = paper.entry(full(version) | {f"facts.{key}": "many" for key in secret}, version)
    assert {f"facts.{key}" for key in secret}.isdisjoint(kept)
    body = paper.document(kept, version, "K7QAMX")
    assert isinstance(body["facts"], dict)
    assert set(secret).isdisjoint(body["facts"])


def test_a_question_that_nobody_keyed_is_told_and_no_opinion_is_not(version: Version) -> None:
    fields = full(version) | {"answers.A1": ""}
    assert paper.unkeyed(paper.entry(fields, version), version) == []
    del fields["answers.B2"]
    assert [one.path for one in paper.unkeyed(paper.entry(fields, version), version)] == ["answers.B2"]
    assert paper.unkeyed({VOID: "yes"}, version) == []


def test_the_body_passes_the_check_of_every_response(version: Version) -> None:
    fields = full(version) | {"answers.C1": "2", "reasons.C.manner": "1", "remarks.C": " chờ\r\nlâu ", "assisted": "on"}
    fields |= {"dossier": "h15.50.05.13–261008-0975 ", "procedure": "1.001193", "comment": "Tốt", "about.age": "25-34"}
    body = paper.document(paper.entry(fields, version), version, "K7QAMX")
    found = answers.check(body, version, frozenset({"1.001193"}), TODAY)
    levels = dict(zip([item.key for item in version.items], found.levels, strict=True))
    assert (levels["A1"], levels["C1"]) == (4, 2)
    assert found.reasons == {"C": ("manner",)}
    assert found.remarks == {"C": "chờ\nlâu"}
    assert (found.assisted, found.procedure, found.comment) == (True, "1.001193", "Tốt")
    assert found.about == {"age": "25-34"}
    assert found.dossier is not None


def test_two_entries_are_taken_when_they_are_the_same_and_settled_where_not(version: Version) -> None:
    first = paper.entry(full(version), version)
    second = paper.entry(full(version) | {"answers.B1": "", "comment": "Tốt"}, version)
    assert Keyed(1, first, 7, first, 7).standing is Standing.AGREED
    assert Keyed(1, first, 7).standing is Standing.ONCE
    assert Keyed(1).standing is Standing.EMPTY
    assert Keyed(1, first, 7, second, 8).standing is Standing.DIFFERS
    assert paper.differing(first, second) == ("answers.B1", "comment")
    chosen = {"answers.B1": "5", "comment": "Tốt lắm", "answers.A1": "1"}
    settled = paper.settled(first, second, chosen, version)
    assert settled == {**first, "answers.B1": "5", "comment": "Tốt lắm"}, "nothing else can be changed"
    assert Keyed(1, first, 7, second, 8, settled).result == settled


@pytest.mark.parametrize("name", ["answers.B1", "about.gender"])
def test_what_differs_is_decided_even_as_left_open(version: Version, name: str) -> None:
    given = full(version) | {"about.gender": "female"}
    first, second = paper.entry(given, version), paper.entry(given | {name: ""}, version)
    with pytest.raises(InvalidError) as refused:
        paper.settled(first, second, {}, version)
    assert [(one.path, one.code) for one in refused.value.problems] == [(name, "not_settled")]
    assert paper.settled(first, second, {name: ""}, version)[name] == ""


def test_a_form_with_nothing_on_it_differs_from_any_other_as_a_whole(version: Version) -> None:
    void, other = {VOID: "yes"}, paper.entry(full(version), version)
    assert paper.entry({**full(version), VOID: "on"}, version) == void
    assert paper.differing(void, other) == (VOID,)
    assert paper.settled(void, other, {}, version) == other
    assert paper.settled(other, void, {VOID: "yes"}, version) == void


def test_the_id_follows_from_the_numbers_and_tells_them_to_nobody() -> None:
    made = paper.client_id("secret", "00166", "quick", "T 11/a", 3)
    assert made == paper.client_id("secret", "00166", "quick", "t11/A", 3)
    others = (
        paper.client_id("other", "00166", "quick", "T 11/a", 3),
        paper.client_id("secret", "00070", "quick", "T 11/a", 3),
        paper.client_id("secret", "00166", "sipas", "T 11/a", 3),
        paper.client_id("secret", "00166", "quick", "T 11/b", 3),
        paper.client_id("secret", "00166", "quick", "T 11/a", 4),
    )
    assert len({made, *others}) == 6
    assert (made.version, made.variant) == (8, "specified in RFC 4122")


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (TODAY, []),
        (date(2026, 11, 25), ["day_future"]),
        (date(2025, 11, 23), []),
        (date(2025, 11, 22), ["day_old"]),
        (date(2026, 1, 1), ["day_unit_closed"]),
    ],
)
def test_the_day_of_a_batch_is_past_not_too_old_and_one_on_which_the_unit_was_open(day: date, codes: list[str]) -> None:
    start = date(2026, 2, 1) if codes == ["day_unit_closed"] else None
    unit = Unit(1, "00166", "Phường", UnitKind.COMMUNE, (1,), start, None, "")
    assert [one.code for one in paper.day_problems(day, unit, TODAY)] == codes
