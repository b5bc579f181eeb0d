"""All groups of citizens of one question as a template shows them, and how many of the answers they hold."""

from dataclasses import dataclass, replace

from flask_babel import gettext

from survey.domain.figures import Figure
from survey.web.comparing.comparisons import Compared
from survey.web.figures import pictures, presenters
from survey.web.figures.pictures import Axis
from survey.web.figures.presenters import Row
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.standing import GROUPS_REACH

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class GroupsTable:
    """A line for each answer to the question."""

    title: str
    rows: tuple[Row, ...]
    axis: Axis
    reach: str


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
    told, released = (numbers.integer(count, current()) for count in (groups.reach.told, groups.reach.released))
    reach = translate(GROUPS_REACH, told=told, released=released)
    return GroupsTable(groups.question.text.get(current()), tuple(rows), axis, reach)
