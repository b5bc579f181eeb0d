"""The paper form of a questionnaire as PDF, with the digits that clerks key beside each box."""

from typing import Any

from survey.domain import paper
from survey.domain.questionnaire import Item, Question, Version
from survey.domain.scale import LEVELS
from survey.reports import typesetting
from survey.wording import Translate
from survey.wording import paper_sheet as words
from survey.wording.figures import LEVELS as LEVEL_WORDS

TEMPLATE = "paper"
ROOMY = 18  # items; more of them are set a little smaller, to stay on one sheet of paper
_WORDS = (
    ("batch", words.BATCH),
    ("sheet", words.SHEET),
    ("day", words.DAY),
    ("office", words.OFFICE_USE),
    ("how", words.HOW),
    ("privacy", words.PRIVACY),
    ("low", words.LOW),
    ("other", words.OTHER),
    ("facts", words.FACTS),
    ("about", words.ABOUT),
    ("procedure", words.PROCEDURE),
    ("dossier", words.DOSSIER),
    ("comment", words.COMMENT),
    ("assisted", words.ASSISTED),
    ("thanks", words.THANKS),
    ("none", words.NO_OPINION),
)


def pdf(version: Version, unit: str, number: str, day: str, translate: Translate, language: str) -> bytes:
    """One form, two pages at most for the questionnaires that are shipped; number and day may be left to the pen."""
    return typesetting.pdf(TEMPLATE, _data(version, unit, number, day, translate, language))


def _data(version: Version, unit: str, number: str, day: str, translate: Translate, language: str) -> dict[str, Any]:
    return {
        "dense": len(version.items) > ROOMY,
        "language": language,
        "unit": unit,
        "title": version.title.get(language),
        "name": version.name,
        "number": number,
        "day": day,
        "words": {name: translate(text) for name, text in _WORDS},
        "page": translate(words.PAGE, page="{page}", pages="{pages}"),
        "levels": [{"digit": level.value, "text": translate(LEVEL_WORDS[level])} for level in LEVELS],
        "factors": [
            {
                "title": factor.title.get(language),
                "rows": [row for item in factor.items for row in _rows(version, item, translate, language)],
                "reasons": [reason.text.get(language) for reason in factor.reasons],
            }
            for factor in version.factors
        ],
        "facts": [_question(one, language) for one in version.asked_last if one in paper.facts(version)],
        "about": [_question(one, language) for one in version.about],
    }


def _rows(version: Version, item: Item, translate: Translate, language: str) -> list[dict[str, Any]]:
    """An item, after the facts that decide whether it is asked."""
    before = [_question(one, language) for one in version.asked_before[item.key]]
    return [
        *before,
        {"key": item.key, "text": item.text.get(language), "hint": _hint(version, item, translate, language)},
    ]


def _hint(version: Version, item: Item, translate: Translate, language: str) -> str:
    if item.condition is None:
        return ""
    fact = version.fact_by_key[item.condition.question]
    texts = [option.text.get(language) for option in fact.options if option.key in item.condition.options]
    return translate(words.ONLY_IF, choice=" / ".join(texts))


def _question(question: Question, language: str) -> dict[str, Any]:
    return {"text": question.text.get(language), "options": [option.text.get(language) for option in question.options]}
