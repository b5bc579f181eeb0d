"""Rates with their intervals, a line each, against the target: units, factors or items."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from survey.domain.disclosure import Note
from survey.domain.figures import Figure
from survey.domain.rates import Verdict
from survey.reports import legend
from survey.reports.canvas import INK, MARGIN, SMALL, Canvas, Frame, measure
from survey.reports.legend import MARKERS, TARGET_LINE, Legend
from survey.reports.table_chart import TARGET_ROOM, Row, Table, table, withheld
from survey.wording import Translate, numbers
from survey.wording.figures import NOTES, VERDICTS
from survey.wording.reports import RATE_AXIS, RESPONDENTS, TARGET, TARGET_OF_EACH

HIGHEST_START = 60  # the axis begins here or lower, in tens of percent, so that a small doubt is not drawn large
END = 100.8  # a little over 100 %, so that the last line of the grid is whole


def draw(
    figures: Sequence[Figure],
    labels: Sequence[str],
    frame: Frame,
    translate: Translate,
    language: str,
    among: Sequence[Figure] = (),
) -> Canvas:
    """The chart; `labels` name the lines. The axis holds `among` too, so that pictures of one report compare."""
    rows = [Row(label, beside(figure, translate, language)) for figure, label in zip(figures, labels, strict=True)]
    start = axis_start((*figures, *among))
    goals = targets(figures)
    room = TARGET_ROOM if len(goals) == 1 else 0.1
    drawn = table(rows, frame, key(figures, translate), translate(RATE_AXIS), (start, END), room=room)
    drawn.axes.set_xticks(range(start, 101, 10))
    for figure, middle in zip(figures, drawn.middles, strict=True):
        _mark(drawn.axes, figure, middle, start, translate)
    if len(goals) == 1:
        _target(drawn, goals[0], translate, language)
    else:
        _targets(drawn, figures)
    return drawn.canvas


def axis_start(figures: Sequence[Figure]) -> int:
    """Where the axis of rates begins: tens of percent, under every interval and target."""
    lows = [figure.shown.low for figure in figures if figure.shown.low is not None]
    least = min([*lows, *targets(figures), Decimal(100)])
    return min(HIGHEST_START, max(0, int((least - 2) // 10) * 10))


def targets(figures: Sequence[Figure]) -> list[Decimal]:
    """The different targets, ascending."""
    return sorted({figure.shown.target for figure in figures if figure.shown.target is not None})


def key(figures: Sequence[Figure], translate: Translate) -> Legend:
    """What the markers mean; nothing where there is no verdict."""
    found = {figure.shown.verdict for figure in figures if figure.shown.rate is not None}
    entries = [(legend.point(verdict), translate(VERDICTS[verdict])) for verdict in Verdict if verdict in found]
    if len(targets(figures)) > 1:
        entries.append((legend.target, translate(TARGET_OF_EACH)))
    return Legend(entries)


def beside(figure: Figure, translate: Translate, language: str) -> str:
    """The words on the right of a line: rate and respondents, and whether they are few."""
    shown = figure.shown
    if shown.rate is None or shown.respondents is None:
        return "–"
    count = translate(RESPONDENTS, count=numbers.integer(shown.respondents, language))
    few = f"\n{translate(NOTES[Note.FEW])}" if Note.FEW in shown.notes else ""
    return f"{numbers.percent(shown.rate, language)} · {count}{few}"


def _mark(axes: Any, figure: Figure, middle: float, start: float, translate: Translate) -> None:
    shown = figure.shown
    if shown.rate is None or shown.low is None or shown.high is None:
        withheld(axes, start + 1, middle, translate(NOTES[shown.notes[0]]))
        return
    marker = MARKERS[shown.verdict]
    low, high = float(shown.low), float(shown.high)
    axes.plot([low, high], [middle, middle], color=marker.colour, linewidth=1.6, solid_capstyle="butt", zorder=3)
    for end in (low, high):
        axes.plot([end, end], [middle - 0.05, middle + 0.05], color=marker.colour, linewidth=1.6, zorder=3)
    marker.draw(axes, float(shown.rate), middle)


def _target(drawn: Table, goal: Decimal, translate: Translate, language: str) -> None:
    """One line for all, with its words above it, moved in from the edges."""
    drawn.axes.axvline(float(goal), **TARGET_LINE)
    words = translate(TARGET, target=numbers.percent(goal, language))
    low, high = drawn.axes.get_xlim()
    half = measure(words, SMALL) / 2
    place = drawn.left + drawn.width * (float(goal) - low) / (high - low)
    place = min(max(place, MARGIN + half), drawn.canvas.width - MARGIN - half)
    above = 0.34 if drawn.axes.xaxis.get_tick_params().get("labeltop") else 0.1
    x, y = place / drawn.canvas.width, 1 - (drawn.top - above) / drawn.canvas.height
    drawn.canvas.figure.text(x, y, words, fontsize=SMALL, ha="center", va="center", color=INK)


def _targets(drawn: Table, figures: Sequence[Figure]) -> None:
    """A short line each, as tall as the line of the table."""
    for figure, middle in zip(figures, drawn.middles, strict=True):
        if figure.shown.target is not None:
            x = float(figure.shown.target)
            drawn.axes.plot([x, x], [middle - 0.12, middle + 0.12], **TARGET_LINE)
