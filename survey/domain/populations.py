"""The finite population correction: answers that were drawn say more where they are a large part of all dossiers.

Only invitations to all or to a random draw are drawn; whoever answers at a kiosk has chosen to (METHOD §5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from survey.domain.invitations import Span, Way
from survey.domain.periods import Period
from survey.domain.rates import Rate, corrected

ANSWERED_MINIMUM = Fraction(80, 100)  # of those drawn


@dataclass(frozen=True, slots=True)
class Finite:
    """An effective number of answers after the finite population correction; `incomplete`: dossiers are missing."""

    n_eff: Fraction
    corrected: bool
    incomplete: bool


def finite(rate: Rate, respondents: int, handled: int, answered: Fraction | None) -> Finite:
    """n_eff / (1 − f) with f = k/N, only where invitations went to all or to a random draw (METHOD §5).

    `answered` is the share of those drawn who answered, None for any other way of collecting. With k ≥ N the dossiers
    known cannot be all: no correction, and the note "số hồ sơ chưa đủ".
    """
    if respondents >= handled:
        return Finite(rate.n_eff, corrected=False, incomplete=True)
    if answered is None or answered < ANSWERED_MINIMUM:
        return Finite(rate.n_eff, corrected=False, incomplete=False)
    return Finite(rate.n_eff / (1 - Fraction(respondents, handled)), corrected=True, incomplete=False)


@dataclass(frozen=True, slots=True)
class Invited:
    """A draw as the correction needs it: of which unit, how many of how many, closed when, answerable when."""

    unit_id: int
    way: Way
    population: int
    drawn: int
    closed: Span
    valid: Span


@dataclass(frozen=True, slots=True)
class Population:
    """The dossiers that a figure of invitations stands for, and the share of those drawn who answered; None where the
    draws do not cover them.
    """

    handled: int
    answered: Fraction | None

    def applied(self, rate: Rate, respondents: int) -> tuple[Rate, Finite]:
        """The rate with its interval over the corrected number of answers."""
        found = finite(rate, respondents, self.handled, self.answered)
        return corrected(rate, found.n_eff), found


def population(draws: Sequence[Invited], period: Period, handled: int, respondents: int) -> Population | None:
    """What the invitations of a period stand for, None where none could be answered in it.

    The draws cover the dossiers when all that was drawn lies wholly in the period (so that every answer is of a drawn
    dossier and every drawn dossier could answer), the files held at least the dossiers handled, and no two units were
    drawn from with different chances.
    """
    inside = Span(period.start, period.end)
    here = [draw for draw in draws if draw.valid.touches(inside)]
    if not here:
        return None
    whole = all(
        period.start <= min(draw.closed.first, draw.valid.first) and draw.valid.last <= period.end for draw in here
    )
    alike = all(draw.way is Way.ALL for draw in here) or len({draw.unit_id for draw in here}) == 1
    drawn = sum(draw.drawn for draw in here)
    covered = whole and alike and sum(draw.population for draw in here) >= handled and respondents <= drawn
    return Population(handled, Fraction(respondents, drawn) if covered else None)
