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
    """A plain name for a file, the title, and what draws it."""
    own = figures.own
    lists: list[tuple[str, str, Sequence[Figure], int]] = [
        ("overview", "overview", [found.overall for found in figures.every], UNITS),
        ("factors", "factors", own.factors, UNITS),
        ("items", "factors", own.items, ITEMS),
        ("levels", "levels", own.items, ITEMS),
        ("trend", "trend", own.months, 10**6),
    ]
    for name, chart, given, size in lists:
        if all(figure.shown.rate is None for figure in given):
            continue  # the table says why
        for number, part in enumerate(_pieces(given, size), 1):
            draw = partial(charts.BY_NAME[chart], part, translate, language, subtitle=asked)
            yield f"{name}-{number}", translate(TITLES[name]), draw
    if figures.below:
        for number, units in enumerate(_pieces(figures.every, UNITS), 1):
            yield (
                f"heatmap-{number}",
                translate(words.HEAT),
                partial(heat_chart.draw, units, translate, language, subtitle=asked),
            )
    for one in figures.rankings:
        yield f"funnel-{one.kind.value}", *_funnel(one, asked, translate, language)
    covered = [found for found in figures.every if figures.coverage(found) is not None]
    for number, units in enumerate(_pieces(covered, UNITS), 1):
        lines = [(found.overall, figures.dossiers[found.unit.id].handled) for found in units]
        draw = partial(coverage_chart.draw, lines, translate, language, subtitle=asked)
        yield f"coverage-{number}", translate(words.COVERAGE), draw


def _funnel(one: Ranking, asked: str, translate: Translate, language: str) -> tuple[str, Callable[[Format], bytes]]:
    members = (*(ranked.figure for ranked in one.ranked), *one.unranked)
    title = translate(FUNNEL_TITLE, group=translate(GROUPS[one.kind]))
    return title, partial(funnel_chart.draw, one.kind, members, translate, language, subtitle=asked)


def _pieces(given: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (given[start : start + size] for start in range(0, len(given), size))
