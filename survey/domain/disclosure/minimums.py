"""The minimum counts of METHOD §6: what is said of one cell, given how many people stand behind it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from survey.domain import rates
from survey.domain.populations import Population
from survey.domain.rates import Needed, Verdict
from survey.domain.tally import Cell, Counts


class Note(StrEnum):
    """Why numbers are missing, or how they are to be read."""

    NO_DATA = "no_data"
    TOO_FEW = "too_few"  # under the shown minimum: withheld
    FEW = "few"  # shown, but not ranked, and without the five counts
    PROVISIONAL = "provisional"  # the period is not over
    PART = "part"  # some of the answers cannot be told apart from others and are not in the numbers
    CORRECTED = "corrected"  # the interval takes into account how large a part of all dossiers answered
    INCOMPLETE = "incomplete"  # no more dossiers are known than people answered: nothing to correct with


@dataclass(frozen=True, slots=True)
class Minimums:
    """Respondents from which a cell is shown, and from which it is shown in full. 0 and 0 withhold nothing."""

    shown: int = 10
    full: int = 30


COMPLETE = Minimums(0, 0)  # the operator's own checks on the command line, audited


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as people may see it; None where withheld. Rates, bounds and targets in percent, two decimals.

    `n_eff`, the effective number of answers of METHOD §5, is for further calculation (ranking, differences), so that
    everything made from a figure is made from what may be shown. Pages do not print it.
    """

    notes: tuple[Note, ...]
    respondents: int | None = None
    answers: int | None = None
    satisfied: int | None = None
    counts: Counts | None = None
    rate: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    mean_score: Decimal | None = None
    target: Decimal | None = None
    verdict: Verdict | None = None
    needed: Needed | None = None
    n_eff: Fraction | None = None


_NOT_DRAWN: tuple[Note, ...] = ()


def show(
    cell: Cell,
    minimums: Minimums,
    *,
    target: Decimal | None = None,
    provisional: bool = False,
    withheld: int = 0,
    population: Population | None = None,
) -> Shown:
    """What may be said of a cell. A verdict is given only where a target is: for an overall rate (METHOD §5).

    `withheld` are forms or answers of the cell that are in no lot or group that could be counted here. One note stands
    for all causes of a missing number: who is withheld to protect whom would be a clue. `population` is what answers of
    invitations were drawn from.
    """
    later = (Note.PROVISIONAL,) if provisional else ()
    found = rates.rate(cell)
    if found is None and ((cell.k == 0 and not withheld) or minimums == COMPLETE):
        return Shown((Note.NO_DATA, *later), target=target)
    if found is None or cell.k < minimums.shown:
        return Shown((Note.TOO_FEW, *later), target=target)
    few, drawn = cell.k < minimums.full, _NOT_DRAWN
    if population is not None:
        found, finite = population.applied(found, cell.k)
        drawn = (Note.CORRECTED,) if finite.corrected else (Note.INCOMPLETE,) if finite.incomplete else _NOT_DRAWN
    return Shown(
        notes=((Note.FEW,) if few else ()) + later + ((Note.PART,) if withheld else ()) + drawn,
        respondents=cell.k,
        answers=cell.m,
        satisfied=cell.s,
        counts=None if few else cell.counts,
        rate=rates.percent(found.value),
        low=rates.percent(found.low),
        high=rates.percent(found.high),
        mean_score=None if few else _hundredths(rates.mean_score(cell)),
        target=target,
        verdict=None if target is None else rates.verdict(cell, target, found),
        needed=None if target is None else rates.needed(cell, target, found),
        n_eff=found.n_eff,
    )


def _hundredths(value: Fraction | None) -> Decimal | None:
    return None if value is None else rates.percent(value / 100)
