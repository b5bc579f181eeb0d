"""All groups of citizens of one question as a template shows them."""

from dataclasses import dataclass, replace

from survey.domain.figures import Figure
from survey.web.comparing.comparisons import Compared
from survey.web.figures import pictures, presenters
from survey.web.figures.pictures import Axis
from survey.web.figures.presenters import Row
from survey.web.language import current


@dataclass(frozen=True, slots=True)
class GroupsTable:
    """A line for each answer to the question."""

    title: str
    rows: tuple[Row, ...]
    axis: Axis


def _untargeted(figure: Figure) -> Figure:
    """A target is a unit's, not that of a group of citizens."""
    return replace(figure, shown=replace(figure.shown, target=None, verdict=None, needed=None))


def table(found: Compared) -> GroupsTable | None:
    """None where the sides are no groups of citizens."""
    groups = found.groups
    if groups is None:
        return None
    axis = pictures.axis(map(_untargeted, groups.figures))
    rows = [
        replace(presenters.row(_untargeted(figure), axis), name=option.text.get(current()))
        for figure, option in zip(groups.figures, groups.question.options, strict=True)
    ]
    return GroupsTable(groups.question.text.get(current()), tuple(rows), axis)
