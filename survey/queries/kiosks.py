"""Paired devices, open pairing codes, and what a point shows. Session in, frozen values out; no secret leaves here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.domain import opening
from survey.domain.opening import Week
from survey.domain.pins import Verifier
from survey.models import Device as DeviceRow
from survey.models import Opening, Pairing, point_procedure
from survey.models import Point as PointRow


@dataclass(frozen=True, slots=True)
class Device:
    """A paired device with its last heartbeat. `skew` in seconds, positive when its clock is ahead."""

    id: int
    point_id: int
    pin: Verifier
    paired_at: datetime
    revoked_at: datetime | None
    last_seen: datetime | None
    queued: int
    oldest_day: date | None
    skew: int | None
    version: str | None
    aside: int
    problems: Mapping[str, str]


def by_secret(session: Session, secret_hash: bytes) -> Device | None:
    """The device with this secret, also a revoked one; None when there is none."""
    row = session.scalars(select(DeviceRow).where(DeviceRow.secret_hash == secret_hash)).one_or_none()
    return None if row is None else _device(row)


def newest(session: Session, point_ids: Iterable[int]) -> dict[int, Device]:
    """The device of each of these points that was paired last, revoked or not."""
    rows = session.scalars(select(DeviceRow).where(DeviceRow.point_id.in_(set(point_ids))).order_by(DeviceRow.id))
    return {row.point_id: _device(row) for row in rows}  # a later one overwrites


def left_behind(session: Session, point_ids: Iterable[int]) -> tuple[Device, ...]:
    """Revoked devices that said last that they still hold answers."""
    held = (DeviceRow.queued > 0) | (DeviceRow.aside > 0)
    wanted = select(DeviceRow).where(DeviceRow.point_id.in_(set(point_ids)), DeviceRow.revoked_at.is_not(None), held)
    return tuple(_device(row) for row in session.scalars(wanted.order_by(DeviceRow.id)))


def open_codes(session: Session, point_ids: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When the open pairing code of each point ends; only points that have one."""
    rows = session.execute(
        select(Pairing.point_id, Pairing.expires_at).where(
            Pairing.point_id.in_(set(point_ids)),
            Pairing.used_at.is_(None),
            Pairing.revoked_at.is_(None),
            Pairing.expires_at > now,
        )
    )
    return {row.point_id: row.expires_at for row in rows}


def point_code(session: Session, point_id: int) -> str:
    """The public code of a point that exists."""
    return session.execute(select(PointRow.code).where(PointRow.id == point_id)).scalar_one()


def hours(session: Session, point_ids: Iterable[int]) -> dict[int, Week]:
    """The opening hours of each of these points; the usual office hours where none were set."""
    wanted = set(point_ids)
    rows = session.execute(select(Opening.point_id, Opening.hours).where(Opening.point_id.in_(wanted)))
    return dict.fromkeys(wanted, opening.OFFICE_HOURS) | {row.point_id: opening.parse(row.hours) for row in rows}


def procedures(session: Session, point_id: int) -> frozenset[str]:
    """The codes of the procedures that a point offers to choose from; none when it does not ask first."""
    table = point_procedure.c
    return frozenset(session.scalars(select(table.procedure).where(table.point_id == point_id)))


def _device(row: DeviceRow) -> Device:
    return Device(
        row.id,
        row.point_id,
        Verifier(row.pin_salt, row.pin_iterations, row.pin_hash),
        row.paired_at,
        row.revoked_at,
        row.last_seen,
        row.queued,
        row.oldest_day,
        row.skew,
        row.version,
        row.aside,
        row.problems or {},
    )
