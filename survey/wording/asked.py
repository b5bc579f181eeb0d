"""What was asked for, in words: a period as one says it, and period, questionnaire and filters in one line."""

from survey.domain import named_periods
from survey.domain.periods import Month, Period
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.wording import N_, Translate, numbers
from survey.wording.figures import CHANNELS

NO_BREAK = "\u00a0"  # "quý 3 năm 2026" is not torn apart at the end of a line
FLAGGED = N_("Tính cả phiếu bị tạm loại")
_MONTH, _QUARTER, _YEAR = N_("tháng %(month)s"), N_("quý %(quarter)s năm %(year)s"), N_("năm %(year)s")
_MONTHS = N_("từ tháng %(start)s đến tháng %(end)s")
_DAYS = N_("từ ngày %(start)s đến ngày %(end)s")
_LATER = N_("%(title)s (phiên bản %(number)s)")


def period(found: Period, translate: Translate) -> str:
    """A period within a sentence: "tháng 11/2026", "quý 3 năm 2026", "từ tháng 12/2025 đến tháng 11/2026"."""
    if found != found.whole_months:
        return translate(_DAYS, start=numbers.day(found.start), end=numbers.day(found.end))
    start, end = numbers.month(Month.of(found.start)), numbers.month(Month.of(found.end))
    name = named_periods.name_of(found)
    if name is None:
        return translate(_MONTHS, start=start, end=end)
    year, _, rest = name.partition("-")
    if rest.startswith("Q"):
        words = translate(_QUARTER, quarter=rest[1:], year=year)
    else:
        words = translate(_MONTH, month=start) if rest else translate(_YEAR, year=year)
    return words.replace(" ", NO_BREAK)


def questionnaire(version: Version, language: str, translate: Translate) -> str:
    """Its title; from the second version on with the number, as versions often share a title."""
    title = version.title.get(language)
    return title if version.number == 1 else translate(_LATER, title=title, number=version.number)


def line(selection: Selection, language: str, translate: Translate, procedure: str = "") -> str:
    """Period, questionnaire and what else is chosen; `procedure` is the name of the chosen one."""
    channel = "" if selection.channel is None else translate(CHANNELS[selection.channel])
    parts = (
        span(selection.period),
        questionnaire(selection.version, language, translate),
        channel,
        procedure or selection.procedure or "",
        translate(FLAGGED) if selection.flagged else "",
    )
    return " · ".join(filter(None, parts))


def span(found: Period) -> str:
    """A period in short: 11/2026, 12/2025 – 11/2026, or days where it is no whole months."""
    if found != found.whole_months:
        return f"{numbers.day(found.start)} – {numbers.day(found.end)}"
    start, end = numbers.month(Month.of(found.start)), numbers.month(Month.of(found.end))
    return start if start == end else f"{start} – {end}"


def begun(words: str) -> str:
    """The words as they begin a sentence, a cell or a line: with a capital."""
    return f"{words[:1].upper()}{words[1:]}"
