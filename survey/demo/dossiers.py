"""The dossiers that the offices of the demonstration handled: a report a month, procedures of their own. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from survey.demo.offices import Office
from survey.domain.handled import HandledEntry
from survey.domain.periods import Period

PROCEDURES = 4  # that an office handles
A_MONTH = 170  # dossiers of an ordinary office
COMPLAINTS = 0.004  # of the dossiers that were not late


def reported(
    offices: Sequence[Office], procedures: Sequence[str], year: Period, random: Random
) -> Iterator[HandledEntry]:
    """An entry for each office, month and procedure, on the month's last day within the year."""
    for office in offices:
        late = random.choice((0.002, 0.005, 0.008, 0.02, 0.06)) * random.uniform(0.5, 1.5)
        early = random.uniform(0.2, 0.6)
        own = random.sample(procedures, min(PROCEDURES, len(procedures)))
        for month in year.months:
            day = min(month.last, year.end)
            if office.unit.is_open(day):
                for procedure in own:
                    yield _entry(office, procedure, day, (early, late), random)


def _entry(office: Office, procedure: str, day: date, shares: tuple[float, float], random: Random) -> HandledEntry:
    handled = max(1, round(A_MONTH / PROCEDURES * office.weight * random.uniform(0.6, 1.4)))
    late = _some(handled, shares[1], random)
    early = _some(handled - late, shares[0], random)
    complaints = _some(handled - late, COMPLAINTS, random)
    return HandledEntry(office.unit.code, procedure, day, handled, early, handled - late - early, late, complaints)


def _some(of: int, share: float, random: Random) -> int:
    """About this share of so many, rounded up or down by chance."""
    exact = of * share
    return min(of, int(exact) + (random.random() < exact - int(exact)))
