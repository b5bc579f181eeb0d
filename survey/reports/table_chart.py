"""A chart of lines: a name on the left, a drawing in the middle, figures on the right; a line as tall as its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.reports.canvas import BODY, FAINT, GREY, MARGIN, SMALL, WIDTH, Canvas, Frame, canvas, line_height, wrap
from survey.reports.canvas import lines as count_lines
from survey.reports.legend import Legend

LABELS, FIGURES, GUTTER = 2.6, 1.5, 0.15  # inches
PADDING = 0.14  # between lines
AXIS = 0.55  # ticks and name of the axis
TARGET_ROOM = 0.28  # above the drawing, for the words at a line
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # behind words, so that no grid crosses them
LONG = 20  # lines from which the ticks stand above the drawing too


@dataclass(frozen=True, slots=True)
class Row:
    """A line's texts, not yet wrapped."""

    label: str
    figures: str


@dataclass(slots=True)
class Table:
    """The axes of the drawing, whose vertical unit is the inch, downwards, and the middle of each line."""

    canvas: Canvas
    axes: Any
    middles: list[float]
    left: float
    top: float
    width: float


def table(
    rows: Sequence[Row], frame: Frame, legend: Legend, axis: str, limits: tuple[float, float], *, room: float = 0.1
) -> Table:
    """The sheet with everything but the drawing itself; `room` inches are free above it."""
    labels = [wrap(row.label, LABELS, BODY) for row in rows]
    figures = [wrap(row.figures, FIGURES, BODY) for row in rows]
    heights = [
        max(count_lines(label), count_lines(text)) * line_height(BODY) + PADDING
        for label, text in zip(labels, figures, strict=True)
    ]
    ticks_above = 0.24 if len(rows) > LONG else 0.0
    top = frame.head(WIDTH) + legend.height(WIDTH) + room + ticks_above
    sheet = canvas(WIDTH, top + sum(heights) + AXIS + frame.foot(WIDTH))
    frame.write(sheet)
    legend.write(sheet, frame.head(WIDTH))
    left, width = MARGIN + LABELS + GUTTER, WIDTH - 2 * MARGIN - LABELS - FIGURES - 2 * GUTTER
    axes = sheet.place(left, top, width, sum(heights))
    axes.set(xlim=limits, ylim=(sum(heights), 0))
    _style(axes, axis, above=bool(ticks_above))
    middles = [sum(heights[:index]) + height / 2 for index, height in enumerate(heights)]
    for middle, label, text in zip(middles, labels, figures, strict=True):
        _write(sheet, MARGIN, top + middle, label)
        _write(sheet, left + width + GUTTER, top + middle, text)
    for end in range(1, len(heights)):
        axes.axhline(sum(heights[:end]), color=FAINT, linewidth=0.5, zorder=0)
    return Table(sheet, axes, middles, left, top, width)


def _write(sheet: Canvas, left: float, middle: float, text: str) -> None:
    sheet.figure.text(left / sheet.width, 1 - middle / sheet.height, text, fontsize=BODY, va="center", linespacing=1.1)


def _style(axes: Any, name: str, *, above: bool) -> None:
    axes.set_xlabel(name, fontsize=SMALL)
    axes.tick_params(axis="x", labelsize=SMALL, top=above, labeltop=above)
    axes.set_yticks([])
    axes.grid(axis="x", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("left", "right", "top"):
        axes.spines[side].set_color(GREY if side == "left" else FAINT)


def withheld(axes: Any, x: float, y: float, words: str) -> None:
    """Words in the place of a mark, where the numbers are not shown."""
    axes.text(x, y, words, fontsize=SMALL, va="center", ha="left", color=GREY, bbox=PAPER, zorder=3)
