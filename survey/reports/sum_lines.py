"""Why two figures of one unit differ, as lines of the method sheet: every sum with its value, formula and n."""

from collections.abc import Iterator

from survey.domain.sums import SumKind
from survey.queries.sums import UnitSums
from survey.wording import N_, Translate, numbers
from survey.wording.sums import (
    COUNTED,
    FORMULAS,
    HEADING,
    INDICATOR,
    INDICATOR_CAVEAT,
    INDICATOR_FORMULA,
    INDICATOR_VALUE,
    METHOD_LINE,
    NAMES,
)

_EACH = N_("Mỗi số dưới đây có công thức riêng; số nào cũng đúng theo công thức của nó.")


def lines(sums: UnitSums | None, translate: Translate, language: str) -> Iterator[tuple[str, str]]:
    """Each sum as a name and a text, then Decision 766's indicator apart; a withheld one is not mentioned."""
    if sums is None:
        return
    yield translate(HEADING), translate(_EACH)
    for line in sums.lines:
        if line.value is None or line.n is None:
            continue
        score = line.kind is SumKind.MEAN_SCORE
        value = numbers.decimal(line.value, language) if score else numbers.percent(line.value, language)
        counted = translate(COUNTED[line.kind], n=numbers.integer(line.n, language))
        formula = translate(FORMULAS[line.kind])
        yield translate(NAMES[line.kind]), translate(METHOD_LINE, value=value, formula=formula, counted=counted)
    found = sums.indicator
    if found.percent is not None:
        value = translate(
            INDICATOR_VALUE,
            percent=numbers.percent(found.percent, language),
            points=numbers.decimal(found.points, language),
            content=numbers.integer(found.content, language),
            dossiers=numbers.integer(found.dossiers, language),
        )
        yield translate(INDICATOR), f"{value}. {translate(INDICATOR_FORMULA)}. {translate(INDICATOR_CAVEAT)}"
