"""Merges units from a day on: tells first what that does to points, roles, targets and units below, then does it.

No answer moves: a response keeps the unit of its day, and reports follow the successors. Taking a merger back is in
`unmerging`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from survey.domain import mergers, names, unit_changes
from survey.domain.audit import Action
from survey.domain.catalogue import UnitEntry
from survey.domain.differences import ChangedError, Difference, digest
from survey.domain.mergers import Done, Wanted
from survey.domain.points import PointKind
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit as UnitValue
from survey.models import Merger, Unit
from survey.queries import catalogue, entries
from survey.queries import mergers as queries
from survey.queries.mergers import Held, Standing
from survey.services import audit, grants, points, units
from survey.services.catalogue import alone

# A letter or a counter for paper comes with what makes it: it is not made anew for the unit that takes over.
STANDS = (PointKind.KIOSK, PointKind.POSTER, PointKind.WEB)


@dataclass(frozen=True, slots=True)
class Carried:
    """What the unit that takes over gets besides: points like the old ones, the roles of the old ones."""

    points: bool
    grants: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merger would do; `seal` stands for all of it, so that exactly this is done and nothing else."""

    wanted: Wanted
    difference: Difference
    ending: tuple[UnitEntry, ...]
    below: tuple[UnitEntry, ...]
    standing: Standing
    new_points: int
    new_grants: tuple[Held, ...]
    name: str
    seal: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What was done, and whose roles could not be carried over because they go against another role."""

    id: int
    done: Done
    refused: tuple[Held, ...]


def preview(session: Session, wanted: Wanted, carried: Carried, actor: str) -> Preview:
    """What the merger would do; raises InvalidError with everything that speaks against it."""
    stored = entries.units(session)
    if problems := mergers.problems(stored, wanted):
        raise InvalidError(problems)
    found = units.compare(stored, mergers.rows(stored, wanted))
    below = mergers.below(stored, wanted)
    ended = [code for code in found.changed if code in wanted.sources or wanted.below is mergers.Below.CLOSE]
    standing = queries.standing(session, ended)
    new_points = sum(point.kind in STANDS for point in standing.points) if carried.points else 0
    new_grants = _new_grants(session, standing, wanted, actor) if carried.grants else ()
    name = wanted.founded[0] if wanted.founded else stored[wanted.into].name
    besides = [point.code for point in standing.points] if carried.points else []
    besides += [f"{held.staff_id} {held.role}" for held in new_grants]
    return Preview(
        wanted=wanted,
        difference=found,
        ending=tuple(stored[code] for code in wanted.sources),
        below=below,
        standing=standing,
        new_points=new_points,
        new_grants=new_grants,
        name=names.well_placed(names.normal(name)),
        seal=digest(found, *besides),
    )


def merge(
    session: Session, wanted: Wanted, carried: Carried, seal: str, actor: str, random: Random, now: datetime
) -> Merged:
    """Do what a preview told. Raises ChangedError when that is something else now, InvalidError when it cannot be."""
    alone(session, Unit.__tablename__)
    told = preview(session, wanted, carried, actor)
    if told.seal != seal:
        raise ChangedError
    stored = entries.units(session)
    rows = mergers.rows(stored, wanted)
    units.write(session, rows)
    made = _points(session, told, random) if carried.points else ()
    given, refused = _grants(session, told, actor, now)
    done = Done(
        before={row["code"]: unit_changes.cells(stored[row["code"]]) for row in rows if row["code"] in stored},
        after=_lines(session, [row["code"] for row in rows]),
        founded=wanted.founded is not None,
        points=made,
        grants=tuple((held.staff_id, held.role.value) for held in given),
    )
    row = Merger(first_day=wanted.first_day, successor=wanted.into, content=mergers.written(done), at=now, by=actor)
    session.add(row)
    session.flush()
    for point in made:
        audit.record(session, now, actor, Action.POINT_CREATED, point, {"unit": wanted.into})
    audit.record(session, now, actor, Action.UNITS_MERGED, wanted.into, _detail(wanted, done))
    return Merged(row.id, done, tuple(refused))


def _lines(session: Session, codes: Sequence[str]) -> Mapping[str, unit_changes.Cells]:
    stored = entries.units(session)
    return {code: unit_changes.cells(stored[code]) for code in codes}


def _detail(wanted: Wanted, done: Done) -> dict[str, str | int]:
    return {
        "from": ", ".join(wanted.sources),
        "day": wanted.first_day.isoformat(),
        "points": len(done.points),
        "grants": len(done.grants),
    }


def _new_grants(session: Session, standing: Standing, wanted: Wanted, actor: str) -> tuple[Held, ...]:
    """Each role of each person once; not those that they have there already, and nobody gives themselves one."""
    into = catalogue.unit(session, wanted.into)
    held = set() if into is None else _roles_at(session, into)
    found: dict[tuple[int, str], Held] = {}
    for one in standing.grants:
        if (one.staff_id, one.role) not in held and one.email != actor:
            found.setdefault((one.staff_id, one.role), one)
    return tuple(found.values())


def _roles_at(session: Session, unit: UnitValue) -> set[tuple[int, str]]:
    return {(held.staff_id, held.role) for held in queries.standing(session, [unit.code]).grants}


def _points(session: Session, told: Preview, random: Random) -> tuple[str, ...]:
    """A point like each that ends, under the name of the new unit where it was called after the old one."""
    made = []
    for point in told.standing.points:
        if point.kind in STANDS:
            label = "" if point.label == point.unit.name else point.label
            key, first = point.questionnaire_key, told.wanted.first_day
            made.append(points.create(session, told.wanted.into, point.kind, label, key, random, first).code)
    return tuple(made)


def _grants(session: Session, told: Preview, actor: str, now: datetime) -> tuple[list[Held], list[Held]]:
    """Give the roles; those that go against another role of the same person are refused, the others stand."""
    into = catalogue.unit(session, told.wanted.into)
    if into is None:
        raise InvalidError([Problem("into", "unit_unknown", {"value": told.wanted.into})])
    given, refused = [], []
    for held in told.new_grants:
        try:
            if grants.grant(session, held.staff_id, held.email, held.role, into, actor, now):
                given.append(held)
        except InvalidError:
            refused.append(held)
    return given, refused
