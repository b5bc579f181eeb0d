"""Respondents beside dossiers handled, a bar a unit: how much of the work the answers are about."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from survey.domain.figures import Figure
from survey.domain.rates import percent
from survey.reports import charts
from survey.reports.canvas import INK, Canvas, Format, Frame, saved
from survey.reports.legend import Legend
from survey.reports.table_chart import Row, table
from survey.wording import Translate, numbers
from survey.wording import documents as words
from survey.wording.reports import SOURCE, STYLE

Line = tuple[Figure, int]  # an overall figure that is shown, and the dossiers handled
ROUND = 10  # percent: the axis ends at a multiple of it


def draw(
    given: Sequence[Line],
    translate: Translate,
    language: str,
    fmt: Format,
    *,
    subtitle: str = "",
    among: Sequence[Line] = (),
) -> bytes:
    """The picture; 100 % or more says that dossiers are missing from the import. The axis holds `among` too."""
    asked = given[0][0].questionnaire if given else "–"
    source = translate(SOURCE, style=translate(STYLE), questionnaire=asked)
    frame = Frame(translate(words.COVERAGE), subtitle, source)
    if not given:
        return charts.nothing(frame, translate, fmt)
    return saved(_drawn(given, among, frame, translate, language), fmt, frame.title)


def _drawn(given: Sequence[Line], among: Sequence[Line], frame: Frame, translate: Translate, language: str) -> Canvas:
    shares = _shares(given)
    rows = [
        Row(
            figure.unit.name,
            f"{numbers.percent(share, language)}\n"
            f"{numbers.integer(figure.shown.respondents or 0, language)} / {numbers.integer(handled, language)}",
        )
        for (figure, handled), share in zip(given, shares, strict=True)
    ]
    end = max(ROUND, int(max(_shares((*given, *among))) // ROUND + 1) * ROUND)
    axis = f"{translate(words.COVERED)} (%)"
    drawn = table(rows, frame, Legend([]), axis, (0, end))
    style = {"color": "#a9c8de", "edgecolor": INK, "linewidth": 0.6, "height": 0.16, "zorder": 3}
    drawn.axes.barh(drawn.middles, [float(share) for share in shares], **style)
    return drawn.canvas


def _shares(lines: Sequence[Line]) -> list[Decimal]:
    return [percent(Fraction(figure.shown.respondents or 0, handled)) for figure, handled in lines]
