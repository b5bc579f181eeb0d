"""Counts attempts to sign in, in a table, so that all servers count together.

An attempt counts as a failure before the password is looked at, and is taken back when it was right: a hundred
attempts at the same moment are a hundred failures, not one.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from survey.domain import throttling
from survey.domain.throttling import FORGOTTEN_AFTER, Record, Rule
from survey.models import SignInFailure

TABLE: Table = SignInFailure.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Counter:
    """One thing that attempts are counted by. `clears`: a right attempt forgets the failures before it.

    `beside` is a narrower counter: beyond its free failures this one counts only when it is beyond its own too.
    """

    key: bytes
    rule: Rule
    clears: bool = True
    beside: "Counter | None" = None


def counter(
    kind: str, name: str, rule: Rule, secret: str, clears: bool = True, beside: Counter | None = None
) -> Counter:
    """A counter by account, network, browser or code; the table holds a keyed hash of its name."""
    digest = hmac.new(secret.encode(), f"throttle:{kind}:{name}".encode(), hashlib.sha256).digest()
    return Counter(digest, rule, clears, beside)


def attempt(session: Session, counters: Iterable[Counter], now: datetime) -> timedelta:
    """Count an attempt, unless it has to wait: then nothing is counted, and the answer is for how long.

    A counter that has another beside it comes with that one.
    """
    ordered = sorted(counters, key=lambda one: one.key)  # always in one order: two attempts never wait for each other
    session.execute(delete(SignInFailure).where(SignInFailure.last_at <= now - FORGOTTEN_AFTER))
    records = {one.key: _locked(session, one.key, now) for one in ordered}
    longest = max((throttling.wait(records[one.key], one.rule, now) for one in ordered), default=timedelta(0))
    if longest > timedelta(0):
        return longest
    for one in ordered:
        if one.beside is None or _counts(one, records[one.key], one.beside.rule, records[one.beside.key]):
            _store(session, one.key, throttling.after(records[one.key], now))
    return longest


def _counts(one: Counter, own: Record, narrower: Rule, beside: Record) -> bool:
    return beside.failures < narrower.free or own.failures >= one.rule.free


def succeeded(session: Session, counters: Iterable[Counter]) -> None:
    """Take an attempt back that was right."""
    for one in sorted(counters, key=lambda one: one.key):
        if one.clears:
            session.execute(delete(SignInFailure).where(SignInFailure.key == one.key))
        else:
            session.execute(
                update(SignInFailure)
                .where(SignInFailure.key == one.key, SignInFailure.failures > 0)
                .values(failures=SignInFailure.failures - 1)
            )


def _locked(session: Session, key: bytes, now: datetime) -> Record:
    """The record of a key, made when there is none, and locked until the transaction ends."""
    row = {"key": key, "failures": 0, "last_at": now}
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sqlite.insert(TABLE).values(row).on_conflict_do_nothing())
    else:
        session.execute(postgresql.insert(TABLE).values(row).on_conflict_do_nothing())
    found = session.execute(
        select(SignInFailure.failures, SignInFailure.last_at).where(SignInFailure.key == key).with_for_update()
    ).one()
    return Record(found.failures, found.last_at)


def _store(session: Session, key: bytes, record: Record) -> None:
    session.execute(
        update(SignInFailure).where(SignInFailure.key == key).values(failures=record.failures, last_at=record.last_at)
    )
