"""The heat map for download: units down, factors across, the rate written into each shaded cell."""

from collections.abc import Sequence
from typing import Any

from survey.domain.figures import UnitFigures
from survey.domain.heat import shade
from survey.reports import charts
from survey.reports.canvas import (
    BODY,
    GREY,
    INK,
    MARGIN,
    SMALL,
    WIDTH,
    Canvas,
    Format,
    Frame,
    canvas,
    line_height,
    lines,
    saved,
    wrap,
)
from survey.reports.rows import label
from survey.wording import Translate, numbers
from survey.wording import documents as words
from survey.wording.reports import SOURCE, STYLE

LABELS = 2.4  # inches
SHADES = ("#f4f8fb", "#d3e3ef", "#a9c8de", "#7aa9cb", "#2f6f9e", "#1d4f7a")  # one hue: as clear in grey
DARK_FROM = 4  # shades on which ink would not be read
PADDING = 0.12


def draw(
    units: Sequence[UnitFigures], translate: Translate, language: str, fmt: Format, *, subtitle: str = ""
) -> bytes:
    """The picture; units in the order given."""
    asked = units[0].overall.questionnaire if units else "–"
    source = translate(SOURCE, style=translate(STYLE), questionnaire=asked)
    key = f"{translate(words.HEAT_STEPS)} {translate(words.HEAT_BLANK)}"
    frame = Frame(translate(words.HEAT), subtitle, f"{source} {key}")
    if not units:
        return charts.nothing(frame, translate, fmt)
    heads = [translate(words.TOTAL), *(label(figure, translate, language) for figure in units[0].factors)]
    return saved(_drawn(units, heads, frame, language), fmt, frame.title)


def _drawn(units: Sequence[UnitFigures], heads: Sequence[str], frame: Frame, language: str) -> Canvas:
    width = (WIDTH - 2 * MARGIN - LABELS) / len(heads)
    wrapped = [wrap(head, width - 0.1, SMALL) for head in heads]
    names = [wrap(found.unit.name, LABELS - 0.1, BODY) for found in units]
    head_height = max(map(lines, wrapped)) * line_height(SMALL) + PADDING
    heights = [lines(name) * line_height(BODY) + PADDING for name in names]
    top = frame.head(WIDTH)
    sheet = canvas(WIDTH, top + head_height + sum(heights) + 0.15 + frame.foot(WIDTH))
    frame.write(sheet)
    axes = sheet.place(0, top, WIDTH, head_height + sum(heights))
    axes.set(xlim=(0, WIDTH), ylim=(head_height + sum(heights), 0))
    axes.axis("off")
    for column, head in enumerate(wrapped):
        middle = MARGIN + LABELS + width * (column + 0.5)
        axes.text(middle, head_height - 0.05, head, fontsize=SMALL, ha="center", va="bottom", linespacing=1.1)
    y = head_height
    for found, name, height in zip(units, names, heights, strict=True):
        axes.text(MARGIN, y + height / 2, name, fontsize=BODY, va="center", linespacing=1.1)
        for column, figure in enumerate((found.overall, *found.factors)):
            rate = figure.shown.rate
            text = "–" if rate is None else numbers.decimal(rate, language)
            _cell(axes, (MARGIN + LABELS + width * column, y, width, height), shade(rate), text)
        y += height
    return sheet


def _cell(axes: Any, place: tuple[float, float, float, float], step: int | None, text: str) -> None:
    from matplotlib.patches import Rectangle

    x, y, width, height = place
    hidden = step is None
    style: dict[str, Any] = {"facecolor": "white" if step is None else SHADES[step], "edgecolor": GREY}
    axes.add_patch(Rectangle((x, y), width, height, hatch="////" if hidden else "", linewidth=0.5, **style))
    colour = "white" if step is not None and step >= DARK_FROM else INK
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.5} if hidden else None
    axes.text(x + width / 2, y + height / 2, text, fontsize=BODY, ha="center", va="center", color=colour, bbox=paper)
