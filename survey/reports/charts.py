"""Pictures for download, as SVG or PNG: right in black and white, Vietnamese text whole, the same bytes every time."""

from collections.abc import Iterable, Sequence

from survey.domain.disclosure import Note
from survey.domain.figures import Figure, Scope
from survey.reports import interval_chart, level_chart, trend_chart
from survey.reports.canvas import BODY, MARGIN, WIDTH, Canvas, Format, Frame, canvas, saved
from survey.reports.rows import label
from survey.wording import Translate
from survey.wording.figures import NOTES
from survey.wording.reports import INTERVAL, INTERVAL_UPRIGHT, NOTHING, SOURCE, STYLE, TITLES


def overview(
    figures: Iterable[Figure],
    translate: Translate,
    language: str,
    fmt: Format,
    *,
    subtitle: str = "",
    among: Sequence[Figure] = (),
) -> bytes:
    """The overall rate of each unit with its interval against the target, a line a unit, in the order given.

    `subtitle`, in the reader's language, says the period and the filters: a figure does not know them. Here and in
    the others, `among` are the figures of all pictures that shall have one axis.
    """
    given = tuple(figures)
    name = "overall" if len({figure.unit.id for figure in (*given, *among)}) == 1 else "overview"
    frame = _frame(name, given, translate, subtitle, translate(INTERVAL))
    if not given:
        return nothing(frame, translate, fmt)
    names = [figure.unit.name for figure in given]
    return saved(interval_chart.draw(given, names, frame, translate, language, among), fmt, frame.title)


def factors(
    figures: Iterable[Figure],
    translate: Translate,
    language: str,
    fmt: Format,
    *,
    subtitle: str = "",
    among: Sequence[Figure] = (),
) -> bytes:
    """The rate of each factor, or of each item, of one unit with its interval."""
    given = tuple(figures)
    name = "items" if given and given[0].scope is Scope.ITEM else "factors"
    frame = _frame(name, given, translate, subtitle, translate(INTERVAL))
    if not given:
        return nothing(frame, translate, fmt)
    labels = _labels(given, translate, language)
    return saved(interval_chart.draw(given, labels, frame, translate, language, among), fmt, frame.title)


def levels(
    figures: Iterable[Figure],
    translate: Translate,
    language: str,
    fmt: Format,
    *,
    subtitle: str = "",
    among: Sequence[Figure] = (),
) -> bytes:
    """How the answers to each factor or item of one unit spread over the five levels."""
    given = tuple(figures)
    frame = _frame("levels", given, translate, subtitle, "")
    if not given:
        return nothing(frame, translate, fmt)
    labels = _labels(given, translate, language)
    return saved(level_chart.draw(given, labels, frame, translate, language, among), fmt, frame.title)


def trend(
    figures: Iterable[Figure],
    translate: Translate,
    language: str,
    fmt: Format,
    *,
    subtitle: str = "",
    among: Sequence[Figure] = (),
) -> bytes:
    """The overall rate of one unit in each month with its interval against the target, oldest first."""
    given = tuple(figures)
    frame = _frame("trend", given, translate, subtitle, translate(INTERVAL_UPRIGHT))
    if not given:
        return nothing(frame, translate, fmt)
    return saved(trend_chart.draw(given, frame, translate, language, among), fmt, frame.title)


def _frame(name: str, figures: Sequence[Figure], translate: Translate, subtitle: str, help_text: str) -> Frame:
    """Title, then whose figures these are, the caller's words, and whether they are provisional."""
    units = {figure.unit.id: figure.unit.name for figure in figures}
    parts = [*units.values()] if len(units) == 1 else []
    parts += [subtitle] if subtitle else []
    if any(Note.PROVISIONAL in figure.shown.notes for figure in figures):
        parts.append(translate(NOTES[Note.PROVISIONAL]))
    asked = ", ".join(sorted({figure.questionnaire for figure in figures})) or "–"
    source = translate(SOURCE, style=translate(STYLE), questionnaire=asked)
    return Frame(translate(TITLES[name]), " · ".join(parts), f"{source} {help_text}".strip())


def _labels(figures: Sequence[Figure], translate: Translate, language: str) -> list[str]:
    return [
        f"{figure.key}. {words}" if figure.key else words
        for figure, words in ((figure, label(figure, translate, language)) for figure in figures)
    ]


def nothing(frame: Frame, translate: Translate, fmt: Format) -> bytes:
    """A sheet that says that there is nothing, for a file that is asked for by name."""
    head = frame.head(WIDTH)
    sheet: Canvas = canvas(WIDTH, head + 0.6 + frame.foot(WIDTH))
    frame.write(sheet)
    sheet.write(MARGIN, head + 0.2, translate(NOTHING), BODY)
    return saved(sheet, fmt, frame.title)


BY_NAME = {"overview": overview, "factors": factors, "levels": levels, "trend": trend}
