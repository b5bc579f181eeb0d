"""The merge wizard as its page shows it: the choices, what was chosen, and in words what that will do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from survey.domain import names
from survey.domain.mergers import Below, Wanted
from survey.domain.problems import InvalidError, Problem
from survey.domain.units import Unit, UnitKind
from survey.queries.mergers import Made
from survey.services.mergers import Carried
from survey.web.admin import unit_pages, unit_tree
from survey.web.admin.reach import Reach
from survey.web.figures import options
from survey.web.figures.options import Option, OptionGroup
from survey.wording import Translate, numbers
from survey.wording.units import UNIT_KINDS

translate: Translate = gettext
MOST_SOURCES = 50
NEW, EXISTING = "new", "existing"


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything that the wizard asks, as it was answered. `asked` when a preview is wanted."""

    above: str
    sources: tuple[str, ...]
    day: str
    into: str
    existing: str
    code: str
    name: str
    kind: str
    parent: str
    below: str
    points: bool
    grants: bool
    asked: bool


def read(args: MultiDict[str, str]) -> Choice:
    """From a query string or a form; before the first preview points and roles are carried over."""
    asked = "day" in args

    def text(field: str) -> str:
        return args.get(field, "").strip()[:500]

    return Choice(
        above=text("above"),
        sources=tuple(dict.fromkeys(code.strip()[:64] for code in args.getlist("from")))[:MOST_SOURCES],
        day=text("day"),
        into=EXISTING if text("into") == EXISTING else NEW,
        existing=text("existing"),
        code=text("code"),
        name=text("name"),
        kind=text("kind"),
        parent=text("parent"),
        below=text("below"),
        points=not asked or "points" in args,
        grants=not asked or "grants" in args,
        asked=asked,
    )


def wanted(choice: Choice, reach: Reach) -> tuple[Wanted, Carried]:
    """What is asked for; raises InvalidError when the day is none, or a unit is not for the reader to decide about."""
    problems = []
    try:
        day = date.fromisoformat(choice.day)
    except ValueError:
        day = date.max
        problems.append(Problem("day", "date_bad", {"column": "day", "value": choice.day}))
    governed = {unit.code for unit in reach.governed}
    named = [*choice.sources, *([choice.existing] if choice.into == EXISTING else [])]
    for code in named:
        if code not in governed:
            problems.append(Problem("from", "unit_unknown" if code else "unit_missing", {"value": code}))
    if choice.into == NEW and choice.parent not in reach.codes:
        problems.append(
            Problem("parent", "unit_unknown" if choice.parent else "unit_missing", {"value": choice.parent})
        )
    if problems:
        raise InvalidError(problems)
    founded = (choice.name, choice.kind, choice.parent) if choice.into == NEW else None
    into = choice.existing if founded is None else names.normal(choice.code)
    below = Below.MOVE if choice.below == Below.MOVE else Below.CLOSE
    return Wanted(choice.sources, day, into, founded, below), Carried(choice.points, choice.grants)


@dataclass(frozen=True, slots=True)
class Picks:
    """Units of one kind that may end, unfolded where one of them is chosen or there is no other kind."""

    title: str
    options: tuple[Option, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen: units whose parts are listed, those parts by kind, units that can take over, kinds."""

    aboves: tuple[OptionGroup, ...]
    listed: tuple[Picks, ...]
    targets: tuple[OptionGroup, ...]
    parents: tuple[OptionGroup, ...]
    kinds: tuple[Option, ...]


def offers(choice: Choice, reach: Reach, today: date) -> Offers:
    """The choices; listed are the open units right below the one that was chosen, and what is chosen already."""
    present = unit_tree.open_on(reach.seen, today)
    governed = unit_tree.open_on(reach.governed, today)
    known = {unit.code: unit for unit in present}
    parts = {unit.path[-2] for unit in governed if len(unit.path) > 1}
    wholes = tuple(unit for unit in present if unit.id in parts)
    first = next((known[code] for code in choice.sources if code in known), None)
    above = known.get(choice.above) or next((unit for unit in present if first and unit.id in first.path[-2:-1]), None)
    above = above or min(wholes or present, key=lambda unit: len(unit.path), default=None)
    parent = known.get(choice.parent) or above
    kind = choice.kind or (first.kind if first else UnitKind.COMMUNE).value
    listed = [u for u in governed if u.code in choice.sources or (above and u.path[-2:-1] == (above.id,))]
    return Offers(
        options.of_units(wholes, above),
        _picks(listed, choice),
        options.of_units(governed, known.get(choice.existing)),
        options.of_units(present, parent),
        unit_pages.kinds(kind),
    )


def _picks(listed: Sequence[Unit], choice: Choice) -> tuple[Picks, ...]:
    found = []
    for kind, words in UNIT_KINDS.items():
        some = tuple(Option(u.code, u.name, u.code in choice.sources) for u in listed if u.kind is kind)
        alone = len(some) == len(listed)
        if some:
            found.append(Picks(translate(words), some, alone or any(option.chosen for option in some)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class MergerLine:
    """A merger that was made, in words."""

    id: int
    day: str
    sources: str
    successor: str
    by: str
    undone: str


def lines(made: tuple[Made, ...], reach: Reach) -> tuple[MergerLine, ...]:
    """The mergers whose units the reader decides about; who may read one may take it back."""
    known = {unit.code: unit.name for unit in reach.governed}
    return tuple(
        MergerLine(
            one.id,
            numbers.day(one.first_day),
            ", ".join(known[code] for code in one.done.before),
            known.get(one.successor, one.successor),
            one.by,
            "" if one.undone_at is None else numbers.moment(one.undone_at),
        )
        for one in made
        if all(code in known for code in one.done.before)
    )
