"""Phrases that return in comments: whole words, in any spelling, in an order that depends on nothing else."""

from random import Random

import pytest

from survey.demo import comments
from survey.domain import compounds, names, phrases
from survey.domain.phrases import Phrase

COMMENTS = (
    "Ghế ngồi quá ít, chờ mỏi chân.",
    "Thiếu ghế ngồi cho người già",
    "ghe ngoi hong",
    "Ghế  Ngồi bẩn. Hướng dẫn tận tình.",
    "Hướng dẫn chưa rõ; huong dan lại lần hai",
    "Hướng dẫn dễ hiểu",
)


def texts(*given: str) -> list[str]:
    return [phrase.text for phrase in phrases.frequent(given)]


def test_words_of_several_comments_are_suggested_however_they_are_typed() -> None:
    assert phrases.frequent(COMMENTS) == (Phrase("ghế ngồi", 4), Phrase("hướng dẫn", 3))


def test_what_one_or_two_say_is_not_suggested() -> None:
    assert texts(*COMMENTS[:2]) == []
    assert texts("ghế ngồi ghế ngồi ghế ngồi") == []
    assert texts(*["tệ " + "x" * 300] * 5) == [], "no word"


@pytest.mark.parametrize(
    ("comment", "suggested"),
    [
        ("Cán bộ hướng dẫn tốt", ["cán bộ hướng dẫn"]),  # not "bộ hướng"
        ("Thủ tục, hướng dẫn", ["hướng dẫn", "thủ tục"]),  # a comma parts them
        ("Giải thích rõ ràng từng giấy tờ", ["giải thích rõ ràng", "giấy tờ"]),  # "từng" joins
        ("Cần cán bộ trẻ", ["cán bộ trẻ"]),  # "cần" joins, "cán" does not
        ("can can bo tre", ["can bo tre"]),  # nor without diacritics, in a word
        ("quạt hỏng", ["quạt hỏng"]),  # in no list
        ("Xin cảm ơn anh chị rất nhiều", []),
        ("the staff was very kind", []),
        ("the waiting room was cold", ["waiting room"]),
        ("xác nhận tình trạng hôn nhân", ["xác nhận tình trạng hôn nhân"]),
        ("12 giờ 30, 3.000 đồng", []),
    ],
)
def test_a_sentence_is_cut_between_words(comment: str, suggested: list[str]) -> None:
    assert texts(*[comment] * 3) == suggested


def test_a_shorter_phrase_stands_where_it_returns_more_often_than_what_holds_it() -> None:
    assert texts(*["quạt hỏng ồn"] * 3) == ["quạt hỏng ồn"]
    assert phrases.frequent(["quạt hỏng ồn"] * 3 + ["quạt hỏng"]) == (Phrase("quạt hỏng", 4),)


def test_no_suggestion_cuts_a_known_word_and_none_is_inside_another() -> None:
    said = (comments.CONTENT + comments.DISCONTENT) * 3
    found = texts(*said)
    assert len(found) == phrases.MOST_PHRASES
    for text in found:
        syllables = tuple(names.fold(text).split())
        assert syllables in compounds.TELLING or len(syllables) > 2, text
        assert not any(text in other for other in found if other != text)


def test_the_order_of_comments_changes_nothing() -> None:
    said = [*comments.CONTENT, *comments.DISCONTENT] * 4
    once = phrases.frequent(said)
    Random(1).shuffle(said)
    assert phrases.frequent(said) == once


def test_the_list_of_words_holds_no_single_syllables() -> None:
    assert {len(word) for word in compounds.KNOWN} <= {1, 2, 3, 4}
    assert [word for word in compounds.KNOWN if len(word) == 1] == [("email",)]
    assert not compounds.TELLING & compounds.EMPTY
