"""The citizens of the demonstration: when they come and what they answer. Pure: randomness is an argument.

A person is content or not with everything together (so answers correlate), offices differ, factors differ, months
drift. A level is a cut of a latent value: satisfied answers are those above zero.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from survey.demo.comments import CONTENT, DISCONTENT
from survey.demo.offices import Office
from survey.domain import questionnaire
from survey.domain.periods import Period
from survey.domain.points import PointKind
from survey.domain.questionnaire import Question, Version

PERSON_SPREAD = 1.2  # standard deviation of a person's effect, in log odds
SHRINKING = 1.2  # what that spread takes off a rate's log odds, given back beforehand
CUTS = (-2.4, -1.2, 0.0, 2.6)  # of the latent value, between one level and the next
NAMING_A_DOSSIER = 0.12
STRAIGHT, PARTIAL = 0.12, 0.04  # share who give one level throughout, and who stop on the way
WEEKDAYS = (1.25, 1.1, 1.0, 1.0, 0.95, 0.3, 0.0)  # Monday is full, Saturday is a morning
MONTHS = (1.0, 0.6, 1.1, 1.05, 1.0, 1.0, 0.95, 1.1, 1.15, 1.05, 1.0, 0.95)  # Tết empties February
MOODS = (-0.2, 0.1, 0.0, 0.05, 0.0, 0.05, -0.1, -0.25, -0.1, 0.1, 0.05, 0.0)  # queues before Tết and before school
OPENS, OPEN_MINUTES = time(7, 30), 560
# Odds of the options of a fact, in their order; other questions are answered evenly.
ODDS = {
    "trips": (0.25, 0.55, 0.2),
    "promptness": (0.12, 0.78, 0.1),
    "late_notice": (0.35, 0.65),
    "apology": (0.3, 0.7),
    "harassment": (0.965, 0.03, 0.005),
    "extra_fees": (0.985, 0.012, 0.003),
    "feedback": (0.12, 0.88),
    "gender": (0.48, 0.515, 0.005),
    "age": (0.1, 0.27, 0.33, 0.17, 0.13),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A collection point as far as a citizen sees it."""

    code: str
    kind: PointKind
    version: Version


def days(period: Period) -> tuple[list[date], list[float]]:
    """Every day of a period with its share of the visits: weekdays, months, and growth over the period."""
    length = (period.end - period.start).days + 1
    every = [period.start + timedelta(days=number) for number in range(length)]
    growth = [0.75 + 0.5 * number / length for number in range(length)]
    usual = [WEEKDAYS[day.weekday()] * MONTHS[day.month - 1] for day in every]
    return every, [share * more for share, more in zip(usual, growth, strict=True)]


def form(
    office: Office, place: Place, at: datetime, passed: float, procedures: Sequence[str], random: Random
) -> dict[str, object]:
    """What the device of a citizen sends; `passed` is the part of the year gone by, 0 to 1. It names no dossier."""
    person = random.gauss(0, PERSON_SPREAD)
    mood = SHRINKING * (office.quality + office.trend * (passed - 0.5) + MOODS[at.month - 1]) + person
    facts = _choices(place.version.facts, random, 0.85)
    answers = _levels(office, place.version, facts, mood, random)
    return {
        "point": place.code,
        "questionnaire": place.version.name,
        "locale": "en" if random.random() < 0.02 else "vi",
        "answers": answers,
        "facts": facts,
        "about": _choices(place.version.about, random, 0.7),
        "comment": _comment(mood, random) if random.random() < 0.05 else None,
        "procedure": random.choice(procedures) if procedures and random.random() < 0.6 else None,
        "assisted": place.kind is PointKind.KIOSK and random.random() < 0.08,
        "started_at": (at - timedelta(seconds=_seconds(len(answers), random))).isoformat(),
        "answered_at": at.isoformat(),
    }


def dossier(day: date, random: Random) -> str:
    """The code of a dossier that somebody names who comes on that day, as one in eight does."""
    received = day - timedelta(days=random.randrange(15))
    return f"H26.{random.randrange(1, 60)}-{received:%y%m%d}-{random.randrange(10_000):04}"


def _levels(
    office: Office, version: Version, facts: dict[str, str], mood: float, random: Random
) -> dict[str, int | None]:
    asked = questionnaire.asked(version, facts)
    factor_of = {item.key: factor.key for factor in version.factors for item in factor.items}
    straight = _level(mood + _noise(random)) if random.random() < STRAIGHT else None
    stop = random.randrange(1, len(asked)) if random.random() < PARTIAL else len(asked)
    found: dict[str, int | None] = {}
    for number, item in enumerate(asked):
        if number >= stop or random.random() < office.no_opinion:
            found[item.key] = None
        else:
            lift = SHRINKING * office.lifts.get(factor_of[item.key], 0.0)
            found[item.key] = straight or _level(mood + lift + _noise(random))
    if all(level is None for level in found.values()):
        found[asked[0].key] = _level(mood + _noise(random))  # nobody sends an empty form
    return found


def _noise(random: Random) -> float:
    """Normal with nearly the spread of a logistic variable."""
    return random.gauss(0, 1.7)


def _level(latent: float) -> int:
    return bisect(CUTS, latent) + 1


def _choices(questions: Sequence[Question], random: Random, answered: float) -> dict[str, str]:
    found: dict[str, str] = {}
    for question in questions:
        held = question.condition is None or question.condition.holds(found)
        if held and random.random() < answered:
            odds = ODDS.get(question.key)
            fits = odds if odds is not None and len(odds) == len(question.options) else None
            found[question.key] = random.choices(question.options, fits)[0].key
    return found


def _comment(mood: float, random: Random) -> str:
    return random.choice(CONTENT if mood + random.gauss(0, 1.5) > 1.0 else DISCONTENT)


def _seconds(items: int, random: Random) -> int:
    """How long the form took: about four seconds a question, some people much longer."""
    return int(items * random.lognormvariate(1.3, 0.4)) + 3
