"""How answers spread over the five levels: diverging bars with the middle level halved at zero."""

from collections.abc import Sequence
from typing import Any

from survey.domain.disclosure import Note
from survey.domain.figures import Figure
from survey.domain.scale import LEVELS
from survey.reports import legend
from survey.reports.canvas import INK, Canvas, Frame
from survey.reports.interval_chart import beside
from survey.reports.legend import PAINTS, Legend
from survey.reports.table_chart import Row, table, withheld
from survey.wording import Translate
from survey.wording.figures import LEVELS as LEVEL_WORDS
from survey.wording.figures import NOTES
from survey.wording.reports import LEVELS_AXIS, LEVELS_HIDDEN

BAR = 0.2  # inches
LABELLED = 8.0  # percent from which a piece has room for its number


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
    shares, starts = _shares(figures)
    key = Legend([(legend.bar(level), translate(LEVEL_WORDS[level])) for level in LEVELS])
    drawn = table(rows, frame, key, translate(LEVELS_AXIS), _limits(*_shares(among or figures)))
    drawn.axes.axvline(0, color=INK, linewidth=1)
    drawn.axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    for index, (figure, middle) in enumerate(zip(figures, drawn.middles, strict=True)):
        if index in shares.index:
            for level in LEVELS:
                _piece(drawn.axes, level, starts.at[index, level], shares.at[index, level], middle)
        else:
            withheld(drawn.axes, drawn.axes.get_xlim()[0] + 2, middle, _reason(figure, translate))
    return drawn.canvas


def _shares(figures: Sequence[Figure]) -> tuple[Any, Any]:
    """Percent of answers at each level, and where each piece begins; a line a figure whose counts are shown."""
    import pandas

    given = {index: figure.shown.counts for index, figure in enumerate(figures) if figure.shown.counts is not None}
    counts = pandas.DataFrame.from_dict(given, orient="index", columns=list(LEVELS), dtype=float)
    shares = counts.div(counts.sum(axis=1), axis=0) * 100
    one, two, three, _, _ = LEVELS
    starts = shares.cumsum(axis=1).shift(1, axis=1, fill_value=0.0)
    return shares, starts.sub(shares[one] + shares[two] + shares[three] / 2, axis=0)


def _limits(shares: Any, starts: Any) -> tuple[float, float]:
    """From the leftmost to the rightmost end, to the next ten."""
    if shares.empty:
        return -10.0, 100.0
    left, right = starts.min().min(), (starts + shares).max().max()
    return min(-10.0, left // 10 * 10), max(50.0, -(-right // 10) * 10)


def _piece(axes: Any, level: Any, start: float, share: float, middle: float) -> None:
    if share <= 0:
        return
    paint = PAINTS[level]
    style = {"color": paint.colour, "hatch": paint.hatch, "edgecolor": INK, "linewidth": 0.6, "zorder": 2}
    axes.barh(middle, share, left=start, height=BAR, **style)
    if share >= LABELLED:
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        axes.text(start + share / 2, middle, f"{share:.0f}", fontsize=7, ha="center", va="center", bbox=box, zorder=3)


def _reason(figure: Figure, translate: Translate) -> str:
    notes = figure.shown.notes
    return translate(LEVELS_HIDDEN if Note.FEW in notes else NOTES[notes[0]])
