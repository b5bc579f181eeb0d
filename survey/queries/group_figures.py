"""The groups of citizens of a unit with all below it: what each is told of, beside the first that is told."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey.domain import traits
from survey.domain.comparison import Difference, difference
from survey.domain.disclosure import Minimums, Shown, show
from survey.domain.measures import of_shown
from survey.domain.questionnaire import Option, Question
from survey.domain.rates import ranking_z
from survey.domain.selections import Selection
from survey.domain.tally import EMPTY
from survey.domain.units import Unit
from survey.queries import catalogue, released


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """Those who gave one answer. `difference` is what they have more than the first shown group of the question."""

    question: Question
    option: Option
    shown: Shown
    difference: Difference | None


def of_unit(session: Session, selection: Selection, unit: Unit, minimums: Minimums) -> tuple[GroupFigure, ...]:
    """Every group of every question; nothing where the selection has a cut already: one cut at a time."""
    if selection.channel is not None or selection.procedure is not None or selection.flagged:
        return ()
    inside = [one.id for one in catalogue.units(session) if unit.id in one.path]
    cells = released.overall_by_trait(session, selection, inside)
    found: list[GroupFigure] = []
    for question in traits.dimensions(selection.version):
        own = [show(cells.get(trait.code, EMPTY), minimums, withheld=1) for trait in traits.of_dimension(question)]
        found += _compared(question, own)
    return tuple(found)


def _compared(question: Question, own: list[Shown]) -> Iterator[GroupFigure]:
    """All differences of a question hold together with 95 %, as those of factors do."""
    first = next((number for number, shown in enumerate(own) if of_shown(shown) is not None), None)
    others = sum(of_shown(shown) is not None for shown in own) - 1
    for number, (option, shown) in enumerate(zip(question.options, own, strict=True)):
        found = None
        if first is not None and number != first and others > 0 and of_shown(shown) is not None:
            found = difference(of_shown(own[first]), of_shown(shown), ranking_z(others))
        yield GroupFigure(question, option, shown, found)
