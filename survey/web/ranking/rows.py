"""Rankings as a template shows them: places in words and as a bar, what a unit lacks, who may be highest or lowest."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from survey.domain.disclosure import Note
from survey.domain.figures import Figure
from survey.domain.funnel import Funnel, Outside, funnel
from survey.domain.ranking import Places, Ranked, Ranking
from survey.domain.rates import NEEDED_LIMIT, percent
from survey.web.figures import pictures, presenters
from survey.web.figures.pictures import Segment
from survey.web.figures.presenters import Row
from survey.web.language import current
from survey.web.ranking import funnel_picture
from survey.web.ranking.funnel_picture import Picture
from survey.wording import Translate, numbers, pages, standing
from survey.wording.units import GROUPS

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class RankRow:
    """A ranked unit: its figure written out, its places, their part of the bar from the first to the last place."""

    row: Row
    places: str
    bar: Segment
    interval: str
    needed: str
    outside: str
    outside_code: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """An unranked unit and what it lacks."""

    row: Row
    lacks: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is highest or lowest: one that is sure, or a sentence that it is not and the names of those in question."""

    words: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One group's section of the page."""

    kind: str
    title: str
    size: str
    claims: tuple[Claim, ...]
    rows: tuple[RankRow, ...]
    unranked: tuple[Lacking, ...]
    picture: Picture | None


def groups(rankings: Sequence[Ranking], least: int) -> tuple[Group, ...]:
    """Every group's section; `least` respondents are needed to be ranked."""
    return tuple(_group(ranking, least) for ranking in rankings)


def _group(ranking: Ranking, least: int) -> Group:
    figures = [*(one.figure for one in ranking.ranked), *ranking.unranked]
    around = funnel(figures)
    scale = pictures.axis(figures)
    return Group(
        kind=ranking.kind.value,
        title=translate(GROUPS[ranking.kind]),
        size=numbers.integer(ranking.size, current()),
        claims=_claims(ranking, least),
        rows=tuple(_ranked(one, ranking.size, around, scale) for one in ranking.ranked),
        unranked=tuple(
            Lacking(presenters.row(figure, scale, alone=False), _lacks(figure, least)) for figure in ranking.unranked
        ),
        picture=funnel_picture.picture(around),
    )


def _ranked(one: Ranked, size: int, around: Funnel | None, scale: pictures.Axis) -> RankRow:
    outside = Outside.WITHIN if around is None else around.outside(one.figure.unit.id) or Outside.WITHIN
    return RankRow(
        row=presenters.row(one.figure, scale, alone=False),
        places=places(one.places),
        bar=Segment(
            0,
            round((one.places.best - 1) * 100 / size, 2),
            round((one.places.worst - one.places.best + 1) * 100 / size, 2),
        ),
        interval=translate(
            pages.INTERVAL, low=presenters.percent(percent(one.low)), high=presenters.percent(percent(one.high))
        ),
        needed=needed(one.figure),
        outside="" if outside is Outside.WITHIN else translate(standing.OUTSIDE[outside]),
        outside_code=outside.value,
    )


def places(found: Places) -> str:
    """One place, or the first and the last of several."""
    if found.best == found.worst:
        return translate(standing.PLACE, best=found.best)
    return translate(standing.PLACES, best=found.best, worst=found.worst)


def needed(figure: Figure) -> str:
    """What an undecided unit lacks, short; empty where it is decided."""
    lacking = figure.shown.needed
    if lacking is None:
        return ""
    if lacking.answers is None:
        return translate(standing.NEEDED_SHORT_MANY, answers=numbers.integer(NEEDED_LIMIT, current()))
    return translate(standing.NEEDED_SHORT, answers=numbers.integer(lacking.answers, current()))


def _lacks(figure: Figure, least: int) -> str:
    """How many answers to the ranking; of a withheld unit only the rule is said."""
    shown = figure.shown
    if shown.respondents is not None and shown.rate is not None:
        missing = numbers.integer(max(least - shown.respondents, 0), current())
        return translate(standing.LACKS, answers=missing, least=least)
    if Note.NO_DATA in shown.notes or Note.TOO_FEW in shown.notes:
        return translate(standing.LACKS_UNKNOWN, least=least)
    return translate(standing.WITHHELD)


def _claims(ranking: Ranking, least: int) -> tuple[Claim, ...]:
    if ranking.size < 2:
        return (Claim(translate(standing.TOO_FEW_UNITS, least=least), ()),)
    if len(ranking.highest) == len(ranking.lowest) == ranking.size:
        return (Claim(translate(standing.ALL_TIED, count=ranking.size), ()),)
    return (
        _claim(ranking.highest, standing.SURE_HIGHEST, standing.TIED_HIGHEST),
        _claim(ranking.lowest, standing.SURE_LOWEST, standing.TIED_LOWEST),
    )


def _claim(ranked: Sequence[Ranked], sure: str, tied: str) -> Claim:
    names = tuple(one.figure.unit.name for one in ranked)
    if len(names) == 1:
        return Claim(translate(sure, unit=names[0]), ())
    return Claim(translate(tied, count=numbers.integer(len(names), current())), names)
