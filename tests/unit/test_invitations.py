"""Who is drawn, what a token may look like, and that no mark of a link is a mark of an answer."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from survey.domain import dossiers, invitations
from survey.domain.invitations import Closed, Letter, Span, Standing, Terms, Way
from survey.reports import letters
from tests.support.invitations import read

DAY = date(2026, 11, 20)
TERMS = Terms.of(Way.RANDOM, "2026-11", DAY, 30)
FRAME = [Closed(line, "00166", dossiers.parse(f"H15-261101-{line:04}", DAY), "1.001193", DAY) for line in range(2, 502)]


def codes(frame: list[Closed], terms: Terms = TERMS) -> set[str]:
    return {each.dossier.code for each in invitations.drawn(frame, terms)}


def test_a_draw_takes_as_many_as_slovin_says_and_the_same_again_in_any_order() -> None:
    found = codes(FRAME)
    assert len(found) == 223  # 500 / (1 + 500 × 0,05²), METHOD §5
    shuffled = [replace(each, line=number) for number, each in enumerate(Random(1).sample(FRAME, len(FRAME)))]
    assert codes(shuffled) == found
    assert codes(FRAME, replace(TERMS, seed="other")) != found
    assert len(codes(FRAME, replace(TERMS, way=Way.ALL))) == 500


def test_every_dossier_has_the_same_chance() -> None:
    times = dict.fromkeys((each.dossier.code for each in FRAME[:40]), 0)
    for seed in range(400):
        for code in codes(FRAME[:40], replace(TERMS, seed=str(seed))):
            times[code] += 1
    size, chance = 400, 37 / 40  # 40 / (1 + 40 × 0,0025) = 36,4 → 37
    spread = 4 * (size * chance * (1 - chance)) ** 0.5
    assert all(abs(count - size * chance) < spread for count in times.values())


def test_links_open_on_their_days() -> None:
    days = Span(TERMS.opens, TERMS.expires)
    assert (days.first, days.last) == (date(2026, 11, 20), date(2026, 12, 19))
    asked = [date(2026, 11, 19), days.first, days.last, date(2026, 12, 20)]
    assert [invitations.standing(days, day) for day in asked] == [
        Standing.EARLY,
        Standing.OPEN,
        Standing.OPEN,
        Standing.OVER,
    ]


@pytest.mark.parametrize("typed", ["k7qa-mx34-67ac-defg", " K7QA MX34 67AC DEFG", "K7QAMX3467ACDEFG"])
def test_a_token_is_read_however_it_is_typed(typed: str) -> None:
    assert invitations.normal_token(typed) == "K7QAMX3467ACDEFG"


@pytest.mark.parametrize("typed", ["", "K7QAMX3467ACDEF", "K7QAMX3467ACDEFGH", "K7QAMX3467ACDEF0", "ă" * 16, "\x00"])
def test_what_can_be_no_token_is_none(typed: str) -> None:
    assert invitations.normal_token(typed) is None


def test_tokens_differ_and_no_mark_of_a_link_is_that_of_an_answer() -> None:
    random = Random(1)
    drawn = {invitations.draw_token(random) for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(invitations.normal_token(token) == token for token in drawn)
    key, dossier = b"k" * 32, FRAME[0].dossier
    assert invitations.mark(key, dossier) != dossiers.keyed_hash(key, dossier)
    assert invitations.token_hash("one", "K7QAMX3467ACDEFG") != invitations.token_hash("two", "K7QAMX3467ACDEFG")


def test_the_file_of_links_holds_no_dossier() -> None:
    letter = Letter(7, "00166", "1.001193", "K7QAMX3467ACDEFG")
    (line,) = read(letters.csv_file([letter], TERMS, "https://khaosat.example/"))
    assert line == {
        "line": "7",
        "unit_code": "00166",
        "procedure_code": "1.001193",
        "url": "https://khaosat.example/i/K7QAMX3467ACDEFG",
        "code": "K7QA-MX34-67AC-DEFG",
        "opens": "2026-11-20",
        "expires": "2026-12-19",
    }
