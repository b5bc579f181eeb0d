"""The rules of a theme and its answer."""

import pytest

from survey.domain import themes
from survey.domain.problems import InvalidError

COMMENTS = (
    "Ghế ngồi quá ít, chờ mỏi chân.",
    "Thiếu ghế ngồi cho người già",
    "ghe ngoi hong",
    "Ghế  Ngồi bẩn. Hướng dẫn tận tình.",
    "Hướng dẫn chưa rõ; huong dan lại lần hai",
    "Hướng dẫn dễ hiểu",
)


def test_words_are_found_within_their_bounds() -> None:
    assert [themes.holds(comment, "Ghế ngồi") for comment in COMMENTS] == [True] * 4 + [False] * 2
    assert not themes.holds("Ghế ngồichung", "ghế ngồi")
    assert not themes.holds(COMMENTS[0], "")


def test_names_and_notes_come_in_their_normal_form() -> None:
    assert themes.checked_name("  Ghe\u0302\u0301  chờ ") == "Ghế chờ"
    assert themes.checked_note(" Đã thêm\r\n 20  ghế. \n") == "Đã thêm\n20 ghế."


@pytest.mark.parametrize(
    ("name", "code"), [(" ", "name_missing"), ("x" * 121, "name_long"), ("a\x00b", "text_control")]
)
def test_a_bad_name_says_what_is_wrong(name: str, code: str) -> None:
    with pytest.raises(InvalidError) as refused:
        themes.checked_name(name)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(("note", "code"), [("\n", "note_missing"), ("x" * 2001, "note_long")])
def test_a_bad_note_says_what_is_wrong(note: str, code: str) -> None:
    with pytest.raises(InvalidError) as refused:
        themes.checked_note(note)
    assert [problem.code for problem in refused.value.problems] == [code]
