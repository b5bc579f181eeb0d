"""The section "Gộp và trọng số" of a unit: pooled and weighted rate, dossiers, coverage, on-time share, written out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext

from survey.database import REPORT
from survey.domain.figures import Figure
from survey.domain.rates import percent
from survey.domain.selections import Selection
from survey.domain.weighting import COVERED_MINIMUM, Rollup
from survey.extensions import reading
from survey.queries import catalogue, rates, rollups
from survey.queries.rollups import UnitRollup
from survey.web import clock
from survey.web.figures import figures, presenters
from survey.web.language import current
from survey.wording import Translate, numbers, pages
from survey.wording.figures import VERDICTS

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Section:
    """Texts of the section; empty where there is nothing to say. `verdict` pairs are code and words."""

    pooled: str
    pooled_interval: str
    pooled_target: str
    pooled_verdict: tuple[str, str]
    weighted: str
    weighted_interval: str
    covered: str
    unknown: str
    below: int
    handled: str
    early: str
    on_time: str
    late: str
    share_on_time: str
    on_time_target: str
    on_time_verdict: tuple[str, str]
    respondents: str
    coverage: str
    incomplete: bool


def of_overview(selection: Selection, head: Figure, below: Sequence[Figure]) -> Section:
    """The section from figures that a page holds already."""
    with reading(REPORT) as session:
        return written(rollups.of_unit(session, selection, head, below))


def of_unit(selection: Selection, figure: Figure) -> Section:
    """The section of a unit, with the figures of the units right below it."""
    with reading(REPORT) as session:
        below = [unit for unit in catalogue.units(session) if unit.path[:-1] == figure.unit.path]
        inside = [unit for unit in below if unit.overlaps(selection.period)]
        parts = rates.of_units(session, selection, inside, figures.minimums(), clock.today()) if inside else ()
        return written(rollups.of_unit(session, selection, figure, parts))


def written(found: UnitRollup) -> Section:
    """The roll-up in the reader's language."""
    shown, dossiers = found.pooled.shown, found.dossiers
    weighted = found.weighted
    return Section(
        pooled=presenters.percent(shown.rate),
        pooled_interval="" if shown.low is None else presenters.interval(shown),
        pooled_target="" if shown.target is None else presenters.target(shown.target),
        pooled_verdict=("", "") if shown.verdict is None else (shown.verdict.value, translate(VERDICTS[shown.verdict])),
        weighted="" if weighted is None else _percent(weighted.value),
        weighted_interval=_interval(weighted),
        covered="" if weighted is None else _percent(weighted.covered),
        unknown="" if weighted is None or not weighted.unknown else _count(weighted.unknown),
        below=found.below,
        handled=_count(dossiers.handled) if dossiers.handled else "",
        early=_count(dossiers.early),
        on_time=_count(dossiers.on_time),
        late=_count(dossiers.late),
        share_on_time=_percent(dossiers.share_on_time),
        on_time_target=presenters.target(found.on_time_target),
        on_time_verdict=_verdict(found.meets_on_time),
        respondents="" if shown.respondents is None else _count(shown.respondents),
        coverage=_percent(found.coverage),
        incomplete=found.is_incomplete,
    )


def _interval(found: Rollup | None) -> str:
    """Both bounds, or why there are none."""
    if found is None:
        return ""
    if found.low is None or found.high is None:
        least = presenters.target(Decimal(percent(COVERED_MINIMUM)))
        return translate(pages.NO_INTERVAL, least=least)
    low, high = (presenters.percent(percent(bound)) for bound in (found.low, found.high))
    return translate(pages.INTERVAL, low=low, high=high)


def _verdict(met: bool | None) -> tuple[str, str]:
    if met is None:
        return "", ""
    return ("met", gettext("đạt")) if met else ("not_met", gettext("chưa đạt"))


def _percent(share: Fraction | None) -> str:
    return "" if share is None else presenters.percent(percent(share))


def _count(value: int) -> str:
    return numbers.integer(value, current())
