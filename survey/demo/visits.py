"""Who comes to the offices of the demonstration, and when: only on days on which an office existed. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, groupby
from random import Random
from typing import NamedTuple

from survey.demo import citizens
from survey.demo.offices import Office
from survey.domain.periods import VIETNAM, Period


class Visit(NamedTuple):
    """Somebody is done at this moment, at the office's collection point with this number."""

    at: datetime
    point: int


def numbers(offices: Sequence[Office], count: int, random: Random) -> Counter[int]:
    """How many visits each office gets, by its place in the sequence."""
    busy, places = list(accumulate(office.weight for office in offices)), range(len(offices))
    return Counter(random.choices(places, cum_weights=busy, k=count))


def months(office: Office, year: Period, count: int, random: Random) -> Iterator[list[Visit]]:
    """The visits of one office, month by month and in the order of time."""
    every, weights = citizens.days(year)
    open_days = [weight if office.unit.is_open(day) else 0.0 for day, weight in zip(every, weights, strict=True)]
    drawn = Counter(random.choices(every, open_days, k=count)) if count else Counter()
    points, shares = range(len(office.plans)), list(accumulate(plan.share for plan in office.plans))
    for _, days in groupby(sorted(drawn), key=lambda day: (day.year, day.month)):
        found = []
        for day in days:
            opens = datetime.combine(day, citizens.OPENS, VIETNAM)
            seconds = sorted(random.choices(range(citizens.OPEN_MINUTES * 60), k=drawn[day]))
            chosen = random.choices(points, cum_weights=shares, k=drawn[day])
            found += [Visit(opens + timedelta(seconds=at), point) for at, point in zip(seconds, chosen, strict=True)]
        yield found
