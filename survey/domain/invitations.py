"""Invitations to citizens whose dossiers are done: the lines of an import, who is drawn, and the token of a link."""

import hmac
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from random import Random

from survey.domain import dossiers, names
from survey.domain.dossiers import Dossier, DossierError
from survey.domain.lines import PROCEDURE_CODE, UNIT_CODE, Reader
from survey.domain.points import CODE_ALPHABET, normal_code
from survey.domain.problems import Problem
from survey.domain.rates import sample_size
from survey.domain.tables import Line, Shape
from survey.domain.units import Unit

INVITED = Shape(
    ("dossier", "unit_code", "procedure_code", "closed_day"), frozenset({"dossier", "unit_code", "procedure_code"})
)
TOKEN_LENGTH = 16  # of 22 letters: 71 bits, and nobody without the server's secret can try them but by asking it
DAYS, LONGEST_DAYS = 30, 90  # that a link opens the questionnaire
LONGEST_SEED = 40
_TOKEN = re.compile(f"[{CODE_ALPHABET}]{{{TOKEN_LENGTH}}}")


class Way(StrEnum):
    """Who of a file is invited: everybody, or a random draw of the size that METHOD §5 asks for."""

    ALL = "all"
    RANDOM = "random"


class Standing(StrEnum):
    """Whether a link opens the questionnaire on a day."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of something."""

    first: date
    last: date

    def touches(self, other: "Span") -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is to be used: who is drawn, from which seed, and on which days the links open."""

    way: Way
    seed: str
    opens: date
    expires: date

    @classmethod
    def of(cls, way: Way, seed: str, opens: date, days: int) -> "Terms":
        """Links that open for so many days, the first included."""
        return cls(way, seed if way is Way.RANDOM else "", opens, opens + timedelta(days=days - 1))


@dataclass(frozen=True, slots=True)
class Closed:
    """One line: a dossier that is done. `procedure` is "" where the line names none."""

    line: int
    unit_code: str
    dossier: Dossier
    procedure: str
    day: date


@dataclass(frozen=True, slots=True)
class Known:
    """What a line may name: open units by code, procedures, and days up to today."""

    units: Mapping[str, Unit]
    procedures: Collection[str]
    today: date


@dataclass(frozen=True, slots=True)
class Letter:
    """One invited dossier by its line in the file, and the token of its link: said once, then never again."""

    line: int
    unit_code: str
    procedure: str
    token: str


def draw_token(random: Random) -> str:
    """The secret part of a link: sixteen letters without look-alikes."""
    return "".join(random.choice(CODE_ALPHABET) for _ in range(TOKEN_LENGTH))


def normal_token(text: str) -> str | None:
    """The token as it was drawn, however it was typed; None for what can be none."""
    token = normal_code(text)
    return token if _TOKEN.fullmatch(token) else None


def token_hash(secret: str, token: str) -> bytes:
    """What is stored instead of the token: HMAC-SHA256 under the server's secret."""
    return hmac.digest(secret.encode(), b"invitation|" + token.encode(), sha256)


def mark(key: bytes, dossier: Dossier) -> bytes:
    """By what an invited dossier is known again. Another mark than an answer's, so that no link leads to an answer."""
    return hmac.digest(key, b"invited|" + dossier.code.encode(), sha256)


def standing(span: Span, day: date) -> Standing:
    """Whether links of these days open the questionnaire on that day."""
    if day < span.first:
        return Standing.EARLY
    return Standing.OPEN if day <= span.last else Standing.OVER


def drawn(frame: Sequence[Closed], terms: Terms) -> tuple[Closed, ...]:
    """Who is invited of one unit's dossiers, in the order of the file. The same file and seed draw the same."""
    if terms.way is Way.ALL:
        return tuple(frame)
    ordered = sorted(frame, key=lambda each: each.dossier.code)
    random = Random(f"{terms.seed}|{ordered[0].unit_code}")  # noqa: S311 — repeatable, so that a draw can be checked
    chosen = {each.line for each in random.sample(ordered, sample_size(len(ordered)))}
    return tuple(each for each in frame if each.line in chosen)


def closed(lines: Iterable[Line], known: Known) -> tuple[dict[str, list[Closed]], list[Problem]]:
    """The dossiers by unit, in the order of the file, and everything that is wrong."""
    found: dict[str, list[Closed]] = {}
    numbers: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for line in lines:
        reader = Reader(line)
        entry = None if line.problems else _closed(reader, known)
        if entry is not None:
            key = entry.unit_code, entry.dossier.code
            if key in numbers:
                reader.complain("dossier_twice", first=numbers[key])
            else:
                numbers[key] = line.number
                found.setdefault(entry.unit_code, []).append(entry)
        problems += [*line.problems, *reader.problems]
    return found, problems


def _closed(reader: Reader, known: Known) -> Closed | None:
    """The line, None where something is wrong. A dossier's code is never repeated: complaints are shown and logged."""
    unit_code = reader.code("unit_code", UNIT_CODE, "unit_code_bad")
    procedure = reader.optional_code("procedure_code", PROCEDURE_CODE, "procedure_code_bad")
    if unit_code and not reader.problems and unit_code not in known.units:
        reader.complain("unit_unknown", value=unit_code)
    if procedure and not reader.problems and procedure not in known.procedures:
        reader.complain("procedure_unknown", value=procedure)
    dossier, day = _dossier(reader, known.today), _day(reader, known.today)
    if dossier is not None and day is not None and day < dossier.day:
        reader.complain("closed_before_received")
    if reader.problems or dossier is None or day is None:
        return None
    return Closed(reader.line.number, unit_code, dossier, procedure, day)


def _dossier(reader: Reader, today: date) -> Dossier | None:
    text = names.normal(reader.line.cells["dossier"])
    if not text:
        reader.complain("empty", column="dossier")
        return None
    try:
        return dossiers.parse(text, today)
    except DossierError as error:
        reader.complain(error.code)
        return None


def _day(reader: Reader, today: date) -> date | None:
    told = len(reader.problems)
    day = reader.day("closed_day")
    if day is None and len(reader.problems) == told:
        reader.complain("empty", column="closed_day")
    elif day is not None and day > today:
        reader.complain("day_future", day=day.isoformat())
    return day
