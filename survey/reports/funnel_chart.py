"""The funnel for download: rates by respondents, the limits of luck around the group's rate, and the target."""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from survey.domain.figures import Figure
from survey.domain.funnel import Funnel, Outside, Point, funnel
from survey.domain.rates import percent
from survey.domain.units import UnitKind
from survey.reports import charts, legend
from survey.reports.canvas import FAINT, GREY, INK, MARGIN, SMALL, WIDTH, Canvas, Format, Frame, canvas, saved
from survey.reports.legend import SAMPLE, TARGET_LINE, Draw, Legend
from survey.wording import Translate, numbers
from survey.wording.reports import RATE_AXIS, SOURCE, STYLE, TARGET
from survey.wording.standing import (
    FUNNEL_95,
    FUNNEL_998,
    FUNNEL_BEYOND,
    FUNNEL_NONE,
    FUNNEL_ONE,
    FUNNEL_RATE,
    FUNNEL_TITLE,
    FUNNEL_X,
    OUTSIDE,
)
from survey.wording.units import GROUPS

HEIGHT, LEFT, AXIS = 3.6, 0.55, 0.55  # inches: the drawing, the labels of its axis, and those below
TICKS = (10, 30, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000, 1_000_000)
CENTRE = {"color": INK, "linewidth": 1.0, "zorder": 2}
LIMIT_95 = {"color": GREY, "linestyle": (0, (2, 2)), "linewidth": 1.0, "zorder": 2}
LIMIT_998 = {"color": GREY, "linestyle": "solid", "linewidth": 1.0, "zorder": 2}
# Shape and filling tell the points apart in black and white.
POINTS: dict[Outside, dict[str, Any]] = {
    Outside.WITHIN: {"marker": "o", "markersize": 4.5, "markerfacecolor": "white", "markeredgecolor": "#1f4e79"},
    Outside.BEYOND_95: {"marker": "D", "markersize": 5, "markerfacecolor": "#8aa9c4", "markeredgecolor": "#1f4e79"},
    Outside.BEYOND_998: {"marker": "s", "markersize": 6, "markerfacecolor": INK, "markeredgecolor": INK},
}


def draw(
    kind: UnitKind, figures: Sequence[Figure], translate: Translate, language: str, fmt: Format, *, subtitle: str = ""
) -> bytes:
    """The picture of one group; a sheet that says so where fewer than two units are shown."""
    found = funnel(figures)
    asked = ", ".join(sorted({figure.questionnaire for figure in figures})) or "–"
    source = translate(SOURCE, style=translate(STYLE), questionnaire=asked)
    named = "" if found is None else f" {_beyond(found, translate, language)}"
    title = translate(FUNNEL_TITLE, group=translate(GROUPS[kind]))
    frame = Frame(title, subtitle, f"{source}{named}")
    if found is None:
        return charts.nothing(frame, translate, fmt)
    return saved(_drawn(found, frame, translate, language), fmt, title)


def _drawn(found: Funnel, frame: Frame, translate: Translate, language: str) -> Canvas:
    key = _legend(found, translate, language)
    top = frame.head(WIDTH) + key.height(WIDTH) + 0.1
    sheet = canvas(WIDTH, top + HEIGHT + AXIS + frame.foot(WIDTH))
    frame.write(sheet)
    key.write(sheet, frame.head(WIDTH))
    axes = sheet.place(MARGIN + LEFT, top, WIDTH - 2 * MARGIN - LEFT, HEIGHT)
    _axes(axes, found, translate, language)
    for names, style in ((("low_95", "high_95"), LIMIT_95), (("low_998", "high_998"), LIMIT_998)):
        for name in names:
            across = [math.sqrt(at.respondents) for at in found.curve]
            axes.plot(across, [100 * getattr(at, name) for at in found.curve], **style)
    axes.axhline(100 * float(found.rate), **CENTRE)
    if found.target is not None:
        axes.axhline(float(found.target), **TARGET_LINE)
    for point in found.points:
        axes.plot(
            [math.sqrt(point.respondents)], [100 * point.rate], linestyle="none", zorder=3, **POINTS[point.outside]
        )
    return sheet


def _axes(axes: Any, found: Funnel, translate: Translate, language: str) -> None:
    lowest = min(
        [100 * point.rate for point in found.points]
        + [100 * found.curve[0].low_95]
        + [float(found.target or 100), 90.0]
    )
    start = max(0, math.floor((lowest - 2) / 10) * 10)
    axes.set(xlim=(math.sqrt(found.points[0].respondents) * 0.92, math.sqrt(found.most) * 1.03), ylim=(start, 101))
    ticks = [tick for tick in TICKS if found.points[0].respondents <= tick <= found.most]
    axes.set_xticks([math.sqrt(tick) for tick in ticks], [numbers.integer(tick, language) for tick in ticks])
    axes.set_yticks(range(start, 101, 10))
    axes.tick_params(labelsize=SMALL)
    axes.set_xlabel(translate(FUNNEL_X), fontsize=SMALL)
    axes.set_ylabel(translate(RATE_AXIS), fontsize=SMALL)
    axes.grid(color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("right", "top"):
        axes.spines[side].set_color(FAINT)


def _legend(found: Funnel, translate: Translate, language: str) -> Legend:
    present = {point.outside for point in found.points}
    entries: list[tuple[Draw, str]] = [
        (_sample(POINTS[outside]), translate(OUTSIDE[outside])) for outside in Outside if outside in present
    ]
    rate = numbers.percent(percent(found.rate), language)
    entries += [
        (_line(CENTRE), translate(FUNNEL_RATE, rate=rate)),
        (_line(LIMIT_95), translate(FUNNEL_95)),
        (_line(LIMIT_998), translate(FUNNEL_998)),
    ]
    if found.target is not None:
        goal = numbers.percent(found.target.quantize(Decimal("0.01")), language)
        entries.append((legend.target, translate(TARGET, target=goal)))
    return Legend(entries)


def _sample(style: dict[str, Any]) -> Draw:
    return lambda axes, x, y: axes.plot([x + SAMPLE / 2 - 0.05], [y], linestyle="none", **style)


def _line(style: dict[str, Any]) -> Draw:
    return lambda axes, x, y: axes.plot([x, x + SAMPLE - 0.08], [y, y], **style)


def _beyond(found: Funnel, translate: Translate, language: str) -> str:
    """The units outside the wide limits, lowest rate first, named in words: names in a drawing would cover it."""
    outside = sorted((point for point in found.points if point.outside is Outside.BEYOND_998), key=_by_rate)
    if not outside:
        return translate(FUNNEL_NONE)
    named = [
        translate(
            FUNNEL_ONE,
            unit=point.figure.unit.name,
            rate=numbers.percent(point.figure.shown.rate or Decimal(0), language),
            respondents=numbers.integer(point.respondents, language),
        )
        for point in outside
    ]
    return translate(FUNNEL_BEYOND, units="; ".join(named))


def _by_rate(point: Point) -> float:
    return point.rate
