"""Every sum of one unit that somebody calls "the rate", and Decision 766's indicator beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey.domain import decision766, sums
from survey.domain.decision766 import Indicator
from survey.domain.figures import Figure, UnitFigures
from survey.domain.selections import Selection
from survey.domain.sums import Sum
from survey.queries import catalogue, contentment, lot_content, rollups


@dataclass(frozen=True, slots=True)
class UnitSums:
    """The sums of a unit in the order in which pages show them, and the indicator; that one is of no survey."""

    lines: tuple[Sum, ...]
    indicator: Indicator


def of_unit(session: Session, selection: Selection, found: UnitFigures, below: Sequence[Figure]) -> UnitSums:
    """The sums; `below` are the overall figures of the units right below it."""
    inside = [unit.id for unit in catalogue.units(session) if found.unit.id in unit.path]
    content = lot_content.of_unit(session, selection, found.overall, inside)
    if content is None:
        content = contentment.of_unit(session, selection, found.overall, inside)
    rollup = rollups.of_unit(session, selection, found.overall, below)
    indicator = decision766.indicator(rollup.dossiers.content, rollup.dossiers.handled)
    return UnitSums(sums.of_unit(found, content, rollup.weighted), indicator)
