"""Pairs devices with kiosk points, revokes them, and keeps their heartbeats.

A citizen's response waits for none of this: pairing locks a point in a way that inserts do not feel, and a heartbeat
touches only its own device's row.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from survey.domain import opening
from survey.domain.heartbeats import Beat
from survey.domain.opening import Week
from survey.domain.pins import Verifier
from survey.domain.points import draw_code, normal_code
from survey.models import Device, Opening, Pairing, Point, point_procedure
from survey.queries.kiosks import Device as Paired

CODE_LIFE = timedelta(minutes=15)
# A heartbeat that tells nothing new is written this seldom, so that a hall full of kiosks is no load.
WRITE_EVERY = timedelta(seconds=30)


class PairingError(Exception):
    """The code pairs nothing: it never did, was used, revoked, or is too old. Which of these is not told."""


def secret_hash(secret: str) -> bytes:
    """What is kept of a device's random secret."""
    return hashlib.sha256(secret.encode()).digest()


def code_hash(key: str, code: str) -> bytes:
    """What is kept of a pairing code. Keyed, because six characters could be tried out against a plain hash."""
    return hmac.digest(key.encode(), b"pairing|" + normal_code(code).encode(), hashlib.sha256)


def invite(session: Session, point_id: int, pin: Verifier, key: str, random: Random, now: datetime) -> str:
    """A new pairing code of a point, good once and for fifteen minutes; the one before it ends."""
    _lock(session, point_id)
    session.execute(delete(Pairing).where(Pairing.point_id == point_id))  # the audit remembers them
    code = draw_code(random)
    while session.scalar(select(Pairing.id).where(Pairing.code_hash == code_hash(key, code))) is not None:
        code = draw_code(random)
    session.add(
        Pairing(
            code_hash=code_hash(key, code),
            point_id=point_id,
            pin_salt=pin.salt,
            pin_iterations=pin.iterations,
            pin_hash=pin.hash,
            expires_at=now + CODE_LIFE,
        )
    )
    session.flush()
    return code


def cancel(session: Session, point_id: int, now: datetime) -> bool:
    """End the open pairing code of a point; whether there was one."""
    found = session.execute(
        update(Pairing)
        .where(
            Pairing.point_id == point_id,
            Pairing.used_at.is_(None),
            Pairing.revoked_at.is_(None),
            Pairing.expires_at > now,
        )
        .values(revoked_at=now)
        .returning(Pairing.id)
    )
    return found.first() is not None


def pair(session: Session, code: str, secret: str, key: str, now: datetime) -> int:
    """Use a code up and make the device of its point, which takes the place of the one before; the point's id.

    Raises PairingError. One statement takes the code, so that of two who send it at once only one is paired.
    """
    taken = session.execute(
        update(Pairing)
        .where(
            Pairing.code_hash == code_hash(key, code),
            Pairing.used_at.is_(None),
            Pairing.revoked_at.is_(None),
            Pairing.expires_at > now,
        )
        .values(used_at=now)
        .returning(Pairing.point_id, Pairing.pin_salt, Pairing.pin_iterations, Pairing.pin_hash)
    ).first()
    if taken is None:
        raise PairingError
    _lock(session, taken.point_id)
    revoke(session, taken.point_id, now)
    session.add(
        Device(
            secret_hash=secret_hash(secret),
            point_id=taken.point_id,
            pin_salt=taken.pin_salt,
            pin_iterations=taken.pin_iterations,
            pin_hash=taken.pin_hash,
            paired_at=now,
        )
    )
    session.flush()
    return int(taken.point_id)


def revoke(session: Session, point_id: int, now: datetime) -> bool:
    """Take the right to send from the device of a point; whether there was one. What it holds is not lost by that."""
    found = session.execute(
        update(Device)
        .where(Device.point_id == point_id, Device.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(Device.id)
    )
    return found.first() is not None


def is_due(device: Paired, beat: Beat, now: datetime) -> bool:
    """Whether a heartbeat is worth a write: it tells something new, or the last one is a while ago."""
    known = (device.queued, device.oldest_day, device.aside, dict(device.problems), device.version)
    told = (beat.queued, beat.oldest_day, beat.aside, dict(beat.problems), beat.version)
    return device.last_seen is None or now - device.last_seen >= WRITE_EVERY or known != told


def keep(session: Session, device_id: int, beat: Beat, now: datetime) -> None:
    """Store a heartbeat."""
    session.execute(
        update(Device)
        .where(Device.id == device_id)
        .values(
            last_seen=now,
            queued=beat.queued,
            oldest_day=beat.oldest_day,
            aside=beat.aside,
            problems=dict(beat.problems) or None,
            skew=beat.skew,
            version=beat.version,
        )
    )


def arrange(session: Session, point_id: int, week: Week, procedures: Iterable[str]) -> None:
    """Set a point's opening hours, and the procedures that it offers to choose from before the first question."""
    session.execute(delete(Opening).where(Opening.point_id == point_id))
    session.add(Opening(point_id=point_id, hours=opening.written(week)))
    session.execute(delete(point_procedure).where(point_procedure.c.point_id == point_id))
    rows = [{"point_id": point_id, "procedure": code} for code in sorted(set(procedures))]
    if rows:
        session.execute(insert(point_procedure), rows)
    session.flush()


def _lock(session: Session, point_id: int) -> None:
    """Let one pairing at a point go after the other. Weaker than what a response's foreign key takes: none waits."""
    session.execute(select(Point.id).where(Point.id == point_id).with_for_update(key_share=True))
