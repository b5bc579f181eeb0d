"""Every authoring error, one small change of a good document each; and all at once."""

import copy
from typing import Any

import pytest

from survey.domain import authoring
from survey.domain.problems import InvalidError, Problem

Document = dict[str, Any]


def text(vi: str = "Ông/Bà thấy sao?", en: str = "What do you think?") -> dict[str, str]:
    return {"vi": vi, "en": en}


def option(key: str) -> Document:
    return {"key": key, "text": text(f"Có {key}", f"Yes {key}")}


def fact(key: str, **more: object) -> Document:
    return {"key": key, "text": text(), "options": [option("yes"), option("no")], **more}


def item(key: str, factor: str = "A", **more: object) -> Document:
    return {"key": key, "factor": factor, "text": text(), **more}


def good() -> Document:
    return {
        "key": "mini",
        "scale": "satisfaction-5",
        "title": text("Phiếu nhỏ", "Small"),
        "factors": [
            {"key": "A", "title": text("Tiếp cận", "Access"), "reasons": [option("x"), option("y"), option("z")]},
            {"key": "B", "title": text("Thủ tục", "Procedure")},
        ],
        "items": [
            item("A1"),
            item("A2", condition={"question": "feedback", "options": ["yes"]}),
            item("B1", "B"),
        ],
        "facts": [
            fact("feedback"),
            fact("sorry", condition={"question": "feedback", "options": ["no"]}),
            fact("fees", inspectors_only=True),
        ],
        "about": [fact("gender")],
    }


def found(document: object) -> set[tuple[str, str]]:
    return {(problem.path, problem.code) for problem in authoring.problems(document)}


def put(document: Any, path: str, value: object) -> None:
    """Set the value at a path such as items.0.text.vi; `...` deletes it."""
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        document = document[step]
    if value is ...:
        del document[last]
    else:
        document[last] = value


ERRORS = [
    # missing and unknown
    ("key", ..., "key", "field_missing"),
    ("scale", ..., "scale", "field_missing"),
    ("title", ..., "title", "field_missing"),
    ("factors", ..., "factors", "field_missing"),
    ("items", ..., "items", "field_missing"),
    ("items.0.key", ..., "items[1].key", "field_missing"),
    ("items.0.text", ..., "items.A1.text", "field_missing"),
    ("facts.0.options", ..., "facts.feedback.options", "field_missing"),
    ("items.1.condition.options", ..., "items.A2.condition.options", "field_missing"),
    ("colour", "red", "colour", "field_unknown"),
    ("items.0.weight", "2", "items.A1.weight", "field_unknown"),
    ("items.0.text.fr", "Quoi ?", "items.A1.text.fr", "field_unknown"),
    ("about.0.condition", {"question": "feedback", "options": ["yes"]}, "about.gender.condition", "field_unknown"),
    # translations
    ("title.en", ..., "title.en", "translation_missing"),
    ("items.0.text.vi", ..., "items.A1.text.vi", "translation_missing"),
    ("facts.0.options.1.text.en", ..., "facts.feedback.options.no.text.en", "translation_missing"),
    ("factors.0.reasons.2.text.en", None, "factors.A.reasons.z.text.en", "translation_missing"),
    ("basis", {"vi": "Quyết định"}, "basis.en", "translation_missing"),
    # types
    ("key", 7, "key", "text_expected"),
    ("scale", ["satisfaction-5"], "scale", "text_expected"),
    ("title", "Phiếu", "title", "translations_expected"),
    ("items", {"A1": "…"}, "items", "list_expected"),
    ("items.0", "A1", "items[1]", "mapping_expected"),
    ("items.0.factor", 1, "items.A1.factor", "text_expected"),
    ("items.0.text.vi", 5, "items.A1.text.vi", "text_expected"),
    ("facts.0.options.0.key", True, "facts.feedback.options[1].key", "text_expected"),
    ("items.1.condition", "feedback", "items.A2.condition", "mapping_expected"),
    ("items.1.condition.options", [True], "items.A2.condition.options[1]", "text_expected"),
    ("factors.0.pooled", "no", "factors.A.pooled", "flag_expected"),
    ("facts.2.inspectors_only", 1, "facts.fees.inspectors_only", "flag_expected"),
    # texts
    ("title.vi", " \n ", "title.vi", "text_empty"),
    ("items.0.text.vi", "một " * 19, "items.A1.text.vi", "question_wordy"),
    ("facts.0.text.vi", "một " * 19, "facts.feedback.text.vi", "question_wordy"),
    ("about.0.text.vi", "một " * 19, "about.gender.text.vi", "question_wordy"),
    ("items.0.text.en", "x" * 201, "items.A1.text.en", "text_long"),
    ("title.vi", "x" * 121, "title.vi", "text_long"),
    ("factors.0.title.en", "x" * 121, "factors.A.title.en", "text_long"),
    ("facts.0.options.0.text.vi", "x" * 81, "facts.feedback.options.yes.text.vi", "text_long"),
    ("title.vi", "Phiếu\x00", "title.vi", "text_invisible"),
    ("title.vi", "Phiếu\x1fnhỏ", "title.vi", "text_invisible"),
    ("title.en", "safe\u202egnp.exe", "title.en", "text_invisible"),
    ("title.en", "lone \ud800", "title.en", "text_invisible"),
    ("title.en", "zero\u200bwidth", "title.en", "text_invisible"),
    # keys
    ("key", "SIPAS 2024", "key", "key_malformed"),
    ("key", "a" * 41, "key", "key_malformed"),
    ("key", "mini\n", "key", "key_malformed"),
    ("key", "", "key", "key_malformed"),
    ("items.0.key", "a1", "items.a1.key", "key_malformed"),
    ("items.0.key", "month", "items.month.key", "key_malformed"),
    ("items.0.key", "Ấ1", "items.Ấ1.key", "key_malformed"),
    ("factors.0.key", "=A", "factors.=A.key", "key_malformed"),
    ("facts.0.key", "Góp ý", "facts.Góp ý.key", "key_malformed"),
    ("facts.0.options.0.key", "Có", "facts.feedback.options.Có.key", "key_malformed"),
    ("facts.0.options.0.key", "٣", "facts.feedback.options.٣.key", "key_malformed"),
    ("items.2.key", "A1", "items[3].key", "key_duplicate"),
    ("factors.1.key", "A", "factors[2].key", "key_duplicate"),
    ("facts.1.key", "feedback", "facts[2].key", "key_duplicate"),
    ("about", [fact("gender"), fact("gender")], "about[2].key", "key_duplicate"),
    ("facts.0.options.1.key", "yes", "facts.feedback.options[2].key", "key_duplicate"),
    ("factors.0.reasons.1.key", "x", "factors.A.reasons[2].key", "key_duplicate"),
    # numbers
    ("items", [], "items", "list_empty"),
    ("factors", [], "factors", "list_empty"),
    ("items", [item(f"A{n}") for n in range(41)], "items", "list_long"),
    ("factors", [{"key": key, "title": text()} for key in "ABCDEFGHI"], "factors", "list_long"),
    ("facts.0.options", [option("yes")], "facts.feedback.options", "options_count"),
    ("facts.0.options", [], "facts.feedback.options", "options_count"),
    ("facts.0.options", [option(f"o{n}") for n in range(13)], "facts.feedback.options", "options_count"),
    ("factors.0.reasons", [option("x"), option("y")], "factors.A.reasons", "reasons_count"),
    ("factors.0.reasons", [option(f"r{n}") for n in range(6)], "factors.A.reasons", "reasons_count"),
    # belonging
    ("scale", "stars-10", "scale", "scale_unknown"),
    ("items.0.factor", ..., "items.A1.factor", "item_without_factor"),
    ("items.0.factor", "Z", "items.A1.factor", "factor_unknown"),
    ("items.2.factor", "A", "factors.B", "factor_without_items"),
    # conditions
    ("items.1.condition.question", "nothing", "items.A2.condition.question", "condition_unknown"),
    ("items.1.condition.question", "gender", "items.A2.condition.question", "condition_unknown"),
    ("items.1.condition.question", "A1", "items.A2.condition.question", "condition_unknown"),
    ("items.1.condition.question", "fees", "items.A2.condition.question", "condition_confidential"),
    ("items.1.condition.options", ["maybe"], "items.A2.condition.options", "option_unknown"),
    ("items.1.condition.options", [], "items.A2.condition.options", "list_empty"),
    ("facts.1.condition.question", "sorry", "facts.sorry.condition.question", "condition_later"),
]

# What a changed key may break elsewhere; nothing else may be blamed on a place that is in order.
CONSEQUENCES = {"factor_unknown", "factor_without_items", "condition_unknown", "option_unknown"}


@pytest.mark.parametrize(("where", "value", "path", "code"), ERRORS)
def test_an_authoring_error_is_found_at_its_place(where: str, value: object, path: str, code: str) -> None:
    document = good()
    put(document, where, value)

    errors = found(document)
    assert (path, code) in errors
    assert {other for _, other in errors - {(path, code)}} <= CONSEQUENCES
    with pytest.raises(InvalidError):
        authoring.check(document)


@pytest.mark.parametrize("document", [None, [], "key: mini", 5, True])
def test_a_document_that_is_no_mapping_says_only_that(document: object) -> None:
    assert authoring.problems(document) == (Problem("document", "mapping_expected"),)


def test_a_fact_cannot_wait_for_a_later_one() -> None:
    document = good()
    document["facts"].append(fact("late"))
    document["facts"][1]["condition"]["question"] = "late"

    assert found(document) == {("facts.sorry.condition.question", "condition_later")}


def test_what_only_inspectors_see_may_wait_for_what_only_inspectors_see() -> None:
    document = good()
    document["facts"].append(fact("to_whom", inspectors_only=True, condition={"question": "fees", "options": ["yes"]}))

    assert not found(document)


def test_a_questionnaire_in_which_nothing_is_pooled_has_no_rate() -> None:
    document = good()
    for factor in document["factors"]:
        factor["pooled"] = False

    assert found(document) == {("factors", "factors_unpooled")}


def test_all_errors_come_at_once() -> None:
    document = good()
    changes = [
        ("scale", "stars-10", "scale", "scale_unknown"),
        ("title.en", ..., "title.en", "translation_missing"),
        ("items.0.text.vi", "một " * 19, "items.A1.text.vi", "question_wordy"),
        ("items.0.factor", "Z", "items.A1.factor", "factor_unknown"),
        ("items.1.condition.options", ["maybe"], "items[2].condition.options", "option_unknown"),
        ("items.2.key", "A2", "items[3].key", "key_duplicate"),
        ("facts.2.options", [option("yes")], "facts.fees.options", "options_count"),
        ("about.0.text", 3, "about.gender.text", "translations_expected"),
        ("extra", 1, "extra", "field_unknown"),
    ]
    for where, value, _, _ in changes:
        put(document, where, value)

    assert {(path, code) for *_, path, code in changes} <= found(document)


def test_the_key_of_an_error_is_safe_to_print() -> None:
    document = good()
    dangerous = "\x1b[31mred" + "x" * 200
    document["key"] = document["scale"] = document["items"][0]["key"] = document["items"][1]["factor"] = dangerous
    document[dangerous] = document["title"][dangerous] = "?"
    problems = authoring.problems(document)

    assert len(problems) == 6
    for problem in problems:
        assert problem.path.isprintable()
        assert all(str(value).isprintable() and len(str(value)) <= 40 for value in problem.values.values())


def test_the_largest_questionnaire_passes() -> None:
    document = good()
    document["factors"] = [{"key": key, "title": text()} for key in "ABCDEFGH"]
    document["items"] = [item(f"A{n}", "ABCDEFGH"[n % 8]) for n in range(40)]

    assert [one.slot for one in authoring.check(document).version.items] == list(range(1, 41))


def test_a_question_of_eighteen_words_passes() -> None:
    document = good()
    document["items"][0]["text"]["vi"] = " ".join(["một"] * 18)

    assert not found(document)


def test_the_checker_does_not_change_the_document() -> None:
    document = good()
    before = copy.deepcopy(document)
    authoring.check(document)

    assert document == before
