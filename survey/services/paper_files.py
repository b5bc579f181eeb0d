"""Paper forms from a file, one a line, as a scanner or another program wrote them: told first, then taken all or none.

The id of a form follows from its unit, batch and number, as for forms that clerks key: the same file may be imported
again, and a form that was keyed as well is not taken twice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from random import Random

from sqlalchemy.orm import Session

from survey.domain import paper
from survey.domain.paper import ASSISTED, LONGEST_NUMBER, MOST_FORMS, TEXTS, YES, Entry
from survey.domain.periods import local_day
from survey.domain.points import PointKind
from survey.domain.problems import InvalidError, Problem
from survey.domain.questionnaire import Version
from survey.domain.tables import Line, Shape, at
from survey.domain.units import Unit
from survey.queries import catalogue, submissions
from survey.queries import paper as queries
from survey.queries.points import Point
from survey.services import paper as batches
from survey.services import responses
from survey.services.paper import Sheet, Wanted
from survey.services.responses import ConflictError, Outcome, Submission

NUMBERS = ("unit", "day", "batch", "form")
CHUNK = 200  # forms a transaction: citizens who send meanwhile wait for no more than that


class Verdict(StrEnum):
    """What becomes of a line."""

    ACCEPTED = "accepted"
    HELD = "held"
    VOID = "void"  # no answer on it
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """A line with what becomes of it."""

    number: int
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    submission: Submission | None = None


def shape(version: Version) -> Shape:
    """The columns of a file: unit, day, batch, form and every item; facts, about, reasons and texts where wanted."""
    return Shape(
        columns=(*NUMBERS, *(item.key.lower() for item in version.items)),
        codes=frozenset({"unit", "procedure"}),
        optional=tuple(_optional(version)),
    )


def counts(judged: Iterable[Judged]) -> dict[str, int]:
    """How many lines there are of each verdict, every verdict named."""
    found = Counter(one.verdict for one in judged)
    return {verdict.value: found[verdict] for verdict in Verdict}


def judge(session: Session, lines: Iterable[Line], version: Version, key: str, now: datetime) -> tuple[Judged, ...]:
    """What would become of each line, without writing."""
    units = {unit.code: unit for unit in catalogue.units(session)}
    seen: dict[tuple[int, bytes], tuple[int, bytes]] = {}
    points: dict[int, Point] = {}
    found = []
    for line in lines:
        try:
            sheet = _sheet(session, line, version, units, points, local_day(now))
            if not any(name.startswith("answers.") and value for name, value in sheet.entry.items()):
                found.append(Judged(line.number, Verdict.VOID))
                continue
            wanted = batches.submission(session, sheet, key, now)
        except InvalidError as error:
            found.append(Judged(line.number, Verdict.REFUSED, error.problems))
            continue
        found.append(_compared(session, Judged(line.number, Verdict.ACCEPTED, (), wanted), wanted, seen))
    return tuple(found)


def make_counters(
    session: Session, judged: Sequence[Judged], version: Version, actor: str, now: datetime, random: Random
) -> None:
    """Make the points for paper forms that units of the file lack. Judge again afterwards: their codes are new."""
    for one in judged:
        if one.submission is not None and not one.submission.point.id:
            wanted = Wanted(one.submission.point.unit, version.key, "", one.submission.day, 1)
            batches.counter(session, wanted, actor, now, random)


def take(session: Session, judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """Store lines that were found right; each with what became of it in truth."""
    return tuple(one if one.submission is None else _stored(session, one, one.submission) for one in judged)


def _stored(session: Session, one: Judged, submission: Submission) -> Judged:
    try:
        outcome = responses.accept(session, submission)
    except ConflictError:
        return replace(one, verdict=Verdict.REFUSED, problems=(Problem(at(one.number), "held_otherwise"),))
    return replace(one, verdict=Verdict.ACCEPTED if outcome is Outcome.ACCEPTED else Verdict.HELD)


def _compared(
    session: Session, one: Judged, wanted: Submission, seen: dict[tuple[int, bytes], tuple[int, bytes]]
) -> Judged:
    """Against what is held, and against the same form earlier in the file."""
    place = (wanted.point.unit.id, wanted.client_id.bytes)
    earlier = seen.setdefault(place, (one.number, wanted.body_hash))
    if earlier[1] != wanted.body_hash:
        problem = Problem(at(one.number), "place_twice", {"line": earlier[0]})
        return replace(one, verdict=Verdict.REFUSED, problems=(problem,))
    held = submissions.body_hash(session, wanted.point.unit.id, wanted.client_id)
    if held is None:
        return one if earlier[0] == one.number else replace(one, verdict=Verdict.HELD)
    if held == wanted.body_hash:
        return replace(one, verdict=Verdict.HELD)
    return replace(one, verdict=Verdict.REFUSED, problems=(Problem(at(one.number), "held_otherwise"),))


def _sheet(
    session: Session,
    line: Line,
    version: Version,
    units: Mapping[str, Unit],
    points: dict[int, Point],
    today: date,
) -> Sheet:
    """The form of a line; raises InvalidError with what is wrong with its numbers."""
    if line.problems:
        raise InvalidError(list(line.problems))
    cells = {name: text.strip() for name, text in line.cells.items()}
    unit, number = units.get(cells["unit"]), paper.folded(cells["batch"])
    problems = [] if unit is not None else [Problem("unit", "unit_unknown", {"value": cells["unit"]})]
    if not number or len(number) > LONGEST_NUMBER:
        problems.append(Problem("batch", "batch_missing"))
    form = int(cells["form"]) if cells["form"].isascii() and cells["form"].isdecimal() else 0
    if not 1 <= form <= MOST_FORMS:
        problems.append(Problem("form", "place_wrong", {"most": MOST_FORMS}))
    day = _day(cells["day"])
    if day is None:
        problems.append(Problem("day", "day_wrong", {"value": cells["day"]}))
    elif unit is not None:
        problems += paper.day_problems(day, unit, today)
    if problems or unit is None or day is None:
        raise InvalidError([Problem(at(line.number), one.code, one.values) for one in problems])
    if unit.id not in points:
        stand_in = Point(0, "", unit, PointKind.PAPER, "", version.key)
        points[unit.id] = queries.counter(session, unit.id, version.key) or stand_in
    return Sheet(points[unit.id], version, number, form, day, _entry(cells, version), line.number)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-24") else None
    except ValueError:
        return None


def _entry(cells: Mapping[str, str], version: Version) -> Entry:
    """The cells as the fields of a form: 0 and an empty cell are "no opinion"."""
    fields = {f"answers.{item.key}": "" if (text := cells[item.key.lower()]) == "0" else text for item in version.items}
    for name, column in _optional(version).items():
        text = cells.get(name, "")
        if column.startswith("reasons."):
            fields |= {f"{column}.{reason}": YES for reason in text.replace(";", " ").split()}
        elif text:
            fields[column] = text
    return paper.entry(fields, version)


def _optional(version: Version) -> dict[str, str]:
    """The fields that a file may have, by the name of their column: headings are read without regard to case."""
    return {name.lower(): name for name in _names(version)}


def _names(version: Version) -> Iterator[str]:
    yield from (f"facts.{one.key}" for one in paper.facts(version))
    yield from (f"about.{one.key}" for one in version.about)
    for factor in version.factors:
        yield from (f"reasons.{factor.key}", f"remarks.{factor.key}")
    yield from (*TEXTS, ASSISTED)
