"""Versions as lines of pages: what each asks, who asks it, and what changed, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from survey.domain import revisions
from survey.domain.questionnaire import Condition, Item, Question, Version
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import points
from survey.queries.points import Point
from survey.web.language import current
from survey.wording import Translate
from survey.wording import revisions as words
from survey.wording.revisions import Line

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Family:
    """All versions of one key, the newest first, and how many points within reach ask it."""

    key: str
    newest: Version
    older: tuple[Version, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the second version asks otherwise; `kept` of `items` scored questions stay word for word."""

    lines: tuple[Line, ...]
    kept: int
    items: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a table shows it: its key, both texts, what goes with it, and whether it is a factor's heading."""

    key: str
    vi: str
    en: str
    note: str = ""
    heading: bool = False


def families(versions: Iterable[Version], found: Iterable[Point]) -> tuple[Family, ...]:
    """The published versions by key."""
    by_key: dict[str, list[Version]] = {}
    for version in versions:
        by_key.setdefault(version.key, []).insert(0, version)
    asking = [point.questionnaire_key for point in found]
    return tuple(Family(key, each[0], tuple(each[1:]), asking.count(key)) for key, each in by_key.items())


def comparison(old: Version, new: Version) -> Comparison:
    """The changes in the reader's language."""
    lines = tuple(words.line(one, current(), translate) for one in revisions.between(old, new))
    return Comparison(lines, revisions.kept_items(old, new), len(new.items))


def points_asking(key: str, units: Iterable[Unit]) -> tuple[Point, ...]:
    """The points of these units that ask the newest version of a key."""
    with reading() as session:
        found = points.of_units(session, [unit.id for unit in units])
    return tuple(point for point in found if point.questionnaire_key == key)


def asked(version: Version) -> tuple[Asked, ...]:
    """Everything that a version asks, in its order, factors as headings."""
    found: list[Asked] = []
    for factor in version.factors:
        note = "" if factor.pooled else translate("không tính vào tỷ lệ chung")
        found.append(Asked(factor.key, factor.title.vi, factor.title.en, note, heading=True))
        found += [Asked(item.key, item.text.vi, item.text.en, _condition(item)) for item in factor.items]
    for title, group in ((_FACTS, version.facts), (_ABOUT, version.about)):
        if group:
            found.append(Asked("", title[0], title[1], heading=True))
        found += [Asked(one.key, one.text.vi, one.text.en, _note(one)) for one in group]
    return tuple(found)


_FACTS = ("Về lần làm thủ tục", "About the visit")  # both languages stand beside each other here
_ABOUT = ("Về người trả lời", "About the citizen")


def _note(question: Question) -> str:
    options = " / ".join(option.text.get(current()) for option in question.options)
    secret = translate("chỉ thanh tra xem") if question.inspectors_only else ""
    return "; ".join(filter(None, (options, _condition(question), secret)))


def _condition(one: Item | Question) -> str:
    condition: Condition | None = one.condition
    if condition is None:
        return ""
    return translate(
        "chỉ hỏi khi %(question)s = %(options)s", question=condition.question, options=", ".join(condition.options)
    )
