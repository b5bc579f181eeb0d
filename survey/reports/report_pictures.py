"""The pictures of a report, none taller than a page; long lists come in several."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from survey.domain.figures import Figure
from survey.domain.ranking import Ranking
from survey.queries.report_figures import ReportFigures
from survey.reports import charts, coverage_chart, funnel_chart, heat_chart
from survey.reports.canvas import Format
from survey.reports.document import Picture
from survey.wording import Translate
from survey.wording import documents as words
from survey.wording.reports import TITLES
from survey.wording.standing import FUNNEL_TITLE
from survey.wording.units import GROUPS

T = TypeVar("T")
UNITS, ITEMS = 20, 11  # lines of a picture that fit on a page under a heading


def of(figures: ReportFigures, asked: str, translate: Translate, language: str) -> Iterator[Picture]:
    """Each picture that has something to show, with its words."""
    for name, title, draw in drawings(figures, asked, translate, language):
        del name
        yield Picture(translate(words.OF, what=title), draw)


def drawings(
    figures: ReportFigures, asked: str, translate: Translate, language: str
) -> Iterator[tuple[str, str, Callable[[Format], bytes]]]:
    """A plain name for a file, the title, and what draws it. All pictures of one kind have one axis."""
    own = figures.own
    overalls = [found.overall for found in figures.every]
    rates = (*overalls, *own.factors, *own.items, *own.months)
    lists: list[tuple[str, str, str, Sequence[Figure], Sequence[Figure], int]] = [
        ("overview", "overview", "overview" if figures.below else "overall", overalls, rates, UNITS),
        ("factors", "factors", "factors", own.factors, rates, UNITS),
        ("items", "factors", "items", own.items, rates, ITEMS),
        ("levels", "levels", "levels", own.items, own.items, ITEMS),
        ("trend", "trend", "trend", own.months, rates, 10**6),
    ]
    for name, chart, title, given, among, size in lists:
        if all(figure.shown.rate is None for figure in given):
            continue  # the table says why
        for number, subtitle, part in _pieces(given, size, asked, translate):
            draw = partial(charts.BY_NAME[chart], part, translate, language, subtitle=subtitle, among=among)
            yield f"{name}-{number}", translate(TITLES[title]), draw
    if figures.below:
        for number, subtitle, units in _pieces(figures.every, UNITS, asked, translate):
            draw = partial(heat_chart.draw, units, translate, language, subtitle=subtitle)
            yield f"heatmap-{number}", translate(words.HEAT), draw
    for one in figures.rankings:
        yield f"funnel-{one.kind.value}", *_funnel(one, asked, translate, language)
    yield from _coverage(figures, asked, translate, language)


def _coverage(
    figures: ReportFigures, asked: str, translate: Translate, language: str
) -> Iterator[tuple[str, str, Callable[[Format], bytes]]]:
    every = [
        (found.overall, figures.dossiers[found.unit.id].handled)
        for found in figures.every
        if figures.coverage(found) is not None
    ]
    for number, subtitle, lines in _pieces(every, UNITS, asked, translate):
        draw = partial(coverage_chart.draw, lines, translate, language, subtitle=subtitle, among=every)
        yield f"coverage-{number}", translate(words.COVERAGE), draw


def _funnel(one: Ranking, asked: str, translate: Translate, language: str) -> tuple[str, Callable[[Format], bytes]]:
    members = (*(ranked.figure for ranked in one.ranked), *one.unranked)
    title = translate(FUNNEL_TITLE, group=translate(GROUPS[one.kind]))
    return title, partial(funnel_chart.draw, one.kind, members, translate, language, subtitle=asked)


def _pieces(given: Sequence[T], size: int, asked: str, translate: Translate) -> Iterator[tuple[int, str, Sequence[T]]]:
    """The parts of a list with their numbers, and what stands under their title: which part of how many it is."""
    starts = range(0, len(given), size)
    for number, start in enumerate(starts, 1):
        piece = translate(words.PIECE, number=number, all=len(starts))
        yield number, f"{asked} · {piece}" if len(starts) > 1 else asked, given[start : start + size]
