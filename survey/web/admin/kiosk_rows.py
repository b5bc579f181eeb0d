"""Points and their kiosks as staff pages show them: state in words, moments of the device, never of an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_timedelta
from flask_babel import gettext

from survey.domain import kiosk_states, opening
from survey.domain.kiosk_states import KioskState
from survey.domain.opening import Week
from survey.domain.periods import VIETNAM
from survey.domain.points import PointKind
from survey.extensions import reading
from survey.queries import kiosks
from survey.queries.kiosks import Device
from survey.queries.points import Point
from survey.web import clock
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording import kiosks as words

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class KioskRow:
    """A kiosk point with its newest device, written out. `code_until` is when an open pairing code ends, or ""."""

    point: Point
    device: Device | None
    week: Week
    state: KioskState
    sentence: str
    queued: str
    oldest: str
    skew: str
    skewed: bool
    aside: str
    reasons: tuple[str, ...]
    version: str
    code_until: str

    @property
    def hours(self) -> str:
        return opening.written(self.week)

    @property
    def is_paired(self) -> bool:
        return self.device is not None and self.device.revoked_at is None


def rows(points: Iterable[Point]) -> tuple[KioskRow, ...]:
    """The kiosks among the points, those that want attention first, then in the order given."""
    chosen, now = [point for point in points if point.kind is PointKind.KIOSK], clock.now()
    ids = [point.id for point in chosen]
    with reading() as session:
        devices, weeks = kiosks.newest(session, ids), kiosks.hours(session, ids)
        codes = kiosks.open_codes(session, ids, now)
    found = [_row(point, devices.get(point.id), weeks[point.id], codes.get(point.id), now) for point in chosen]
    order = list(KioskState)
    return tuple(sorted(found, key=lambda row: order.index(row.state)))


def row(point: Point) -> KioskRow | None:
    """The kiosk at one point; None for a point of another kind."""
    return next(iter(rows([point])), None)


def left_behind(points: Iterable[Point]) -> tuple[tuple[Point, str, str], ...]:
    """Revoked devices that said last that they still hold answers: point, since when revoked, how many."""
    by_id = {point.id: point for point in points}
    with reading() as session:
        found = kiosks.left_behind(session, by_id)
    return tuple(
        (by_id[one.point_id], moment(one.revoked_at), numbers.integer(one.queued + one.aside, current()))
        for one in found
        if one.revoked_at is not None
    )


def moment(value: datetime) -> str:
    """A moment in Vietnam: 08:15 ngày 24/11/2026."""
    local = value.astimezone(VIETNAM)
    return translate(words.MOMENT, time=f"{local:%H:%M}", day=numbers.day(local.date()))


def _row(point: Point, device: Device | None, week: Week, code_until: datetime | None, now: datetime) -> KioskRow:
    state, since = KioskState.UNPAIRED, None
    if device is not None:
        seen = device.last_seen or device.paired_at
        since = device.revoked_at or seen
        state = kiosk_states.state_of(device.paired_at, device.revoked_at is not None, device.last_seen, week, now)
    skew = None if device is None else device.skew
    return KioskRow(
        point=point,
        device=device,
        week=week,
        state=state,
        sentence=translate(words.STATES[state], since="" if since is None else moment(since)),
        queued="" if device is None else numbers.integer(device.queued, current()),
        oldest="" if device is None or device.oldest_day is None else numbers.day(device.oldest_day),
        skew="" if skew is None else _skew(skew),
        skewed=skew is not None and not kiosk_states.is_on_time(skew),
        aside="" if device is None else numbers.integer(device.aside, current()),
        reasons=() if device is None else tuple(_reason(code, count) for code, count in device.problems.items()),
        version="" if device is None else device.version or "",
        code_until="" if code_until is None else moment(code_until),
    )


def _skew(seconds: int) -> str:
    if kiosk_states.is_on_time(seconds):
        return translate(words.ON_TIME)
    time = format_timedelta(abs(seconds), granularity="minute", threshold=2, locale=current())
    return translate(words.AHEAD if seconds > 0 else words.BEHIND, time=time)


def _reason(code: str, count: str) -> str:
    return f"{words.aside(code, translate)} ({count})"
