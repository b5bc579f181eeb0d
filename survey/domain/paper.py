"""Paper forms keyed by a clerk: what was keyed as fields, twice each, where the two differ, and the body they make.

Fields are named as on the citizens' plain form ("answers.A1", "reasons.A.seats"). A field that is there with an empty
text was keyed as "no opinion" or "no answer"; a rated question without its field was not keyed at all.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum, auto
from uuid import UUID

from survey.domain.answers import LEVEL_VALUES, asked, low_factors
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Question, Version
from survey.domain.units import Unit

MOST_FORMS = 200  # of a batch: a transaction for which no citizen waits noticeably
LONGEST_NUMBER = 20
OLDEST = timedelta(days=366)  # between the day of a form and its batch; older paper belongs in an archive
VOID = "void"  # the field of a form with no answer on it, or that nobody can read
YES = "yes"
TEXTS = ("procedure", "dossier", "comment")
ASSISTED = "assisted"

Entry = Mapping[str, str]


class Turn(IntEnum):
    """Which time a form is keyed."""

    FIRST = 1
    SECOND = 2


class Standing(StrEnum):
    """How far a form has come. Only `AGREED` can be taken."""

    EMPTY = auto()
    ONCE = auto()  # keyed in one turn
    DIFFERS = auto()
    AGREED = auto()


@dataclass(frozen=True, slots=True)
class Keyed:
    """A form by the number on it, with what was keyed each time and what was settled; who keyed it, by account."""

    place: int
    first: Entry | None = None
    first_by: int | None = None
    second: Entry | None = None
    second_by: int | None = None
    settled: Entry | None = None

    def of(self, turn: Turn) -> Entry | None:
        return self.first if turn is Turn.FIRST else self.second

    def author(self, turn: Turn) -> int | None:
        return self.first_by if turn is Turn.FIRST else self.second_by

    @property
    def result(self) -> Entry | None:
        """What is taken: both entries where they are the same, else what was settled; None before that."""
        if self.first is None or self.second is None:
            return None
        return self.first if self.first == self.second else self.settled

    @property
    def standing(self) -> Standing:
        if self.first is None and self.second is None:
            return Standing.EMPTY
        if self.first is None or self.second is None:
            return Standing.ONCE
        return Standing.DIFFERS if self.result is None else Standing.AGREED


_CHOSEN = ("answers.", "facts.", "about.")  # one of several; a tick may be left out, a text may be empty


def facts(version: Version) -> tuple[Question, ...]:
    """The facts that paper asks for: none that only inspectors may read, for a clerk of the unit reads the paper."""
    return tuple(question for question in version.facts if not question.inspectors_only)


def entry(fields: Mapping[str, str], version: Version) -> dict[str, str]:
    """What was keyed, in the order of the form: texts in normal form, nothing that was not asked of this citizen."""
    if fields.get(VOID):
        return {VOID: YES}
    said = _choices("facts", facts(version), fields, {})
    levels = {
        item.key: fields[f"answers.{item.key}"]
        for item in version.items
        if f"answers.{item.key}" in fields and asked(item.condition, said)
    }
    found = {f"answers.{key}": value.strip() for key, value in levels.items()}
    for factor in version.factors:
        if factor.key in _low(version, levels):
            ticks = (f"reasons.{factor.key}.{reason.key}" for reason in factor.reasons)
            found |= {name: YES for name in ticks if fields.get(name)} | _text(fields, f"remarks.{factor.key}")
    found |= _text(fields, "procedure") | {k: _plain(code) for k, code in _text(fields, "dossier").items()}
    found |= {f"facts.{key}": value for key, value in said.items()}
    found |= {f"about.{key}": value for key, value in _choices("about", version.about, fields, said).items()}
    found |= _text(fields, "comment")
    return found | ({ASSISTED: YES} if fields.get(ASSISTED) else {})


def unkeyed(keyed: Entry, version: Version) -> list[Problem]:
    """The rated questions that nobody keyed anything for, be it "no opinion": a slip of a line would hide there."""
    if VOID in keyed:
        return []
    given = {question.key: keyed.get(f"facts.{question.key}") for question in facts(version)}
    said = {key: value for key, value in given.items() if value is not None}
    return [
        Problem(f"answers.{item.key}", "not_keyed")
        for item in version.items
        if f"answers.{item.key}" not in keyed and asked(item.condition, said)
    ]


def document(keyed: Entry, version: Version, point: str) -> dict[str, object]:
    """The body that a call would send. Not for a void form."""
    levels = {item.key: keyed.get(f"answers.{item.key}") for item in version.items}
    low = _low(version, levels)
    return {
        "point": point,
        "questionnaire": version.name,
        "answers": {key: int(value) if value and value.isdecimal() else value or None for key, value in levels.items()},
        "reasons": {
            factor.key: [one.key for one in factor.reasons if f"reasons.{factor.key}.{one.key}" in keyed]
            for factor in version.factors
            if factor.key in low
        },
        "remarks": {key: keyed[f"remarks.{key}"] for key in sorted(low) if f"remarks.{key}" in keyed},
        "facts": {one.key: keyed.get(f"facts.{one.key}") or None for one in facts(version)},
        "about": {one.key: keyed.get(f"about.{one.key}") or None for one in version.about},
        **{name: keyed.get(name) for name in TEXTS},
        ASSISTED: ASSISTED in keyed,
    }


def differing(first: Entry, second: Entry) -> tuple[str, ...]:
    """The fields in which the two differ, those of the first in their order; of a void form and another, only that."""
    if (VOID in first) != (VOID in second):
        return (VOID,)
    names = dict.fromkeys([*first, *second])
    return tuple(name for name in names if first.get(name) != second.get(name))


def settled(first: Entry, second: Entry, chosen: Mapping[str, str], version: Version) -> dict[str, str]:
    """The form after somebody looked at the paper again: what was the same stays, what differed is as `chosen`.

    Raises InvalidError with not_settled for a question that differs and that nobody decided, be it "left open".
    """
    names = differing(first, second)
    if names == (VOID,):
        return {VOID: YES} if chosen.get(VOID) else dict(first if VOID in second else second)
    same = {name: value for name, value in first.items() if name not in names}
    open_ = {name: "" for name in names if name.startswith(_CHOSEN) and name not in chosen}
    found = entry(same | open_ | {name: chosen[name] for name in names if name in chosen}, version)
    if undecided := [name for name in open_ if name in found]:
        raise InvalidError([Problem(name, "not_settled") for name in undecided])
    return found


def client_id(secret: str, unit: str, questionnaire: str, number: str, place: int) -> UUID:
    """The id of a form: the same for the same number in the same batch, so that it can never be taken twice.

    A UUID of version 8 (RFC 9562) from a keyed hash: nobody reads batch and number from it.
    """
    content = "\n".join(("paper", unit, questionnaire, folded(number), str(place)))
    value = int.from_bytes(hmac.digest(secret.encode(), content.encode(), hashlib.sha256)[:16])
    value = value & ~(0xF << 76) | (0x8 << 76)
    return UUID(int=value & ~(0x3 << 62) | (0x2 << 62))


def folded(number: str) -> str:
    """A batch's number as it is compared: capitals, without white space."""
    return "".join(unicodedata.normalize("NFC", number).upper().split())


def day_problems(day: date, unit: Unit, today: date) -> list[Problem]:
    """What is wrong with the day of a batch."""
    if day > today:
        return [Problem("day", "day_future")]
    if day < today - OLDEST:
        return [Problem("day", "day_old", {"days": OLDEST.days})]
    return [] if unit.is_open(day) else [Problem("day", "day_unit_closed", {"unit": unit.name})]


def _choices(
    group: str, questions: Iterable[Question], fields: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, str]:
    """Choices by question, "" where declined; a question that is not asked is left out."""
    found: dict[str, str] = {}
    for question in questions:
        value = fields.get(f"{group}.{question.key}")
        if value is not None and asked(question.condition, {**said, **found}):
            found[question.key] = value.strip()
    return found


def _low(version: Version, levels: Mapping[str, str | None]) -> frozenset[str]:
    numbers = {str(value): value for value in LEVEL_VALUES}
    return low_factors(version, [numbers.get(levels.get(item.key) or "") for item in version.items])


def _plain(code: str) -> str:
    """A dossier's code so that two ways to type it are no difference."""
    return "".join(code.upper().translate(_HYPHENS).split())


_HYPHENS = str.maketrans({"–": "-", "—": "-"})


def _text(fields: Mapping[str, str], name: str) -> dict[str, str]:
    text = unicodedata.normalize("NFC", fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n")).strip()
    return {name: text} if text else {}
