"""What the form of a comparison offers besides the usual filters: its kinds, both sides, and the boundaries."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext

from survey.domain import traits
from survey.domain.periods import Month
from survey.domain.points import Channel
from survey.domain.questionnaire import Question
from survey.web.comparing.comparisons import Compared
from survey.web.comparing.sides import Boundaries, Kind
from survey.web.figures.options import Option, OptionGroup, months_of
from survey.web.language import current
from survey.wording import N_, Translate, numbers
from survey.wording.figures import CHANNELS

KINDS = {
    Kind.PERIOD: N_("Hai kỳ"),
    Kind.CHANNEL: N_("Hai kênh"),
    Kind.PROCEDURE: N_("Hai thủ tục"),
    Kind.GROUP: N_("Hai nhóm người dân"),
}
BOUNDARIES = {
    Boundaries.THEN: N_("Đơn vị như ở từng thời điểm"),
    Boundaries.NOW: N_("Gộp các đơn vị cũ đã sáp nhập trọn vẹn"),
}
translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class KindLink:
    """One way to compare: its words, its address, and whether the page shows it."""

    words: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """The choices of the form; `merged` and `split` name former units, `breaks` the days of reforms, in words."""

    kinds: tuple[KindLink, ...]
    a_starts: tuple[Option, ...]
    a_ends: tuple[Option, ...]
    a: tuple[Option | OptionGroup, ...]
    b: tuple[Option | OptionGroup, ...]
    boundaries: tuple[Option, ...]
    merged: tuple[str, ...]
    split: tuple[str, ...]
    breaks: tuple[str, ...]


def of(found: Compared) -> CompareOptions:
    """The choices for this comparison, in the reader's language."""
    asked = found.sides
    today, earlier = Month.of(found.choices.today), asked.earlier
    kept: dict[str, Any] = asked.filters.query(sort=None, procedure=None, channel=None, **{"from": None, "to": None})
    return CompareOptions(
        kinds=tuple(
            KindLink(translate(words), url_for("compare.page", **kept, kind=kind.value), kind is asked.kind)
            for kind, words in KINDS.items()
        ),
        a_starts=months_of(today, Month.of(earlier.start)),
        a_ends=months_of(today, Month.of(earlier.end)),
        a=_side(found, asked.a),
        b=_side(found, asked.b),
        boundaries=tuple(Option(b.value, translate(w), b is asked.boundaries) for b, w in BOUNDARIES.items()),
        merged=tuple(unit.name for unit in found.lineage.merged),
        split=tuple(unit.name for unit in found.split),
        breaks=tuple(numbers.day(day) for day in found.breaks),
    )


def _side(found: Compared, chosen: str) -> tuple[Option | OptionGroup, ...]:
    if found.sides.kind is Kind.CHANNEL:
        return tuple(Option(c.value, translate(CHANNELS[c]), c.value == chosen) for c in Channel)
    if found.sides.kind is Kind.GROUP:
        return tuple(_group(question, chosen) for question in traits.dimensions(found.sides.filters.selection.version))
    by_domain = groupby(found.choices.procedures, key=lambda procedure: procedure.domain_name)
    return tuple(
        OptionGroup(domain, tuple(Option(p.code, f"{p.name} ({p.code})", p.code == chosen) for p in members))
        for domain, members in by_domain
    )


def _group(question: Question, chosen: str) -> OptionGroup:
    """The answers to a question, each a group of citizens."""
    texts = zip(traits.of_dimension(question), question.options, strict=True)
    return OptionGroup(
        question.text.get(current()),
        tuple(Option(trait.code, option.text.get(current()), trait.code == chosen) for trait, option in texts),
    )
