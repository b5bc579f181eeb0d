"""One response checked against its questionnaire version: every problem at once, or values that can be stored."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from survey.domain import dossiers
from survey.domain.dossiers import Dossier, DossierError
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Condition, Factor, Item, Question, Version
from survey.domain.scale import DISSATISFIED_TO, LEVELS
from survey.domain.submissions import CONTROL

LONGEST_COMMENT = 2000  # characters after NFC
LONGEST_REMARK = 500  # characters after NFC, of what was not good in one factor
LONGEST_TEXT = 80  # dossier and procedure codes, times
LEVEL_VALUES = frozenset(level.value for level in LEVELS)
# After one of these a factor asks what was not good.
LOW_VALUES = frozenset(level.value for level in LEVELS if level <= DISSATISFIED_TO)
_LOCAL_TAIL = re.compile(r"([1-3]\.\d{6})(\.[0-9A-Z]{2,3})+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a citizen said. `levels` in the order of the version's items, None for no opinion or not asked.

    `reasons` and `remarks` say, by factor, what was not good: keys of its ready reasons, and words of the citizen.
    """

    levels: tuple[int | None, ...]
    facts: Mapping[str, str]
    about: Mapping[str, str]
    comment: str | None
    procedure: str | None
    dossier: Dossier | None
    assisted: bool
    started_at: datetime | None
    answered_at: datetime | None
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)


def check(document: Mapping[str, object], version: Version, procedures: frozenset[str], today: date) -> Answers:
    """The answers in a JSON document. Raises InvalidError with the path and code of every problem."""
    reader = _Reader(document)
    facts = reader.choices("facts", version.facts, {})
    levels = reader.levels(version.items, facts)
    low = low_factors(version, levels)
    answers = Answers(
        levels=levels,
        facts=facts,
        about=reader.choices("about", version.about, facts),
        comment=reader.comment(),
        procedure=reader.procedure(procedures),
        dossier=reader.dossier(today),
        assisted=reader.flag("assisted"),
        started_at=reader.moment("started_at"),
        answered_at=reader.moment("answered_at"),
        reasons=reader.reasons(version.factors, low),
        remarks=reader.remarks(version.factors, low),
    )
    if reader.problems:
        raise InvalidError(reader.problems)
    return answers


def procedure_codes(document: Mapping[str, object]) -> tuple[str, ...]:
    """The codes under which the catalogue may have the procedure that a document names: as given, and without tail."""
    given = document.get("procedure")
    if not isinstance(given, str) or CONTROL.search(given) or len(given) > LONGEST_TEXT:
        return ()
    text = unicodedata.normalize("NFC", given).strip()
    tail = _LOCAL_TAIL.fullmatch(text)
    return (text,) if tail is None else (text, tail[1])


def asked(condition: Condition | None, facts: Mapping[str, str]) -> bool:
    """Whether a question may be answered: its condition is met, or the citizen skipped the fact that it hangs on."""
    return condition is None or facts.get(condition.question) in (None, *condition.options)


def required(condition: Condition | None, facts: Mapping[str, str]) -> bool:
    """Whether a response must name the item, be it with null."""
    return condition is None or facts.get(condition.question) in condition.options


def words(answers: Answers, version: Version) -> str | None:
    """All that the citizen wrote as one text: the comment, then each remark on a line under its factor's name."""
    lines = [
        f"{factor.title.vi}: {answers.remarks[factor.key]}"
        for factor in version.factors
        if factor.key in answers.remarks
    ]
    return "\n".join(filter(None, (answers.comment, *lines))) or None


def low_factors(version: Version, levels: Sequence[object]) -> frozenset[str]:
    """The factors in which an item was answered at one of the two low levels. Levels in the order of the items."""
    low = {item.key for item, level in zip(version.items, levels, strict=False) if level in LOW_VALUES}
    return frozenset(factor.key for factor in version.factors if any(item.key in low for item in factor.items))


class _Reader:
    """Reads one field at a time and collects what is wrong."""

    def __init__(self, document: Mapping[str, object]) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def _complain(self, path: str, code: str, **values: str | int) -> None:
        self.problems.append(Problem(CONTROL.sub("?", path)[:80], code, values))

    def _mapping(self, name: str) -> Mapping[str, object]:
        value = self.document.get(name)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self._complain(name, "not_object")
            return {}
        return value

    def levels(self, items: Sequence[Item], facts: Mapping[str, str]) -> tuple[int | None, ...]:
        given = self.document.get("answers")
        if not isinstance(given, Mapping):
            self._complain("answers", "field_missing" if given is None else "not_object")
            return ()
        known = {item.key for item in items}
        for key in given:
            if key not in known:
                self._complain(f"answers.{key}", "item_unknown")
        found = tuple(self._level(item, given, facts) for item in items)
        if not any(given.values()):  # a wrong level has its own complaint
            self._complain("answers", "all_empty")
        return found

    def _level(self, item: Item, given: Mapping[str, object], facts: Mapping[str, str]) -> int | None:
        path = f"answers.{item.key}"
        if item.key not in given:
            if required(item.condition, facts):
                self._complain(path, "item_missing")
            return None
        value = given[item.key]
        if value is None:
            return None
        if type(value) is not int or value not in LEVEL_VALUES:  # True and 4.0 are no levels
            self._complain(path, "level_unknown", given=_shown(value))
            return None
        if not asked(item.condition, facts):
            self._complain(path, "item_not_asked")
        return value

    def choices(self, name: str, questions: Sequence[Question], facts: Mapping[str, str]) -> Mapping[str, str]:
        given = self._mapping(name)
        found: dict[str, str] = {}
        by_key = {question.key: question for question in questions}
        for key in given:
            if key not in by_key:
                self._complain(f"{name}.{key}", "question_unknown")
        for question in questions:
            value = given.get(question.key)
            if value is None:
                continue
            if not isinstance(value, str) or question.option(value) is None:
                self._complain(f"{name}.{question.key}", "option_unknown", given=_shown(value))
            elif not asked(question.condition, {**facts, **found}):
                self._complain(f"{name}.{question.key}", "question_not_asked")
            else:
                found[question.key] = value
        return found

    def reasons(self, factors: Sequence[Factor], low: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
        """The ready reasons by factor, each once and in the questionnaire's order."""
        found: dict[str, tuple[str, ...]] = {}
        for factor, path, value in self._by_factor("reasons", factors, low):
            if not isinstance(value, list):
                self._complain(path, "not_list")
                continue
            known = [reason.key for reason in factor.reasons]
            for reason in value:
                if reason not in known:
                    self._complain(path, "reason_unknown", given=_shown(reason))
            found[factor.key] = tuple(key for key in known if key in value)
        return {key: reasons for key, reasons in found.items() if reasons}

    def remarks(self, factors: Sequence[Factor], low: frozenset[str]) -> Mapping[str, str]:
        """What the citizen wrote of a factor."""
        found = {
            factor.key: self._read_text(path, value, LONGEST_REMARK)
            for factor, path, value in self._by_factor("remarks", factors, low)
        }
        return {key: text for key, text in found.items() if text}

    def _by_factor(
        self, name: str, factors: Sequence[Factor], low: frozenset[str]
    ) -> Iterator[tuple[Factor, str, object]]:
        """What is said of each factor that could be asked about; complains of the rest."""
        by_key = {factor.key: factor for factor in factors}
        for key, value in self._mapping(name).items():
            path = f"{name}.{key}"
            if key not in by_key:
                self._complain(path, "factor_unknown")
            elif value is not None and value not in ("", []):
                if key in low:
                    yield by_key[key], path, value
                else:
                    self._complain(path, "reasons_not_asked")

    def _text(self, name: str, limit: int) -> str | None:
        return self._read_text(name, self.document.get(name), limit)

    def _read_text(self, name: str, value: object, limit: int) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            self._complain(name, "not_text")
            return None
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if CONTROL.search(text):
            self._complain(name, "text_control")
            return None
        if len(text) > limit:
            self._complain(name, "text_too_long", limit=limit, length=len(text))
            return None
        return text or None

    def comment(self) -> str | None:
        return self._text("comment", LONGEST_COMMENT)

    def procedure(self, known: frozenset[str]) -> str | None:
        """The catalogue's code; a code with a local tail stands for the national one where only that is known."""
        text = self._text("procedure", LONGEST_TEXT)
        if text is None or text in known:
            return text
        tail = _LOCAL_TAIL.fullmatch(text)
        if tail is not None and tail[1] in known:
            return tail[1]
        self._complain("procedure", "procedure_unknown", given=_shown(text))
        return None

    def dossier(self, today: date) -> Dossier | None:
        text = self._text("dossier", LONGEST_TEXT)
        if text is None:
            return None
        try:
            return dossiers.parse(text, today)
        except DossierError as error:
            self._complain("dossier", error.code)
            return None

    def flag(self, name: str) -> bool:
        value = self.document.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self._complain(name, "not_boolean")
        return False

    def moment(self, name: str) -> datetime | None:
        text = self._text(name, LONGEST_TEXT)
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is not None:
                return moment
        except ValueError:
            pass
        self._complain(name, "time_invalid")
        return None


def _shown(value: object) -> str:
    """A wrong value, short and safe enough to stand in a sentence."""
    return CONTROL.sub("?", str(value))[:40]
