"""Several units, or one unit before and after a reform, as if they were one. Made from shown figures alone."""

from collections.abc import Sequence
from fractions import Fraction

from survey.domain.disclosure import Note, Shown
from survey.domain.measures import Measure, of_shown
from survey.domain.rates import percent


def merged(measures: Sequence[Measure]) -> Measure | None:
    """Several units as if they were one: their answers pooled, their variances added up by their share of answers."""
    answers = sum(measure.answers for measure in measures)
    if not answers:
        return None
    if len(measures) == 1:
        return measures[0]
    respondents = sum(measure.respondents for measure in measures)
    value = sum((measure.value * measure.answers for measure in measures), Fraction(0)) / answers
    variance = sum((measure.answers / answers) ** 2 * measure.variance() for measure in measures)
    spread = float(value * (1 - value))
    if not spread or not variance:
        n_eff = sum((measure.n_eff for measure in measures), Fraction(0))
    else:
        n_eff = Fraction(min(spread / variance, float(answers)))
    return Measure(value, n_eff, respondents, answers, few=False)


def combined(parts: Sequence[Shown], full: int) -> Shown:
    """The figure of all parts that are shown; without the five counts, without a verdict.

    `full` respondents make it a figure that is not called few. What is withheld stays out: the note of the first part
    says why when nothing is left.
    """
    if len(parts) == 1:
        return parts[0]
    found = merged([measure for part in parts if (measure := of_shown(part)) is not None])
    later = (Note.PROVISIONAL,) if any(Note.PROVISIONAL in part.notes for part in parts) else ()
    target = parts[0].target if parts else None
    if found is None:
        hidden = next((part.notes for part in parts if Note.NO_DATA not in part.notes), (Note.NO_DATA, *later))
        return Shown(hidden, target=target)
    low, high = found.interval()
    return Shown(
        notes=((Note.FEW,) if found.respondents < full else ()) + later,
        respondents=found.respondents,
        answers=found.answers,
        satisfied=int(found.value * found.answers),
        rate=percent(found.value),
        low=percent(low),
        high=percent(high),
        target=target,
        n_eff=found.n_eff,
    )
