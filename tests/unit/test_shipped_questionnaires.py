"""The three questionnaires of the package against METHOD §2–3, which the lists here were copied from by hand."""

import unicodedata

import pytest

from survey.domain.questionnaire import Question, Text, Version
from survey.services import questionnaires

ITEMS = {
    "sipas-2024": "A1 A2 A3 B1 B2 B3 B4 C1 C2 C3 D1 D2 D3 E1 E2 E3",
    "sipas-2017": "A1 A2 A3 A4 B1 B2 B3 B4 B5 C1 C2 C3 C4 C5 C6 D1 D2 D3 E1 E2 E3 E4",
    "quick": "A1 B1 C1 D1 E1 F1",
}
FACTORS = {
    "A": "Tiếp cận dịch vụ",
    "B": "Thủ tục hành chính",
    "C": "Công chức trực tiếp giải quyết công việc",
    "D": "Kết quả giải quyết",
    "E": "Tiếp nhận, xử lý góp ý, phản ánh, kiến nghị",
}
OPTIONS = {
    "trips": ["0", "1", "2+"],
    "promptness": ["early", "on-time", "late"],
    "late_notice": ["yes", "no"],
    "apology": ["yes", "no"],
    "harassment": ["none", "some", "many"],
    "extra_fees": ["none", "some", "many"],
    "feedback": ["yes", "no"],
    "gender": ["male", "female", "other"],
    "age": ["18-24", "25-34", "35-49", "50-60", "60+"],
    "area": ["urban", "rural"],
}
VERSIONS = {path.stem: questionnaires.read(path.read_bytes()).version for path in questionnaires.SHIPPED}
LONG = ("sipas-2024", "sipas-2017")


def of(version: Version) -> list[Text]:
    questions = [*version.facts, *version.about]
    return [
        version.title,
        version.basis,
        *(text for factor in version.factors for text in (factor.title, *(reason.text for reason in factor.reasons))),
        *(item.text for item in version.items),
        *(text for question in questions for text in (question.text, *(option.text for option in question.options))),
    ]


def test_the_default_comes_first() -> None:
    assert list(VERSIONS) == ["sipas-2024", "sipas-2017", "quick"]


@pytest.mark.parametrize("name", VERSIONS)
def test_a_shipped_questionnaire_has_the_items_of_the_method(name: str) -> None:
    version = VERSIONS[name]

    assert version.key == name
    assert [item.key for item in version.items] == ITEMS[name].split()
    assert [item.slot for item in version.items] == list(range(1, len(version.items) + 1))
    assert all(item.key.startswith(factor.key) for factor in version.factors for item in factor.items)


@pytest.mark.parametrize("name", VERSIONS)
def test_the_factors_are_those_of_the_method(name: str) -> None:
    expected = FACTORS if name != "quick" else FACTORS | {"F": "Chung"}

    assert {factor.key: factor.title.vi for factor in VERSIONS[name].factors} == expected
    assert [factor.key for factor in VERSIONS[name].factors if not factor.pooled] == (["F"] if name == "quick" else [])
    assert all(3 <= len(factor.reasons) <= 5 for factor in VERSIONS[name].factors)


@pytest.mark.parametrize("name", VERSIONS)
def test_a_question_speaks_to_the_citizen_in_at_most_eighteen_words(name: str) -> None:
    version = VERSIONS[name]
    texts = [item.text for item in version.items] + [question.text for question in (*version.facts, *version.about)]

    for text in texts:
        assert len(text.vi.split()) <= 18
        assert text.vi.endswith("?")
        assert text.en.endswith("?")
        assert "Ông/Bà" in text.vi


@pytest.mark.parametrize("name", VERSIONS)
def test_texts_are_complete_in_both_languages_and_differ(name: str) -> None:
    for text in of(VERSIONS[name]):
        assert text.vi
        assert text.en
        assert text.vi != text.en or text.vi.isascii()
        assert text.vi == unicodedata.normalize("NFC", text.vi)


@pytest.mark.parametrize("name", VERSIONS)
def test_no_two_items_ask_the_same(name: str) -> None:
    for language in ("vi", "en"):
        texts = [item.text.get(language) for item in VERSIONS[name].items]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", VERSIONS)
def test_options_are_those_of_the_method(name: str) -> None:
    for question in (*VERSIONS[name].facts, *VERSIONS[name].about):
        if question.key in OPTIONS:
            assert [option.key for option in question.options] == OPTIONS[question.key]


@pytest.mark.parametrize("name", LONG)
def test_the_long_questionnaires_ask_all_facts_and_nothing_that_names_a_person(name: str) -> None:
    version = VERSIONS[name]

    assert [question.key for question in version.facts] == list(OPTIONS)[:7]
    assert [question.key for question in version.about] == ["gender", "age", "education", "occupation", "area"]
    assert [len(version.about_by_key[key].options) for key in ("education", "occupation")] == [6, 7]


@pytest.mark.parametrize("name", VERSIONS)
def test_harassment_and_fees_are_for_inspectors_only(name: str) -> None:
    secret = [question.key for question in VERSIONS[name].facts if question.inspectors_only]

    assert secret == ["harassment", "extra_fees"]


@pytest.mark.parametrize(("name", "keys"), [("sipas-2024", ["E2", "E3"]), ("sipas-2017", ["E3", "E4"]), ("quick", [])])
def test_handling_of_feedback_is_asked_only_of_those_who_gave_some(name: str, keys: list[str]) -> None:
    version = VERSIONS[name]
    conditions = {item.key: item.condition for item in version.items if item.condition}

    assert list(conditions) == keys
    for condition in conditions.values():
        assert condition.holds({"feedback": "yes"})
        assert not condition.holds({"feedback": "no"})
        assert not condition.holds({})
    for key in keys[:1]:
        assert [question.key for question in version.asked_before[key]] == ["feedback"]
    assert "feedback" not in [question.key for question in version.asked_last]


def late(question: Question) -> bool:
    return question.condition is not None and question.condition.holds({"promptness": "late"})


@pytest.mark.parametrize("name", LONG)
def test_notice_and_apology_are_asked_only_after_a_late_result(name: str) -> None:
    assert [question.key for question in VERSIONS[name].facts if late(question)] == ["late_notice", "apology"]
