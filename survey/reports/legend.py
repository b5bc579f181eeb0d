"""What marks mean: markers, hatches and colours of verdicts and levels, and the line of samples above a chart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from survey.domain.rates import Verdict
from survey.domain.scale import Level
from survey.reports.canvas import BODY, INK, MARGIN, Canvas, line_height, measure

SAMPLE, GAP = 0.34, 0.22  # inches: a sample, and the space after its words
ROW = line_height(BODY) + 0.06


@dataclass(frozen=True, slots=True)
class Marker:
    """The point of a rate: shape and filling tell it apart in black and white."""

    shape: str
    colour: str
    filled: bool

    def draw(self, axes: Any, x: float, y: float) -> None:
        face = self.colour if self.filled else "white"
        style = {"marker": self.shape, "markersize": 7, "markeredgewidth": 1.4, "markeredgecolor": self.colour}
        axes.plot([x], [y], markerfacecolor=face, linestyle="none", zorder=4, clip_on=False, **style)


MARKERS: dict[Verdict | None, Marker] = {
    Verdict.MET: Marker("o", "#12683a", True),
    Verdict.NOT_MET: Marker("v", "#b3261e", True),
    Verdict.UNDECIDED: Marker("D", "#444444", False),
    None: Marker("s", "#1f4e79", True),
}


@dataclass(frozen=True, slots=True)
class Paint:
    """The bar of a level: colour-blind safe from orange to blue, darker outwards, and a hatch for black and white."""

    colour: str
    hatch: str


PAINTS: dict[Level, Paint] = {
    Level.VERY_DISSATISFIED: Paint("#d9822b", "xxxx"),
    Level.DISSATISFIED: Paint("#f3c891", "\\\\\\"),
    Level.NEUTRAL: Paint("#f2f2f2", ""),
    Level.SATISFIED: Paint("#a9cbe8", "///"),
    Level.VERY_SATISFIED: Paint("#4a8cc7", "...."),
}
TARGET_LINE = {"color": INK, "linestyle": (0, (4, 3)), "linewidth": 1.2, "zorder": 2}

Draw = Callable[[Any, float, float], None]  # axes, left end and middle height of the sample, in inches


def point(verdict: Verdict | None) -> Draw:
    """The sample of a verdict's marker."""
    return lambda axes, x, y: MARKERS[verdict].draw(axes, x + SAMPLE / 2 - 0.05, y)


def target(axes: Any, x: float, y: float) -> None:
    """The sample of a target's line."""
    axes.plot([x, x + SAMPLE - 0.08], [y, y], **TARGET_LINE)


def bar(level: Level) -> Draw:
    """The sample of a level's bar."""
    from matplotlib.patches import Rectangle

    def draw(axes: Any, x: float, y: float) -> None:
        paint = PAINTS[level]
        style: dict[str, Any] = {"facecolor": paint.colour, "hatch": paint.hatch, "edgecolor": INK, "linewidth": 0.6}
        axes.add_patch(Rectangle((x, y - 0.06), SAMPLE - 0.1, 0.12, **style))

    return draw


@dataclass(frozen=True, slots=True)
class Legend:
    """Samples with their words, in lines that fit the width."""

    entries: Sequence[tuple[Draw, str]]

    def height(self, width: float) -> float:
        """Inches that the lines take; none without entries."""
        return ROW * (max(line for line, _ in self._places(width)) + 1) + 0.08 if self.entries else 0.0

    def write(self, on: Canvas, top: float) -> None:
        if not self.entries:
            return
        height = self.height(on.width)
        axes = on.place(0, top, on.width, height)
        axes.set(xlim=(0, on.width), ylim=(height, 0))
        axes.axis("off")
        for (draw, words), (line, left) in zip(self.entries, self._places(on.width), strict=True):
            middle = (line + 0.5) * ROW
            draw(axes, left, middle)
            axes.text(left + SAMPLE, middle, words, fontsize=BODY, va="center_baseline")

    def _places(self, width: float) -> list[tuple[int, float]]:
        """Line and left end of each entry."""
        places, line, left = [], 0, MARGIN
        for _, words in self.entries:
            needed = SAMPLE + measure(words, BODY)
            if left > MARGIN and left + needed > width - MARGIN:
                line, left = line + 1, MARGIN
            places.append((line, left))
            left += needed + GAP
        return places
