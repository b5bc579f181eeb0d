"""A comparison as a template shows it: both sides, the difference in words and as a bar around zero, the trends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from flask_babel import gettext

from survey.domain import traits
from survey.domain.comparison import Change, Difference
from survey.domain.disclosure import Shown
from survey.domain.figures import Figure
from survey.domain.periods import Month, Period
from survey.domain.points import Channel
from survey.web.comparing.comparisons import Compared, Line
from survey.web.comparing.sides import Kind
from survey.web.figures import pictures, presenters
from survey.web.figures.pictures import TREND_LEFT, TREND_RIGHT, Trend
from survey.web.figures.presenters import Row
from survey.web.language import current
from survey.wording import Translate, comparing, numbers, pages, standing
from survey.wording.figures import CHANNELS, NOTES, SCOPES

REACH = 5  # percentage points: the scale of differences ends at a multiple of this
translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class DifferenceBar:
    """An interval around zero, which is the middle; percent of the width."""

    low: float
    width: float
    at: float


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One line: texts of both sides and of the difference; empty where a side is not shown."""

    key: str
    name: str
    a: str
    a_respondents: str
    a_note: str
    b: str
    b_respondents: str
    b_note: str
    difference: str
    interval: str
    change: str
    change_code: str
    bar: DifferenceBar | None


@dataclass(frozen=True, slots=True)
class TrendSection:
    """A picture of months, what it is of, and its table."""

    title: str
    picture: Trend
    rows: tuple[Row, ...]


def side_names(found: Compared) -> tuple[str, str]:
    """What A and B are, in words."""
    asked = found.sides
    if asked.kind is Kind.PERIOD:
        return _period(asked.earlier), _period(asked.filters.selection.period)
    if asked.kind is Kind.CHANNEL:
        a, b = (translate(CHANNELS[Channel(code)]) for code in (asked.a, asked.b))
        return a, b
    if asked.kind is Kind.GROUP:
        return _group(found, asked.a), _group(found, asked.b)
    named = {procedure.code: f"{procedure.name} ({procedure.code})" for procedure in found.choices.procedures}
    return named.get(asked.a, ""), named.get(asked.b, "")


def chosen(found: Compared, summary: str) -> str:
    """Both sides, and what they have in common of what was asked, in one line."""
    a, b = (name or gettext("chưa chọn") for name in side_names(found))
    rest = summary.partition(" · ")[2] if found.sides.kind is Kind.PERIOD else summary
    return " · ".join(filter(None, (f"A: {a}", f"B: {b}", rest)))


def _group(found: Compared, code: str) -> str:
    version = found.sides.filters.selection.version
    trait = traits.by_code(version).get(code)
    asked = {question.key: question for question in traits.dimensions(version)}
    option = None if trait is None else asked[trait.question].option(trait.option)
    return "" if option is None else option.text.get(current())


def rows(found: Compared) -> tuple[CompareRow, ...]:
    """Every line on one scale of differences."""
    ends = [abs(end) for line in found.lines for end in (line.difference.low, line.difference.high) if end is not None]
    reach = reach_of(found)
    return tuple(_row(line, found.sides.kind, reach) for line in found.lines) if ends or found.lines else ()


def reach_of(found: Compared) -> int:
    """Percentage points from zero to either end of the scale."""
    ends = [abs(end) for line in found.lines for end in (line.difference.low, line.difference.high) if end is not None]
    return REACH * (int(max(ends, default=0) * 100 // REACH) + 1)


def sentence(found: Compared) -> str:
    """The overall answer; empty where it cannot be given."""
    line = found.lines[0] if found.lines else None
    if line is None or line.difference.value is None or line.difference.low is None or line.difference.high is None:
        return ""
    return translate(
        standing.SENTENCE if found.sides.kind is Kind.PERIOD else comparing.SENTENCE,
        a=presenters.percent(line.a.rate),
        b=presenters.percent(line.b.rate),
        value=_signed(line.difference.value),
        low=_signed(line.difference.low),
        high=_signed(line.difference.high),
        change=_words(line.difference, found.sides.kind),
    )


def trends(found: Compared) -> tuple[TrendSection, ...]:
    """One picture over both periods with the breaks of boundaries, or one for each side."""
    if not found.trends:
        return ()
    names = side_names(found)
    titles = ("",) if len(found.trends) == 1 else names
    sections = []
    for title, months in zip(titles, found.trends, strict=True):
        scale = pictures.axis(months)
        own = tuple(presenters.row(month, scale) for month in months)
        drawn = pictures.trend(months, [presenters.reading(row) for row in own])
        sections.append(TrendSection(title, replace(drawn, breaks=_breaks(months, found.breaks)), own))
    return tuple(sections)


def _breaks(months: Sequence[Figure], days: Sequence[date]) -> tuple[float, ...]:
    """Where the first month that begins on or after each day begins in the picture."""
    firsts = [figure.month.first for figure in months if figure.month is not None]
    width = (TREND_RIGHT - TREND_LEFT) / max(len(firsts), 1)
    return tuple(
        round(TREND_LEFT + width * next(index for index, first in enumerate(firsts) if first >= day), 2)
        for day in days
        if firsts and firsts[0] < day <= firsts[-1]
    )


def _row(line: Line, kind: Kind, reach: int) -> CompareRow:
    figure, found = line.figure, line.difference
    return CompareRow(
        key=figure.key or "",
        name=translate(SCOPES[figure.scope]) if figure.label is None else figure.label.get(current()),
        a=presenters.percent(line.a.rate),
        a_respondents=_respondents(line.a),
        a_note=_note(line.a),
        b=presenters.percent(line.b.rate),
        b_respondents=_respondents(line.b),
        b_note=_note(line.b),
        difference="" if found.value is None else _signed(found.value),
        interval=_interval(found),
        change=_words(found, kind),
        change_code=found.change.value,
        bar=_bar(found, reach),
    )


def _interval(found: Difference) -> str:
    if found.low is None or found.high is None:
        return ""
    return translate(pages.INTERVAL, low=_signed(found.low), high=_signed(found.high))


def _bar(found: Difference, reach: int) -> DifferenceBar | None:
    if found.value is None or found.low is None or found.high is None:
        return None
    low, at, high = (round(50 + 5000 * float(end) / reach, 2) for end in (found.low, found.value, found.high))
    return DifferenceBar(low, round(high - low, 2), at)


def _words(found: Difference, kind: Kind) -> str:
    table: dict[Change, str] = standing.CHANGES_IN_TIME if kind is Kind.PERIOD else standing.CHANGES
    return translate(table[found.change])


def _signed(share: Fraction | float) -> str:
    """A difference of shares in percentage points, two decimals half-up."""
    exact = (
        Decimal(share.numerator * 100) / Decimal(share.denominator)
        if isinstance(share, Fraction)
        else Decimal(repr(share)) * 100
    )
    return numbers.signed(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), current())


def _respondents(shown: Shown) -> str:
    return "" if shown.respondents is None else numbers.integer(shown.respondents, current())


def _note(shown: Shown) -> str:
    return " · ".join(translate(NOTES[note]) for note in shown.notes)


def _period(period: Period) -> str:
    first, last = Month.of(period.start), Month.of(period.end)
    return numbers.month(first) if first == last else f"{numbers.month(first)} – {numbers.month(last)}"
