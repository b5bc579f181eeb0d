"""A shown figure as a number to calculate with: what ranking, roll-up, comparison and funnel are made from.

A withheld figure has no measure, so nothing made from measures can hold a withheld cell.
"""

from dataclasses import dataclass
from fractions import Fraction

from survey.domain.disclosure import Note, Shown
from survey.domain.rates import Z_95, wilson


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate as a share, exact, among so many effective answers of so many respondents. `few` is under the minimum."""

    value: Fraction
    n_eff: Fraction
    respondents: int
    answers: int
    few: bool

    def interval(self, z: float = Z_95) -> tuple[float, float]:
        """The Wilson interval, as shares, unrounded."""
        return wilson(self.value, self.n_eff, z)

    def variance(self) -> float:
        """((high − low) / 2z)² of the 95 % interval, as METHOD §5 has it for the roll-up."""
        low, high = self.interval()
        return ((high - low) / (2 * Z_95)) ** 2


def of_shown(shown: Shown) -> Measure | None:
    """The measure of a figure, None where it is withheld."""
    if shown.n_eff is None or not shown.answers or shown.satisfied is None or shown.respondents is None:
        return None
    value = Fraction(shown.satisfied, shown.answers)
    return Measure(value, shown.n_eff, shown.respondents, shown.answers, Note.FEW in shown.notes)
