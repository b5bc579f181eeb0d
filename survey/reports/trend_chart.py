"""Months in a row: rates with their intervals, a gap where a month's numbers are not shown."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from survey.domain.figures import Figure
from survey.reports import interval_chart
from survey.reports.canvas import (
    FAINT,
    GREY,
    MARGIN,
    SMALL,
    WIDTH,
    Canvas,
    Frame,
    canvas,
    line_height,
    wrap,
)
from survey.reports.legend import MARKERS, TARGET_LINE
from survey.reports.table_chart import PAPER
from survey.wording import Translate, numbers
from survey.wording.figures import NOTES
from survey.wording.reports import RATE_AXIS, RESPONDENTS, TARGET

SLOT, AXIS, TARGET_ROOM, HEIGHT = 0.56, 0.6, 0.85, 3.0  # inches: least width of a month, left axis, right words, height
UNDER = 3 * line_height(SMALL) + 0.15  # month, rate and respondents under each place


def draw(
    figures: Sequence[Figure], frame: Frame, translate: Translate, language: str, among: Sequence[Figure] = ()
) -> Canvas:
    """The chart; figures have months, oldest first. The axis holds `among` too: pictures of one report compare."""
    width = max(WIDTH, 2 * MARGIN + AXIS + TARGET_ROOM + SLOT * len(figures))
    legend = interval_chart.key(figures, translate)
    top = frame.head(width) + legend.height(width) + 0.1
    sheet = canvas(width, top + HEIGHT + UNDER + frame.foot(width))
    frame.write(sheet)
    legend.write(sheet, frame.head(width))
    axes = sheet.place(MARGIN + AXIS, top, width - 2 * MARGIN - AXIS - TARGET_ROOM, HEIGHT)
    start = interval_chart.axis_start((*figures, *among))
    axes.set(xlim=(-0.5, len(figures) - 0.5), ylim=(start, interval_chart.END))
    _style(axes, figures, start, translate, language)
    for place, figure in enumerate(figures):
        _mark(axes, place, figure, (start + 100) / 2, translate)
    _lines(axes, figures)
    _targets(axes, figures, translate, language)
    return sheet


def _style(axes: Any, figures: Sequence[Figure], start: int, translate: Translate, language: str) -> None:
    axes.set_ylabel(translate(RATE_AXIS), fontsize=SMALL)
    axes.set_yticks(range(start, 101, 10))
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.set_xticks(range(len(figures)), [_under(figure, translate, language) for figure in figures])
    axes.tick_params(axis="x", labelsize=SMALL, length=3)
    for words in axes.get_xticklabels():
        words.set_linespacing(1.1)
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("right", "top"):
        axes.spines[side].set_color(FAINT)


def _under(figure: Figure, translate: Translate, language: str) -> str:
    assert figure.month is not None
    shown, month = figure.shown, numbers.month(figure.month)
    if shown.rate is None or shown.respondents is None:
        return f"{month}\n–"
    count = translate(RESPONDENTS, count=numbers.integer(shown.respondents, language))
    return f"{month}\n{numbers.percent(shown.rate, language)}\n{count}"


def _mark(axes: Any, place: int, figure: Figure, middle: float, translate: Translate) -> None:
    shown = figure.shown
    if shown.rate is None or shown.low is None or shown.high is None:
        words = translate(NOTES[shown.notes[0]])
        axes.text(place, middle, words, fontsize=SMALL, rotation=90, ha="center", va="center", color=GREY, bbox=PAPER)
        return
    marker, low, high = MARKERS[shown.verdict], float(shown.low), float(shown.high)
    axes.plot([place, place], [low, high], color=marker.colour, linewidth=1.6, solid_capstyle="butt", zorder=3)
    for end in (low, high):
        axes.plot([place - 0.08, place + 0.08], [end, end], color=marker.colour, linewidth=1.6, zorder=3)
    marker.draw(axes, place, float(shown.rate))


def _lines(axes: Any, figures: Sequence[Figure]) -> None:
    """Only neighbouring months are joined: a line over a gap would say something of the month in it."""
    for place, (before, after) in enumerate(pairwise(figures)):
        if before.shown.rate is not None and after.shown.rate is not None:
            ends = [float(before.shown.rate), float(after.shown.rate)]
            axes.plot([place, place + 1], ends, color=GREY, linewidth=0.9, zorder=1)


def _targets(axes: Any, figures: Sequence[Figure], translate: Translate, language: str) -> None:
    """The target of each month, with words at the right end."""
    for place, figure in enumerate(figures):
        if figure.shown.target is not None:
            goal = float(figure.shown.target)
            axes.plot([place - 0.5, place + 0.5], [goal, goal], **TARGET_LINE)
    if figures and (last := figures[-1].shown.target) is not None:
        words = wrap(translate(TARGET, target=numbers.percent(last, language)), TARGET_ROOM - 0.08, SMALL)
        axes.text(len(figures) - 0.4, float(last), words, fontsize=SMALL, va="center", linespacing=1.1)
