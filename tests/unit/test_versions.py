"""What a good document becomes: a version with its hash, its slots, and the order in which it asks."""

import json
import unicodedata
from collections.abc import Callable
from hashlib import sha256

import pytest

from survey.domain import authoring
from survey.domain.questionnaire import asked, from_content
from tests.unit.test_authoring import Document, good, item


def test_texts_are_normalised() -> None:
    document = good()
    document["title"]["vi"] = unicodedata.normalize("NFD", "  Phiếu\n khảo   sát ")

    assert authoring.check(document).version.title.vi == "Phiếu khảo sát"


def test_a_decomposed_file_is_the_same_questionnaire() -> None:
    decomposed = json.loads(unicodedata.normalize("NFD", json.dumps(good(), ensure_ascii=False)))

    assert authoring.check(decomposed).sha256 == authoring.check(good()).sha256


def test_the_order_of_fields_and_written_defaults_change_no_hash() -> None:
    document = dict(reversed(good().items()))
    document["factors"][1] |= {"pooled": True, "reasons": []}
    document["facts"][0] |= {"inspectors_only": False, "condition": None}

    assert authoring.check(document).sha256 == authoring.check(good()).sha256


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["items"][0]["text"].update(vi="Ông/Bà thấy thế nào?"),
        lambda document: document["facts"][0]["options"].reverse(),
        lambda document: document["factors"][1].update(pooled=False),
        lambda document: document["items"][1].pop("condition"),
    ],
)
def test_a_change_of_content_changes_the_hash(change: Callable[[Document], object]) -> None:
    document = good()
    change(document)

    assert authoring.check(document).sha256 != authoring.check(good()).sha256


def test_content_and_version_are_the_same_questionnaire() -> None:
    draft = authoring.check(good())
    version = from_content(7, 3, draft.content)

    assert draft.sha256 == version.sha256 == sha256(draft.content.encode()).hexdigest()
    assert (version.id, version.number, version.name) == (7, 3, "mini@3")
    assert version.factors == draft.version.factors
    assert authoring.check(json.loads(draft.content)) == draft
    assert [reason.key for reason in version.factors[0].reasons] == ["x", "y", "z"]
    assert [question.inspectors_only for question in version.facts] == [False, False, True]


def test_slots_follow_the_order_of_asking_also_where_the_file_mixes_factors() -> None:
    document = good()
    document["items"] = [item("B1", "B"), item("A1"), item("B2", "B"), item("A2")]
    version = authoring.check(document).version

    assert [(one.key, one.slot) for one in version.items] == [("A1", 1), ("A2", 2), ("B1", 3), ("B2", 4)]


def test_what_an_item_waits_for_is_asked_just_before_it() -> None:
    document = good()
    document["items"].append(item("A3", condition={"question": "sorry", "options": ["yes"]}))
    version = authoring.check(document).version
    order = {key: [question.key for question in questions] for key, questions in version.asked_before.items()}

    assert order == {"A1": [], "A2": ["feedback"], "A3": ["sorry"], "B1": []}
    assert [question.key for question in version.asked_last] == ["fees"]


def test_a_fact_that_another_fact_waits_for_comes_with_it() -> None:
    document = good()
    document["items"][1]["condition"] = {"question": "sorry", "options": ["yes"]}
    version = authoring.check(document).version

    assert [question.key for question in version.asked_before["A2"]] == ["feedback", "sorry"]


@pytest.mark.parametrize(
    ("facts", "keys"), [({"feedback": "yes"}, "A1 A2 B1"), ({"feedback": "no"}, "A1 B1"), ({}, "A1 B1")]
)
def test_conditional_items_are_put_only_to_those_they_are_for(facts: dict[str, str], keys: str) -> None:
    version = authoring.check(good()).version

    assert [one.key for one in asked(version, facts)] == keys.split()
