"""The tables of a report, every cell already written in the reader's language."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from survey.domain.disclosure import Minimums, Note, Shown
from survey.domain.figures import Figure, UnitFigures
from survey.domain.heat import shade
from survey.domain.rates import percent
from survey.queries.report_figures import Compared, ReportFigures
from survey.reports.document import Column, Part, Table, Text
from survey.reports.rows import label
from survey.wording import Translate, numbers, pages, standing
from survey.wording import documents as words
from survey.wording.asked import begun, span
from survey.wording.figures import LEVELS, NOTES, VERDICTS
from survey.wording.reports import TITLES
from survey.wording.units import GROUPS

NOTHING = "–"


def of(figures: ReportFigures, minimums: Minimums, translate: Translate, language: str) -> Iterator[Part]:
    """Units, heat map, items, levels, months, ranks, comparison, dossiers: what there is of them."""
    if figures.below:
        yield units(figures, translate, language)
        yield heat(figures, translate, language)
        yield Text(f"{translate(words.HEAT_STEPS)} {translate(words.HEAT_BLANK)}")
    yield _rates(translate(TITLES["items"]), figures.own.items, words.ITEM, translate, language)
    yield levels(figures.own, translate, language)
    if figures.own.months:
        yield _rates(translate(TITLES["trend"]), figures.own.months, words.MONTH, translate, language)
    yield from ranks(figures, translate, language)
    if figures.compared and figures.earlier is not None:
        yield comparison(figures, translate, language) if figures.comparable else _incomparable(figures, translate)
    if figures.dossiers:
        yield dossiers(figures, translate, language)


def factors(found: UnitFigures, translate: Translate, language: str) -> Table:
    """The factors of one unit."""
    return _rates(translate(TITLES["factors"]), found.factors, words.FACTOR, translate, language)


def facts(lines: Iterable[tuple[str, str]]) -> Table:
    """Names with their texts, under a heading of their own."""
    return Table("", (Column("", 1.0), Column("", 3.2)), tuple(lines))


def units(figures: ReportFigures, translate: Translate, language: str) -> Table:
    """The overall figure of each unit."""
    columns = (*_columns(words.UNIT, translate), Column(translate(words.VERDICT), 1.6))
    rows = tuple((*_row(found.overall, found.unit.name, translate, language),) for found in figures.every)
    verdicts = [found.overall.shown.verdict for found in figures.every]
    told = ["" if verdict is None else begun(translate(VERDICTS[verdict])) for verdict in verdicts]
    return Table(
        translate(TITLES["overview"]),
        columns,
        tuple((*row, verdict) for row, verdict in zip(rows, told, strict=True)),
    )


def heat(figures: ReportFigures, translate: Translate, language: str) -> Table:
    """Units down, factors across; numbers in the cells, so that it is whole without its shades."""
    names = [label(figure, translate, language) for figure in figures.own.factors]
    first = Column(translate(words.UNIT), 2.4)
    columns = (first, Column(translate(words.TOTAL), 0.9, "right"), *(Column(name, 1.1, "right") for name in names))
    cells = [[found.overall.shown.rate, *(one.shown.rate for one in found.factors)] for found in figures.every]
    rows = tuple(
        (found.unit.name, *(_decimal(rate, language) or NOTHING for rate in rates))
        for found, rates in zip(figures.every, cells, strict=True)
    )
    shades = tuple((None, *(shade(rate) for rate in rates)) for rates in cells)
    return Table(translate(words.HEAT), columns, rows, shades)


def levels(found: UnitFigures, translate: Translate, language: str) -> Table:
    """Each level's share of the answers to each item."""
    columns = (
        Column(translate(words.ITEM), 3.0),
        *(Column(translate(name), 1.0, "right") for name in LEVELS.values()),
    )
    rows = tuple((_named(figure, translate, language), *_shares(figure.shown, language)) for figure in found.items)
    return Table(translate(words.LEVELS), columns, rows)


def ranks(figures: ReportFigures, translate: Translate, language: str) -> Iterator[Part]:
    """The rank ranges of each group, then the units that have none."""
    for one in figures.rankings:
        columns = (
            Column(translate(words.PLACES), 0.8, "center"),
            Column(translate(words.UNIT), 3.0),
            Column(translate(words.RATE), 0.9, "right"),
            Column(translate(words.COUNT), 0.9, "right"),
        )
        rows = [
            (_places(ranked.places.best, ranked.places.worst, translate), *_ranked(ranked.figure, language))
            for ranked in one.ranked
        ]
        rows += [(NOTHING, *_ranked(figure, language)) for figure in one.unranked]
        group = translate(GROUPS[one.kind])
        yield Table(f"{translate(standing.SHEET)}: {group}", columns, tuple(rows))


def comparison(figures: ReportFigures, translate: Translate, language: str) -> Table:
    """Each unit beside the period before; a change is called one only where its interval excludes zero."""
    assert figures.earlier is not None
    period = span(figures.earlier)
    columns = (
        Column(translate(words.UNIT), 2.6),
        Column(translate(words.BEFORE), 0.9, "right"),
        Column(translate(words.NOW), 0.9, "right"),
        Column(translate(words.DIFFERENCE), 1.1, "right"),
        Column(translate(words.CHANGE), 1.6),
    )
    rows = tuple(_compared(one, translate, language) for one in figures.compared)
    return Table(translate(words.COMPARISON, period=period), columns, rows)


def _incomparable(figures: ReportFigures, translate: Translate) -> Text:
    assert figures.earlier is not None
    return Text(translate(words.NOT_COMPARED, period=span(figures.earlier)))


def dossiers(figures: ReportFigures, translate: Translate, language: str) -> Table:
    """Dossiers handled, how many in time, and how many respondents stand beside them."""
    columns = (
        Column(translate(words.UNIT), 2.8),
        Column(translate(words.HANDLED), 1.0, "right"),
        Column(translate(words.ON_TIME), 1.1, "right"),
        Column(translate(words.COUNT), 0.9, "right"),
        Column(translate(words.COVERED), 1.1, "right"),
    )
    rows = []
    for found in figures.every:
        handled, coverage = figures.dossiers.get(found.unit.id), figures.coverage(found)
        if handled is not None:
            share, count = handled.share_on_time, found.overall.shown.respondents
            rows.append(
                (
                    found.unit.name,
                    numbers.integer(handled.handled, language),
                    "" if share is None else numbers.percent(percent(share), language),
                    NOTHING if count is None else numbers.integer(count, language),
                    NOTHING if coverage is None else numbers.percent(percent(coverage), language),
                )
            )
    return Table(translate(words.COVERAGE), columns, tuple(rows))


def _columns(first: str, translate: Translate) -> tuple[Column, ...]:
    return (
        Column(translate(first), 2.6),
        Column(translate(words.RATE), 0.9, "right"),
        Column(translate(words.COUNT), 0.9, "right"),
        Column(translate(words.INTERVAL), 1.6, "center"),
        Column(translate(words.NOTE), 1.5),
    )


def _rates(title: str, given: Iterable[Figure], first: str, translate: Translate, language: str) -> Table:
    rows = tuple(_row(figure, _named(figure, translate, language), translate, language) for figure in given)
    return Table(title, _columns(first, translate), rows)


def _row(figure: Figure, name: str, translate: Translate, language: str) -> tuple[str, ...]:
    shown = figure.shown
    interval = NOTHING
    if shown.low is not None and shown.high is not None:
        low, high = numbers.percent(shown.low, language), numbers.percent(shown.high, language)
        interval = translate(pages.INTERVAL, low=low, high=high)
    notes = begun(", ".join(translate(NOTES[note]) for note in shown.notes if note is not Note.PROVISIONAL))
    rate = NOTHING if shown.rate is None else numbers.percent(shown.rate, language)
    count = NOTHING if shown.respondents is None else numbers.integer(shown.respondents, language)
    return name, rate, count, interval, notes


def _named(figure: Figure, translate: Translate, language: str) -> str:
    words_of = label(figure, translate, language)
    return f"{figure.key}. {words_of}" if figure.key else words_of


def _shares(shown: Shown, language: str) -> tuple[str, ...]:
    if shown.counts is None or not shown.answers:
        return (NOTHING,) * len(LEVELS)
    return tuple(
        numbers.decimal((Decimal(count) * 100 / shown.answers).quantize(Decimal("0.01"), "ROUND_HALF_UP"), language)
        for count in shown.counts
    )


def _places(best: int, worst: int, translate: Translate) -> str:
    if best == worst:
        return translate(standing.PLACE, best=best)
    return translate(standing.PLACES, best=best, worst=worst)


def _ranked(figure: Figure, language: str) -> tuple[str, str, str]:
    shown = figure.shown
    rate = NOTHING if shown.rate is None else numbers.percent(shown.rate, language)
    return (
        figure.unit.name,
        rate,
        NOTHING if shown.respondents is None else numbers.integer(shown.respondents, language),
    )


def _compared(one: Compared, translate: Translate, language: str) -> tuple[str, ...]:
    value = one.difference.value
    points = NOTHING if value is None else numbers.signed(percent(value), language)
    rates = (
        NOTHING if figure.shown.rate is None else numbers.percent(figure.shown.rate, language)
        for figure in (one.before, one.after)
    )
    change = begun(translate(standing.CHANGES_IN_TIME[one.difference.change]))
    return (one.after.unit.name, *rates, points, change)


def _decimal(rate: Decimal | None, language: str) -> str:
    return "" if rate is None else numbers.decimal(rate, language)
