"""Every way in which a response can be wrong, and what right ones become."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from survey.domain import answers, submissions
from survey.domain.problems import InvalidError
from survey.domain.questionnaire import Version, from_content
from tests.support.places import draft

TODAY = date(2026, 11, 24)
PROCEDURES = frozenset({"1.001193", "1.010708"})


def _version() -> Version:
    found = draft("sipas-2024")
    return from_content(1, 1, found.content)


VERSION = _version()
LEVELS: dict[str, Any] = {item.key: 5 for item in VERSION.items}


def document(**changes: Any) -> dict[str, Any]:
    """A right response with some fields changed."""
    return {"point": "K7QAMX", "questionnaire": "sipas-2024@1", "answers": LEVELS, **changes}


def complaints(body: Mapping[str, object]) -> set[tuple[str, str]]:
    """Path and code of every problem of a body."""
    with pytest.raises(InvalidError) as error:
        answers.check(body, VERSION, PROCEDURES, TODAY)
    return {(problem.path, problem.code) for problem in error.value.problems}


@pytest.mark.parametrize("level", [0, 6, -1, "5", "", 4.5, 5.0, True, False, [5], {}, 10**30, float("nan")])
def test_only_the_whole_numbers_1_to_5_are_levels(level: object) -> None:
    assert complaints(document(answers={**LEVELS, "A1": level})) == {("answers.A1", "level_unknown")}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (document(answers={**LEVELS, "Z9": 5}), {("answers.Z9", "item_unknown")}),
        (document(answers={k: v for k, v in LEVELS.items() if k != "B2"}), {("answers.B2", "item_missing")}),
        (document(answers=dict.fromkeys(LEVELS)), {("answers", "all_empty")}),
        (document(answers=[5, 5]), {("answers", "not_object")}),
        (document(answers=None), {("answers", "field_missing")}),
        (document(facts={"weather": "1"}), {("facts.weather", "question_unknown")}),
        (document(facts={"trips": "9"}), {("facts.trips", "option_unknown")}),
        (document(facts={"trips": 1}), {("facts.trips", "option_unknown")}),
        (document(facts=[]), {("facts", "not_object")}),
        (document(about={"age": "25"}), {("about.age", "option_unknown")}),
        (document(procedure="9.999999"), {("procedure", "procedure_unknown")}),
        (document(procedure=1.001193), {("procedure", "not_text")}),
        (document(dossier="H15.50.05.13-261125-0975"), {("dossier", "dossier_future")}),
        (document(dossier="hồ sơ của tôi"), {("dossier", "dossier_form")}),
        (document(comment="a" * 2001), {("comment", "text_too_long")}),
        (document(comment="a\x00b"), {("comment", "text_control")}),
        (document(comment="a\ud800b"), {("comment", "text_control")}),
        (document(comment=5), {("comment", "not_text")}),
        (document(assisted="yes"), {("assisted", "not_boolean")}),
        (document(assisted=1), {("assisted", "not_boolean")}),
        (document(answered_at="yesterday"), {("answered_at", "time_invalid")}),
        (document(answered_at="2026-11-24T09:01:52"), {("answered_at", "time_invalid")}),
        (document(started_at="2026-13-24T09:01:52+07:00"), {("started_at", "time_invalid")}),
        (
            document(answers={**LEVELS, "A1": 6, "Z9": 1}, comment="\x07", dossier="x"),
            {
                ("answers.A1", "level_unknown"),
                ("answers.Z9", "item_unknown"),
                ("comment", "text_control"),
                ("dossier", "dossier_form"),
            },
        ),
    ],
)
def test_every_problem_is_found_at_once(body: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert complaints(body) == expected


def test_a_full_response_becomes_values() -> None:
    found = answers.check(
        document(
            answers={**LEVELS, "C1": None, "A2": 1},
            facts={"trips": "1"},
            about={"age": "25-34"},
            comment="  Cảm ơn\r\nquầy 3  ",
            procedure="1.001193",
            dossier="h15.50.05.13-261008-0975",
            assisted=True,
            started_at="2026-11-24T09:01:10+07:00",
            answered_at="2026-11-24T09:01:52+07:00",
        ),
        VERSION,
        PROCEDURES,
        TODAY,
    )
    by_key = dict(zip([item.key for item in VERSION.items], found.levels, strict=True))
    assert by_key == {**LEVELS, "C1": None, "A2": 1}
    assert (found.facts, found.about) == ({"trips": "1"}, {"age": "25-34"})
    assert (found.comment, found.procedure, found.assisted) == ("Cảm ơn\nquầy 3", "1.001193", True)
    assert found.dossier is not None
    assert found.dossier.code == "H15.50.05.13-261008-0975"
    assert found.answered_at == datetime(2026, 11, 24, 9, 1, 52, tzinfo=timezone(timedelta(hours=7)))


def test_decomposed_text_is_stored_composed() -> None:
    found = answers.check(document(comment="Cảm ơn"), VERSION, PROCEDURES, TODAY)
    assert found.comment == "Cảm ơn"


def test_a_comment_of_exactly_2000_characters_is_taken_also_when_decomposed() -> None:
    found = answers.check(document(comment="ế" * 2000), VERSION, PROCEDURES, TODAY)
    assert found.comment == "ế" * 2000


def test_a_local_tail_stands_for_the_national_procedure() -> None:
    found = answers.check(document(procedure="1.010708.000.00.00.H56"), VERSION, PROCEDURES, TODAY)
    assert found.procedure == "1.010708"


def test_empty_texts_are_no_texts() -> None:
    found = answers.check(document(comment=" \n ", dossier="", procedure=None), VERSION, PROCEDURES, TODAY)
    assert (found.comment, found.dossier, found.procedure) == (None, None, None)


@pytest.mark.parametrize("key", ["E2", "E3"])
def test_questions_on_feedback_are_for_those_who_gave_some(key: str) -> None:
    without = {item: level for item, level in LEVELS.items() if item != key}
    silent = {**LEVELS, "E2": None, "E3": None}
    assert answers.check(document(answers=without, facts={}), VERSION, PROCEDURES, TODAY).levels.count(None) == 1
    assert answers.check(document(answers=silent, facts={"feedback": "no"}), VERSION, PROCEDURES, TODAY)
    assert answers.check(document(facts={"feedback": "yes"}), VERSION, PROCEDURES, TODAY).levels.count(5) == 16
    assert complaints(document(answers=without, facts={"feedback": "yes"})) == {(f"answers.{key}", "item_missing")}
    assert complaints(document(answers={**silent, key: 4}, facts={"feedback": "no"})) == {
        (f"answers.{key}", "item_not_asked")
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([], {("", "not_object")}),
        (None, {("", "not_object")}),
        ("text", {("", "not_object")}),
        ({}, {("point", "field_missing"), ("questionnaire", "field_missing")}),
        (document(point=5), {("point", "not_text")}),
        (document(ticket=["x"]), {("ticket", "not_text")}),
        (document(point="K7\x00QAM"), {("point", "text_control")}),
        (document(point="K" * 201), {("point", "text_control")}),
        (document(**{"name": "Nguyễn Văn A", "ph\ud800": 1}), {("name", "field_unknown"), ("ph?", "field_unknown")}),
    ],
)
def test_an_envelope_that_cannot_be_read_says_so(body: object, expected: set[tuple[str, str]]) -> None:
    with pytest.raises(InvalidError) as error:
        submissions.open_envelope(body)
    assert {(problem.path, problem.code) for problem in error.value.problems} == expected


def test_a_body_is_the_same_whatever_its_order_and_ticket_and_differs_by_anything_else() -> None:
    first = submissions.body_hash("key", document(ticket="a", comment="x"))
    assert submissions.body_hash("key", dict(reversed(document(ticket="b", comment="x").items()))) == first
    assert submissions.body_hash("key", document(comment="y")) != first
    assert submissions.body_hash("other key", document(comment="x")) != first
    assert submissions.body_hash("key", document(comment="x", dossier="H15-261008-0975")) == first, "none to try out"
    assert len(first) == 16


def test_problems_of_facts_do_not_hide_those_of_answers() -> None:
    assert complaints(document(answers={**LEVELS, "A1": 6}, facts={"trips": "9"})) == {
        ("answers.A1", "level_unknown"),
        ("facts.trips", "option_unknown"),
    }


# --- what was not good ---

LOW: dict[str, Any] = {**LEVELS, "A2": 2}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (document(answers=LOW, reasons={"A": ["signs", "nothing"]}), {("reasons.A", "reason_unknown")}),
        (document(answers=LOW, reasons={"A": "signs"}), {("reasons.A", "not_list")}),
        (document(answers=LOW, reasons={"A": [["signs"]]}), {("reasons.A", "reason_unknown")}),
        (document(answers=LOW, reasons={"Z": ["signs"]}), {("reasons.Z", "factor_unknown")}),
        (document(answers=LOW, reasons={"B": ["papers"]}), {("reasons.B", "reasons_not_asked")}),
        (document(answers=LOW, reasons=["signs"]), {("reasons", "not_object")}),
        (document(answers=LOW, remarks={"B": "Chậm"}), {("remarks.B", "reasons_not_asked")}),
        (document(answers=LOW, remarks={"A": "x" * 501}), {("remarks.A", "text_too_long")}),
        (document(answers=LOW, remarks={"A": 5}), {("remarks.A", "not_text")}),
        (
            document(answers={**LEVELS, "A2": "2"}, reasons={"A": ["signs"]}),
            {("answers.A2", "level_unknown"), ("reasons.A", "reasons_not_asked")},
        ),
    ],
)
def test_reasons_are_of_their_factor_and_only_after_a_low_level(
    body: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    assert complaints(body) == expected


@pytest.mark.parametrize("nothing", [None, {}, {"A": None}, {"A": []}, {"B": []}])
def test_no_reasons_are_none(nothing: object) -> None:
    assert answers.check(document(answers=LOW, reasons=nothing), VERSION, PROCEDURES, TODAY).reasons == {}


def test_reasons_come_once_and_in_the_questionnaires_order() -> None:
    found = answers.check(
        document(answers=LOW, reasons={"A": ["waiting", "signs", "waiting"]}), VERSION, PROCEDURES, TODAY
    )
    assert found.reasons == {"A": ("signs", "waiting")}


def test_remarks_follow_the_comment_under_the_name_of_their_factor() -> None:
    body = document(answers={**LOW, "D1": 1}, comment="Nhanh.", remarks={"D": " Trễ ", "A": "Nóng", "C": ""})
    body["answers"]["C1"] = 1
    found = answers.check(body, VERSION, PROCEDURES, TODAY)
    assert answers.words(found, VERSION) == "Nhanh.\nTiếp cận dịch vụ: Nóng\nKết quả giải quyết: Trễ"
    assert answers.words(answers.check(document(), VERSION, PROCEDURES, TODAY), VERSION) is None
