"""Invites citizens whose dossiers are done: plans from a file, links with tokens that are stored as hashes only.

A link's dossier is encrypted under its token, so the database alone tells nobody who was invited, and nothing at all
tells who answered.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from survey.domain import invitations
from survey.domain.audit import Action
from survey.domain.invitations import Closed, Known, Letter, Span, Terms, Way
from survey.domain.points import PointKind
from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import Line
from survey.domain.units import Unit
from survey.models import Invitation, InvitationDraw
from survey.queries import catalogue
from survey.queries import invitations as queries
from survey.queries import points as point_queries
from survey.queries.invitations import Draw
from survey.queries.points import Point
from survey.services import audit, dossier_keys, invited, points
from survey.services.catalogue import alone

LABEL = "Thư mời sau khi trả kết quả"
AT_ONCE = 500  # rows a statement


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would bring to one unit: a draw of `chosen` from a `population`; `held` are invited already."""

    unit: Unit
    population: int
    chosen: tuple[Closed, ...]
    held: int
    closed: Span


def plan(
    session: Session, lines: Iterable[Line], terms: Terms, today: date, reach: Collection[str] | None = None
) -> tuple[Plan, ...]:
    """What the file would bring, a plan a unit in the order of the file. Raises InvalidError with every bad line.

    With a reach, units whose codes are not in it are taken as unknown.
    """
    units = {unit.code: unit for unit in catalogue.units(session) if unit.is_open(today)}
    known = {code: unit for code, unit in units.items() if reach is None or code in reach}
    procedures = frozenset(procedure.code for procedure in catalogue.procedures(session))
    by_unit, problems = invitations.closed(lines, Known(known, procedures, today))
    if problems:
        raise InvalidError(problems)
    return tuple(_plan(session, known[code], found, terms, today) for code, found in by_unit.items())


def _plan(session: Session, unit: Unit, frame: list[Closed], terms: Terms, today: date) -> Plan:
    """Draws of one unit are not mixed: whoever could have been in two would have had two chances."""
    marks = {
        invitations.mark(key, each.dossier): each.dossier.code.encode()
        for key in dossier_keys.held(session).values()
        for each in frame
    }
    held = queries.invited(session, unit.id, marks)
    span = Span(min(each.day for each in frame), max(each.day for each in frame))
    beside = [each for each in queries.in_force(queries.of_units(session, [unit.id])) if each.closed.touches(span)]
    if beside and any(not _joins(each, terms, today) for each in beside):
        chosen = [each for each in invitations.drawn(frame, terms) if each.dossier.code.encode() not in held]
        if chosen:
            values = {"unit": unit.name, "first": f"{span.first:%d/%m/%Y}", "last": f"{span.last:%d/%m/%Y}"}
            raise InvalidError([Problem("file", "draw_overlaps", values)])
        return Plan(unit, 0, (), len(held), span)
    fresh = [each for each in frame if each.dossier.code.encode() not in held]
    return Plan(unit, len(fresh), invitations.drawn(fresh, terms) if fresh else (), len(held), span)


def _joins(draw: Draw, terms: Terms, today: date) -> bool:
    """Whether a file may add to an earlier one of the same days: both invite everybody, and its links are known yet."""
    return draw.way is terms.way is Way.ALL and draw.valid.last >= today


@dataclass(frozen=True, slots=True)
class Sender:
    """Who invites, when, with which questionnaire; `secret` is the server's, `random` draws codes and tokens."""

    by: str
    now: datetime
    questionnaire_key: str
    secret: str
    random: Random


def send(
    session: Session,
    lines: Iterable[Line],
    terms: Terms,
    sender: Sender,
    today: date,
    reach: Collection[str] | None = None,
) -> tuple[tuple[Plan, ...], tuple[Letter, ...]]:
    """Write the draws and their links: what was planned, and every letter. Raises InvalidError, nothing written."""
    alone(session, InvitationDraw.__tablename__)
    plans = plan(session, lines, terms, today, reach)
    key = dossier_keys.keys(session, terms.opens.year)[terms.opens.year]
    letters: list[Letter] = []
    for each in plans:
        if each.chosen:
            letters += _send(session, each, terms, sender, key, today)
    return plans, tuple(sorted(letters, key=lambda letter: letter.line))


def _send(session: Session, plan: Plan, terms: Terms, sender: Sender, key: bytes, day: date) -> list[Letter]:
    point = _point(session, plan.unit, sender, day)
    row = InvitationDraw(
        unit_id=plan.unit.id,
        point_id=point.id,
        way=terms.way.value,
        seed=terms.seed,
        population=plan.population,
        drawn=len(plan.chosen),
        first=plan.closed.first,
        last=plan.closed.last,
        opens=terms.opens,
        expires=terms.expires,
        made_at=sender.now,
        made_by=sender.by,
    )
    session.add(row)
    session.flush()
    letters = [
        Letter(each.line, plan.unit.code, each.procedure, invitations.draw_token(sender.random)) for each in plan.chosen
    ]
    rows = [_row(plan, row.id, *pair, sender.secret, key) for pair in zip(plan.chosen, letters, strict=True)]
    for start in range(0, len(rows), AT_ONCE):
        session.execute(insert(Invitation), rows[start : start + AT_ONCE])
    detail: dict[str, str | int] = {"unit": plan.unit.code, "way": terms.way.value, "drawn": row.drawn}
    detail |= {"population": row.population, "last": terms.expires.isoformat(), "draw": row.id}
    audit.record(session, sender.now, sender.by, Action.INVITATIONS_SENT, plan.unit.code, detail)
    return letters


def _row(plan: Plan, draw_id: int, closed: Closed, letter: Letter, secret: str, key: bytes) -> dict[str, Any]:
    return {
        "unit_id": plan.unit.id,
        "token_hash": invitations.token_hash(secret, letter.token),
        "draw_id": draw_id,
        "procedure": closed.procedure or None,
        "dossier_hash": invitations.mark(key, closed.dossier),
        "sealed": invited.sealed(closed.dossier, letter.token, secret),
    }


def _point(session: Session, unit: Unit, sender: Sender, day: date) -> Point:
    """The unit's point for invitations with this questionnaire; made where there is none."""
    for point in point_queries.of_units(session, [unit.id]):
        if point.kind is PointKind.INVITE and point.questionnaire_key == sender.questionnaire_key:
            return point
    made = points.create(session, unit.code, PointKind.INVITE, LABEL, sender.questionnaire_key, sender.random, day)
    detail: dict[str, str | int] = {"unit": unit.code, "kind": PointKind.INVITE.value}
    audit.record(session, sender.now, sender.by, Action.POINT_CREATED, made.code, detail)
    return made


def revoke(session: Session, draw: Draw, by: str, now: datetime) -> bool:
    """End all links of a draw; False when they were ended before. Answers that were given stay."""
    statement = update(InvitationDraw).where(InvitationDraw.id == draw.id, InvitationDraw.revoked_at.is_(None))
    done = session.scalar(statement.values(revoked_at=now, revoked_by=by).returning(InvitationDraw.id))
    if done is None:
        return False
    detail: dict[str, str | int] = {"unit": draw.unit.code, "draw": draw.id, "drawn": draw.drawn}
    audit.record(session, now, by, Action.INVITATIONS_REVOKED, draw.unit.code, detail)
    return True
