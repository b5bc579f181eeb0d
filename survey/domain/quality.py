"""Flags on answers that came about strangely (METHOD §7). A flag is a hint for people to look; it changes no figure.

What all answers of one point look like decides, so flags are worked out over the answers of whole days. Answers that
are all alike at one level are no flag: good items honestly give 5-5-5-5-5.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import IntFlag
from itertools import groupby
from uuid import UUID

from survey.domain import opening
from survey.domain.opening import Week
from survey.domain.periods import local_day
from survey.domain.points import Channel
from survey.domain.questionnaire import Version

TENTHS_OF_QUESTION = 12  # 1,2 s: who is faster than this a question has not read it
TENTHS_BETWEEN = 100  # 10 s from one person to the next
WINDOW = timedelta(minutes=10)
WINDOW_TENTHS = 6000
RUN = 5  # equal forms in a row
GRACE = timedelta(minutes=15)  # before opening and after closing somebody may still be there
LONG_AGO = timedelta(days=365)  # since the day in a dossier's code
ID_VERSION = 7


class Flag(IntFlag):
    """Why an answer was flagged; an answer may have several. The numbers are stored."""

    FAST = 1
    BURST = 2
    OUTSIDE_HOURS = 4
    REPEATED = 8
    OLD_DOSSIER = 16


@dataclass(frozen=True, slots=True)
class Form:
    """An answer as the rules see it. `levels` are those of the items in the order of asking, None for no opinion;
    `duration` in whole seconds, rounded down.
    """

    client_id: UUID
    point_id: int
    version_id: int
    channel: Channel
    day: date
    received_at: datetime
    duration: int | None
    levels: tuple[int | None, ...]
    # When its id was drawn, by the kiosk or with the ticket; an offline kiosk sends long after. None when that clock
    # names another day than the answer was counted to.
    moment: datetime | None = field(init=False)

    def __post_init__(self) -> None:
        drawn = drawn_at(self.client_id)
        moment = drawn if drawn is not None and local_day(drawn) == self.day else None
        object.__setattr__(self, "moment", moment)  # worked out once: every rule asks for it

    @property
    def order(self) -> tuple[datetime, UUID]:
        """Forms of a point in the order in which they were given."""
        return (self.moment or self.received_at, self.client_id)


def drawn_at(client_id: UUID) -> datetime | None:
    """The moment in an id of version 7; None for other ids, and for a year that no clock can mean."""
    milliseconds = client_id.int >> 80
    if client_id.version != ID_VERSION or milliseconds > 32_503_680_000_000:  # the year 3000
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def of_forms(
    forms: Sequence[Form], versions: Mapping[int, Version], hours: Mapping[int, Week], handled: Mapping[date, int]
) -> dict[UUID, Flag]:
    """The flags of one unit's forms; forms without any are left out.

    `hours` are of kiosk points by their id, `handled` the dossiers of the unit's days where they are known.
    """
    found: defaultdict[UUID, Flag] = defaultdict(lambda: Flag(0))
    for form in forms:
        if is_fast(form, versions[form.version_id]):
            found[form.client_id] |= Flag.FAST
        if form.channel is Channel.KIOSK and is_outside(form.moment, hours.get(form.point_id, opening.OFFICE_HOURS)):
            found[form.client_id] |= Flag.OUTSIDE_HOURS
    for (_, version_id), group in _by_point(forms):
        version = versions[version_id]
        for form in repeated(group, version):
            found[form.client_id] |= Flag.REPEATED
        kiosk = [form for form in group if form.channel is Channel.KIOSK]
        for form in (*crowded(kiosk, version), *too_many(group, handled)):
            found[form.client_id] |= Flag.BURST
    return dict(found)


def is_fast(form: Form, version: Version) -> bool:
    """Whether it took surely less than 1,2 s a question that was shown. Items that hang on another answer count as
    shown only where they were answered. The seconds were rounded down, so one more is granted.
    """
    if form.duration is None or (form.duration + 1) * 10 > TENTHS_OF_QUESTION * len(version.items):
        return False
    shown = sum(
        item.condition is None or level is not None for item, level in zip(version.items, form.levels, strict=True)
    )
    return (form.duration + 1) * 10 <= TENTHS_OF_QUESTION * shown


def is_outside(moment: datetime | None, week: Week) -> bool:
    """Whether nobody should have been there; a point without hours is always open."""
    if moment is None or not week:
        return False
    return not opening.open_time(week, moment - GRACE, moment + GRACE)


def repeated(forms: Sequence[Form], version: Version) -> Iterator[Form]:
    """The forms of runs of five or more that are complete and equal, and not all at one level. In order of a point."""
    for levels, run in groupby(forms, key=lambda form: form.levels):
        members = list(run)
        if len(members) < RUN:
            continue
        whole = all(level is not None or item.condition for item, level in zip(version.items, levels, strict=True))
        if whole and len(set(levels) - {None}) > 1:
            yield from members


def crowded(forms: Sequence[Form], version: Version) -> Iterator[Form]:
    """The forms of any ten minutes with more than 600 / (1,2 × questions + 10) of them: one device is not so quick."""
    questions = sum(item.condition is None for item in version.items)
    timed = [(form.moment, form) for form in forms if form.moment is not None]
    first = begun = 0
    for last, (moment, _) in enumerate(timed):
        while moment - timed[first][0] >= WINDOW:
            first += 1
        if (last - first + 1) * (TENTHS_OF_QUESTION * questions + TENTHS_BETWEEN) > WINDOW_TENTHS:
            yield from (form for _, form in timed[max(first, begun) : last + 1])
            begun = last + 1


def too_many(forms: Sequence[Form], handled: Mapping[date, int]) -> Iterator[Form]:
    """The forms of a poster's days with more of them than the office handled dossiers, where that is known."""
    by_day: defaultdict[date, list[Form]] = defaultdict(list)
    for form in forms:
        if form.channel is Channel.POSTER:
            by_day[form.day].append(form)
    for day, members in by_day.items():
        if day in handled and len(members) > handled[day]:
            yield from members


def is_old(opened: date, answered: date) -> bool:
    """Whether a dossier's code is of a day so long ago that it was surely closed long ago."""
    return answered - opened > LONG_AGO


def _by_point(forms: Sequence[Form]) -> Iterator[tuple[tuple[int, int], list[Form]]]:
    """The forms of each point and questionnaire, in their order."""
    groups: defaultdict[tuple[int, int], list[Form]] = defaultdict(list)
    for form in sorted(forms, key=lambda form: form.order):
        groups[form.point_id, form.version_id].append(form)
    yield from groups.items()
