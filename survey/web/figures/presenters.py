"""Figures as a template shows them: numbers written in the reader's language, sentences, places in pictures."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext

from survey.domain import rates
from survey.domain.access import Grant
from survey.domain.disclosure import Minimums, Note, Shown
from survey.domain.figures import Beside, Figure
from survey.domain.rates import NEEDED_LIMIT, Verdict
from survey.domain.units import Unit, UnitKind
from survey.web.figures import pictures
from survey.web.figures.filters import Sort
from survey.web.figures.pictures import Axis, Bar
from survey.web.language import current
from survey.wording import Translate, numbers, pages
from survey.wording.figures import EXPLANATIONS, LEVELS, NOTES, VERDICTS
from survey.wording.roles import DUTIES, ROLES
from survey.wording.units import GROUPS

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, written out. Empty texts where there is nothing to say; `notes` then says why."""

    figure: Figure
    name: str
    respondents: str
    rate: str
    interval: str
    verdict: str
    verdict_code: str
    notes: tuple[str, ...]
    bar: Bar | None

    @property
    def withheld(self) -> bool:
        return self.figure.shown.rate is None

    @property
    def levels(self) -> tuple[str, ...]:
        """Each level's share of the answers."""
        shown = self.figure.shown
        if shown.counts is None or not shown.answers:
            return ()
        return tuple(percent(rates.percent(Fraction(count, shown.answers))) for count in shown.counts)


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer first: a sentence, and what it is made of."""

    row: Row
    sentence: str
    needed: str


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one kind below the chosen one, with how many reached what."""

    title: str
    kind: str
    rows: tuple[Row, ...]
    tally: tuple[tuple[str, str, str], ...]  # code of verdict or note, words, how many


def percent(value: Decimal | None) -> str:
    """Two decimals, or nothing where withheld."""
    return "" if value is None else numbers.percent(value, current())


def target(value: Decimal) -> str:
    """A target without decimals where it has none: 85%, 92,5%."""
    if value == value.to_integral_value():
        return f"{numbers.integer(int(value), current())}%"
    return numbers.percent(value, current())


def row(figure: Figure, scale: Axis, *, alone: bool = True) -> Row:
    """A figure as a line of a table. Where it is not alone, the page says once that all are provisional."""
    shown = figure.shown
    return Row(
        figure=figure,
        name=_name(figure),
        respondents="" if shown.respondents is None else numbers.integer(shown.respondents, current()),
        rate=percent(shown.rate),
        interval="" if shown.low is None else interval(shown),
        verdict="" if shown.verdict is None else translate(VERDICTS[shown.verdict]),
        verdict_code="" if shown.verdict is None else shown.verdict.value,
        notes=tuple(translate(NOTES[note]) for note in shown.notes if alone or note is not Note.PROVISIONAL),
        bar=pictures.bar(shown, scale),
    )


def reading(found: Row) -> str:
    """A figure in a line, as a picture reads it out; why there is none where it is withheld."""
    if found.withheld:
        return f"{found.name}: {' · '.join(found.notes)}"
    named = {"name": found.name, "rate": found.rate, "interval": found.interval, "respondents": found.respondents}
    return translate(pages.READING, **named)


def interval(shown: Shown) -> str:
    """Both bounds."""
    return translate(pages.INTERVAL, low=percent(shown.low), high=percent(shown.high))


def headline(figure: Figure, scale: Axis) -> Headline:
    """The one sentence that a page begins with."""
    shown, found = figure.shown, row(figure, scale)
    if shown.rate is None or shown.target is None:
        return Headline(found, "", "")
    sentence = gettext(
        pages.HEADLINE,
        rate=found.rate,
        low=percent(shown.low),
        high=percent(shown.high),
        respondents=found.respondents,
        target=target(shown.target),
        verdict=found.verdict,
    )
    return Headline(found, sentence, _needed(shown))


def groups(figures: Sequence[Figure], scale: Axis, sort: Sort) -> tuple[Group, ...]:
    """The units by kind, each group in the wanted order."""
    found = []
    for kind in UnitKind:
        members = [figure for figure in figures if figure.unit.kind is kind]
        if members:
            rows = tuple(row(figure, scale, alone=False) for figure in ordered(members, sort))
            found.append(Group(translate(GROUPS[kind]), kind.value, rows, _counted(members)))
    return tuple(found)


def ordered(figures: Iterable[Figure], sort: Sort) -> list[Figure]:
    """By name in Vietnamese order; or by rate or respondents, most first, then by name, the withheld ones last."""
    by_name = sorted(figures, key=lambda figure: figure.unit.sort_key)
    value: dict[Sort, Callable[[Figure], Decimal | int | None]] = {
        Sort.RATE: lambda figure: figure.shown.rate,
        Sort.RESPONDENTS: lambda figure: figure.shown.respondents,
    }
    if sort not in value:
        return by_name
    return sorted(by_name, key=lambda figure: -1 if (found := value[sort](figure)) is None else found, reverse=True)


def besides(beside: Beside) -> tuple[tuple[str, str], ...]:
    """Other sums, each under its own name."""
    return (
        (gettext("Trung bình cộng tỷ lệ các yếu tố"), percent(beside.mean_of_factor_rates)),
        (gettext("Trung bình cộng tỷ lệ các tiêu chí"), percent(beside.mean_of_item_rates)),
        (gettext("Tỷ lệ câu hỏi được trả lời"), percent(beside.share_answered)),
    )


def columns() -> tuple[tuple[str, str, str], ...]:
    """The columns by which the overview can be sorted: key, words, and in which direction."""
    return (
        (Sort.NAME.value, gettext("Đơn vị"), "ascending"),
        (Sort.RATE.value, gettext("Tỷ lệ"), "descending"),
        (Sort.RESPONDENTS.value, gettext("Số phiếu"), "descending"),
    )


def provisional(figures: Iterable[Figure]) -> str:
    """The one sentence for a table whose period is not over; empty when it is."""
    if not any(Note.PROVISIONAL in figure.shown.notes for figure in figures):
        return ""
    return f"{translate(NOTES[Note.PROVISIONAL])}: {translate(EXPLANATIONS[Note.PROVISIONAL])}"


def arrived(forms: int) -> str:
    """How many forms came in today, and when their answers are seen; empty without any."""
    return translate(pages.ARRIVED, forms=numbers.integer(forms, current())) if forms else ""


def explanations(minimums: Minimums) -> tuple[tuple[str, str], ...]:
    """Every note with its sentence."""
    return tuple(
        (translate(NOTES[note]), translate(words, shown=minimums.shown, full=minimums.full))
        for note, words in EXPLANATIONS.items()
    )


def duties(grants: Iterable[Grant], units: Iterable[Unit]) -> tuple[tuple[str, str], ...]:
    """What the reader may do, and where: a role at a unit, with its sentence."""
    names = {unit.id: unit.name for unit in units}
    return tuple(
        (
            translate(pages.ROLE_AT, role=translate(ROLES[grant.role]), unit=names[grant.unit_id]),
            translate(DUTIES[grant.role]),
        )
        for grant in grants
    )


def level_names() -> tuple[str, ...]:
    """The five levels, lowest first."""
    return tuple(translate(name) for name in LEVELS.values())


def closed(unit: Unit) -> str:
    """Until when a unit existed, for the mark beside its name; empty while it is open without end."""
    return "" if unit.valid_to is None else translate(pages.CLOSED, day=numbers.day(unit.valid_to))


def _name(figure: Figure) -> str:
    if figure.month is not None:
        return numbers.month(figure.month)
    return figure.unit.name if figure.label is None else figure.label.get(current())


def _needed(shown: Shown) -> str:
    if shown.needed is None:
        return ""
    if shown.needed.answers is None:
        return translate(pages.NEEDED_MANY, answers=numbers.integer(NEEDED_LIMIT, current()))
    return translate(pages.NEEDED, answers=numbers.integer(shown.needed.answers, current()))


def _counted(figures: Sequence[Figure]) -> tuple[tuple[str, str, str], ...]:
    verdicts = [
        (verdict.value, translate(VERDICTS[verdict]), sum(figure.shown.verdict is verdict for figure in figures))
        for verdict in Verdict
    ]
    notes = [
        (note.value, translate(NOTES[note]), sum(note in figure.shown.notes for figure in figures))
        for note in (Note.TOO_FEW, Note.NO_DATA)
    ]
    return tuple((code, words, numbers.integer(count, current())) for code, words, count in verdicts + notes if count)
