"""The figures of a comparison: both sides of every line, the months between, and which former units they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from survey.database import REPORT
from survey.domain import boundaries, comparison, measures, merging, traits
from survey.domain.boundaries import Lineage
from survey.domain.comparison import Change, Difference
from survey.domain.disclosure import Shown
from survey.domain.figures import Figure, UnitFigures
from survey.domain.periods import Period
from survey.domain.questionnaire import Question
from survey.domain.rates import Z_95, ranking_z
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import catalogue, panels, rates, released
from survey.queries.panels import Reach
from survey.web import access
from survey.web.comparing import sides
from survey.web.comparing.sides import Boundaries, Kind, Sides
from survey.web.figures import figures
from survey.web.figures.filters import MOST_MONTHS, Choices


@dataclass(frozen=True, slots=True)
class Line:
    """Overall or one factor: both sides and their difference."""

    figure: Figure  # whose scope, key and label name the line
    a: Shown
    b: Shown
    difference: Difference


@dataclass(frozen=True, slots=True)
class Groups:
    """Every group of a question, in its order, and how many of the released answers they hold."""

    question: Question
    figures: tuple[Figure, ...]
    reach: Reach


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything on the page. `parts` are the units that each side adds up; `split` cannot be added to either.

    `mixed` are the released answers of several channels together, which a comparison of channels leaves out.
    """

    choices: Choices
    sides: Sides
    unit: Unit
    lines: tuple[Line, ...]
    trends: tuple[tuple[Figure, ...], ...]
    lineage: Lineage
    parts: tuple[tuple[Unit, ...], tuple[Unit, ...]]
    split: tuple[Unit, ...]
    breaks: tuple[date, ...]
    groups: Groups | None = None
    mixed: int = 0


def read(args: Mapping[str, str]) -> Compared:
    """The comparison that an address asks for. 404 for a unit that one may not see."""
    choices = figures.reader_choices()
    if args.get("unit"):
        access.unit_or_404(choices.units, args["unit"].strip())
    asked = sides.read(args, choices)
    unit = asked.filters.unit or choices.roots[0]
    with reading(REPORT) as session:
        every = catalogue.units(session)
        lineage = boundaries.lineage(unit, every, catalogue.every_successor(session))
    if asked.selections is None:
        return Compared(choices, asked, unit, (), (), lineage, ((), ()), (), ())
    a, b = asked.selections
    parts = _parts(lineage, asked, a.period, choices), _parts(lineage, asked, b.period, choices)
    split = tuple(former for former in lineage.split if former.overlaps(a.period) or former.overlaps(b.period))
    apart = asked.kind is Kind.PERIOD and _apart(lineage, asked, a.period, b.period)
    with reading(REPORT) as session:
        found = [
            [rates.of_unit(session, selection, part, figures.minimums(), choices.today) for part in own]
            for selection, own in zip((a, b), parts, strict=True)
        ]
    groups = _groups(a, unit, choices)
    trends = () if groups else _trends(asked, parts, found, choices.today)
    union = Period(min(a.period.start, b.period.start), max(a.period.end, b.period.end))
    lines, breaks = _lines(found[0], found[1], apart), lineage.breaks(union)
    mixed = _mixed(a, unit) if asked.kind is Kind.CHANNEL else 0
    return Compared(choices, asked, unit, lines, trends, lineage, parts, split, breaks, groups, mixed)


def _mixed(selection: Selection, unit: Unit) -> int:
    period = selection.period
    with reading(REPORT) as session:
        inside = [one.id for one in catalogue.units(session) if unit.id in one.path]
        lots = released.left_out(session, selection, inside)
    return sum(
        count for _, span, count, always in lots if always and period.start <= span.start and span.end <= period.end
    )


def _groups(selection: Selection, unit: Unit, choices: Choices) -> Groups | None:
    """All groups of the question that the sides are two of."""
    if selection.trait is None:
        return None
    version, name = selection.version, selection.trait.question
    question = next(question for question in traits.dimensions(version) if question.key == name)
    with reading(REPORT) as session:
        found = [
            rates.of_units(session, replace(selection, trait=trait), [unit], figures.minimums(), choices.today)[0]
            for trait in traits.of_dimension(question)
        ]
        inside = [one.id for one in catalogue.units(session) if unit.id in one.path]
        return Groups(question, tuple(found), panels.reach(session, selection, inside, name))


def _parts(lineage: Lineage, asked: Sides, period: Period, choices: Choices) -> tuple[Unit, ...]:
    """The unit, and with the boundaries of today its former units; those that existed in the period, at least one.

    A former unit that the reader may not see is none of the parts.
    """
    if asked.boundaries is Boundaries.THEN or asked.kind is not Kind.PERIOD:
        return (lineage.unit,)
    seen = {unit.id for unit in choices.units}
    every = [unit for unit in (lineage.unit, *lineage.merged) if unit.id in seen and unit.overlaps(period)]
    return tuple(every) or (lineage.unit,)


def _apart(lineage: Lineage, asked: Sides, a: Period, b: Period) -> bool:
    """Whether the sides are about other areas: a former unit of one side that the other cannot hold."""
    left_out = lineage.split if asked.boundaries is Boundaries.NOW else (*lineage.split, *lineage.merged)
    return any(former.overlaps(a) != former.overlaps(b) for former in left_out)


def _lines(left: Sequence[UnitFigures], right: Sequence[UnitFigures], apart: bool) -> tuple[Line, ...]:
    """Overall at 95 %, and the factors with the wider z that keeps 95 % for all of them together."""
    count = len(left[0].factors)
    a, b = [one.overall for one in left], [one.overall for one in right]
    lines = [_line(a, b, Z_95, apart)]
    for index in range(count):
        a, b = [one.factors[index] for one in left], [one.factors[index] for one in right]
        lines.append(_line(a, b, ranking_z(count), apart))
    return tuple(lines)


def _line(left: Sequence[Figure], right: Sequence[Figure], z: float, apart: bool) -> Line:
    full = figures.minimums().full
    a, b = (merging.combined([one.shown for one in own], full) for own in (left, right))
    found = comparison.difference(measures.of_shown(a), measures.of_shown(b), z)
    if apart and found.change is not Change.UNKNOWN:
        found = Difference(Change.APART)
    return Line(left[0], a, b, found)


def _trends(
    asked: Sides, parts: Sequence[Sequence[Unit]], found: Sequence[Sequence[UnitFigures]], day: date
) -> tuple[tuple[Figure, ...], ...]:
    """The months of both sides: one picture over both periods, or one a side."""
    if asked.kind is not Kind.PERIOD or asked.selections is None:
        return tuple(own[0].months for own in found)
    a, b = asked.selections
    union = Period(min(a.period.start, b.period.start), max(a.period.end, b.period.end))
    if len(list(union.months)) > MOST_MONTHS:
        return tuple(own[0].months for own in found)
    units = tuple(dict.fromkeys((*parts[1], *parts[0])))
    with reading(REPORT) as session:
        months = [rates.of_months(session, replace(b, period=union), unit, figures.minimums(), day) for unit in units]
    full = figures.minimums().full
    return (
        tuple(
            replace(same[0], shown=merging.combined([one.shown for one in same], full))
            for same in zip(*months, strict=True)
        ),
    )
