"""What the first page shows: the units that a name finds, each with the points where it can be answered online."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from survey.domain.points import PointKind
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import catalogue, points
from survey.queries.catalogue import Procedure
from survey.queries.points import Point

ONLINE = (PointKind.WEB, PointKind.POSTER)
Domain = tuple[str, tuple[Procedure, ...]]
MOST = 30  # more than this is no answer: the reader types another word instead
LONGEST_TEXT = 200  # as long as a unit's name can be


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit, the unit above it, and its points on the web or on a poster."""

    unit: Unit
    above: Unit | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A search with what it found; `more` units are left out. `procedure` is None unless the catalogue has it."""

    text: str
    units: tuple[FoundUnit, ...]
    more: int
    domains: tuple[Domain, ...]
    procedure: Procedure | None


def find(text: str, procedure: str, today: date) -> Found:
    """The open units whose name holds every word of the text; none for an empty one. Procedures by their domain."""
    text = " ".join(text.replace("\x00", "").split())[:LONGEST_TEXT]
    with reading() as session:
        known = catalogue.offered_procedures(session, today)
        units = catalogue.search_units(session, text, today) if text else ()
        shown = units[:MOST]
        online = [point for point in points.of_units(session, [unit.id for unit in shown]) if point.kind in ONLINE]
        by_id = {unit.id: unit for unit in catalogue.units(session)} if shown else {}
    return Found(
        text=text,
        units=tuple(
            FoundUnit(
                unit,
                by_id[unit.path[-2]] if len(unit.path) > 1 else None,
                tuple(point for point in online if point.unit.id == unit.id),
            )
            for unit in shown
        ),
        more=len(units) - len(shown),
        domains=by_domain(known),
        procedure=next((found for found in known if found.code == procedure), None),
    )


def by_domain(procedures: Iterable[Procedure]) -> tuple[Domain, ...]:
    """Procedures that are ordered by domain, as domains with their procedures."""
    return tuple((name, tuple(group)) for name, group in groupby(procedures, lambda procedure: procedure.domain_name))
