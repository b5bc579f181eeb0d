"""A questionnaire as sections: which questions stand together, and what is said of whom they concern."""

import pytest

from survey.domain.questionnaire import Condition, Factor, Item, Option, Question, Text, Version
from survey.web.citizen import sections
from survey.web.citizen.sections import Branch

YES, NO = Option("yes", Text("Có", "Yes")), Option("no", Text("Không", "No"))


def plain(message: str, /, **values: object) -> str:
    return message % values if values else message


def question(key: str, condition: Condition | None = None) -> Question:
    return Question(key, Text(f"{key} vi?", f"{key} en?"), (YES, NO), condition)


def version(items: list[Item], facts: list[Question], about: list[Question] | None = None) -> Version:
    factor = Factor("A", Text("Yếu tố", "Factor"), tuple(items))
    nothing = Text("", "")
    return Version(1, "x", 1, nothing, nothing, "satisfaction-5", (factor,), tuple(facts), tuple(about or ()), "")


def names(branches: tuple[Branch, ...]) -> list[list[str]]:
    return [[field.name for field in branch] for branch in branches]


WHEN_YES = Condition("gave", ("yes",))


def test_a_fact_comes_before_the_items_that_hang_on_it_and_nowhere_else() -> None:
    items = [Item("A1", 1, Text("", "")), Item("A2", 2, Text("", ""), WHEN_YES), Item("A3", 3, Text("", ""), WHEN_YES)]
    found = sections.of_version(version(items, [question("other"), question("gave")]), "vi", plain)
    assert names(found.rated) == [["answers.A1"], ["facts.gave", "answers.A2", "answers.A3"]]
    assert names(found.facts) == [["facts.other"]]
    (_, branch) = found.rated
    assert [field.dependent for field in branch] == [False, True, True]
    assert [choice.opens for choice in branch[0].choices] == [True, False]


def test_a_question_apart_from_what_decides_it_stands_alone_with_its_hint() -> None:
    facts = [question("gave"), question("between"), question("later", WHEN_YES)]
    found = sections.of_version(version([], facts, [question("age", WHEN_YES)]), "vi", plain)
    assert names(found.facts) == [["facts.gave"], ["facts.between"], ["facts.later"]]
    later = found.facts[2][0]
    assert not later.dependent
    assert later.hint == "Chỉ dành cho người chọn “Có” ở câu “gave vi?”"
    assert names(found.about) == [["about.age"]]


@pytest.mark.parametrize(("language", "hint"), [("vi", "“Có hoặc Không” ở câu “gave vi?”"), ("en", "“Yes hoặc No”")])
def test_a_hint_names_every_choice_that_opens(language: str, hint: str) -> None:
    facts = [question("gave"), question("why", Condition("gave", ("yes", "no")))]
    found = sections.of_version(version([], facts), language, plain)
    assert hint in found.facts[0][1].hint
