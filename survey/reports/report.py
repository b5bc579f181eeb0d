"""The report of a unit, or of a unit with all below it: answer first, then pictures, tables, units, and the method."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.domain.disclosure import Note
from survey.domain.figures import Figure
from survey.domain.rates import Verdict
from survey.queries.report_figures import ReportFigures
from survey.reports import method_sheet, report_pictures, report_tables
from survey.reports.document import Document, Heading, Letterhead, PageBreak, Part, Text
from survey.reports.rows import RatesBook
from survey.wording import Translate, asked, numbers, pages
from survey.wording import documents as words
from survey.wording.figures import EXPLANATIONS, NOTES, VERDICTS
from survey.wording.reports import STYLE
from survey.wording.standing import SURE_HIGHEST, SURE_LOWEST
from survey.wording.units import GROUPS


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made from. `asked` says period and filters in the reader's language.

    `whole` adds a part on each unit below.
    """

    book: RatesBook
    figures: ReportFigures
    asked: str
    whole: bool = False


def document(report: Report, translate: Translate, language: str) -> Document:
    """The report in the reader's language."""
    unit, period = report.figures.unit.name, asked.span(report.book.selection.period)
    return Document(
        language=language,
        title=report.book.title,
        letterhead=_letterhead(report, translate),
        answer=tuple(_answer(report, translate, language)),
        parts=tuple(_parts(report, translate, language)),
        page=translate(words.PAGE, page="{page}", pages="{pages}"),
        footer=translate(words.FOOTER, unit=unit, period=period),
    )


def _letterhead(report: Report, translate: Translate) -> Letterhead:
    unit, period = report.figures.unit.name, asked.period(report.book.selection.period, translate)
    return Letterhead(
        above=translate(words.OFFICE_ABOVE),
        office=unit.upper(),
        nation=translate(words.NATION),
        motto=translate(words.MOTTO),
        number=translate(words.NUMBER),
        day=translate(words.DAY),
        kind=translate(words.REPORT),
        subject=translate(words.SUBJECT, unit=unit, period=period),
        recipients=translate(words.RECIPIENTS),
        recipient_lines=tuple(translate(line) for line in words.RECIPIENT_LINES),
        signer=translate(words.SIGNER),
        signature=translate(words.SIGNATURE),
    )


def _answer(report: Report, translate: Translate, language: str) -> Iterator[Part]:
    figures = report.figures
    yield Heading(1, translate(words.ANSWER))
    yield Text(sentence(figures.own.overall, translate, language), lead=True)
    yield Text(translate(words.ASKED, asked=report.asked))
    if (seal := report.book.seal) is not None:
        moment = numbers.moment(report.book.cut_off)
        frozen = translate(words.FROZEN, standing=seal.standing(translate), moment=moment, sha256=seal.sha256)
        yield Text(frozen)
    if figures.below:
        yield Text(_counted([found.overall for found in figures.below], translate, language))
        yield from _extremes(figures, translate)
    if Note.PROVISIONAL in figures.own.overall.shown.notes:
        yield _explained(Note.PROVISIONAL, report, translate)
    yield Text(translate(words.NOT_OFFICIAL, style=translate(STYLE)))
    yield report_tables.factors(figures.own, translate, language)


def sentence(figure: Figure, translate: Translate, language: str) -> str:
    """The one sentence on a unit, or why there is none."""
    shown = figure.shown
    if shown.rate is None or shown.target is None or shown.verdict is None:
        return translate(words.NO_ANSWER, unit=figure.unit.name, note=translate(NOTES[shown.notes[0]]))
    return translate(
        pages.HEADLINE,
        rate=numbers.percent(shown.rate, language),
        low=numbers.percent(shown.low or shown.rate, language),
        high=numbers.percent(shown.high or shown.rate, language),
        respondents=numbers.integer(shown.respondents or 0, language),
        target=numbers.percent(shown.target, language),
        verdict=translate(VERDICTS[shown.verdict]),
    )


def _counted(below: Sequence[Figure], translate: Translate, language: str) -> str:
    """How many units reached their target and how many are withheld."""
    parts = [
        f"{numbers.integer(count, language)} {translate(VERDICTS[verdict])}"
        for verdict in Verdict
        if (count := sum(figure.shown.verdict is verdict for figure in below))
    ]
    parts += [
        f"{numbers.integer(count, language)} {translate(NOTES[note])}"
        for note in (Note.TOO_FEW, Note.NO_DATA)
        if (count := sum(note in figure.shown.notes for figure in below))
    ]
    return translate(words.COUNTED, all=numbers.integer(len(below), language), parts=", ".join(parts))


def _extremes(figures: ReportFigures, translate: Translate) -> Iterator[Part]:
    """The highest and the lowest of each group, where there is exactly one."""
    for found in figures.rankings:
        for candidates, message in ((found.highest, SURE_HIGHEST), (found.lowest, SURE_LOWEST)):
            if len(candidates) == 1:
                said = translate(message, unit=candidates[0].figure.unit.name)
                yield Text(f"{translate(GROUPS[found.kind])}. {said}")


def _parts(report: Report, translate: Translate, language: str) -> Iterator[Part]:
    figures = report.figures
    yield PageBreak()
    yield Heading(1, translate(words.PICTURES))
    yield from report_pictures.of(figures, report.asked, translate, language)
    yield PageBreak()
    yield Heading(1, translate(words.TABLES))
    yield from report_tables.of(figures, report.book.minimums, translate, language)
    if report.whole and figures.below:
        yield PageBreak()
        yield Heading(1, translate(words.UNITS))
        for found in figures.below:
            yield Heading(2, found.unit.name)
            yield Text(sentence(found.overall, translate, language))
            if found.overall.shown.rate is not None:
                yield report_tables.factors(found, translate, language)
    yield PageBreak()
    yield Heading(1, translate(words.METHOD))
    yield report_tables.facts(method_sheet.lines(report.book, translate, language))
    noted = _notes(figures)
    if noted:
        yield Heading(2, translate(words.NOTES))
    for note in EXPLANATIONS:
        if note in noted:
            yield _explained(note, report, translate)


def _notes(figures: ReportFigures) -> set[Note]:
    """The notes that stand somewhere in the report: no other needs an explanation."""
    own = figures.own
    every = (*(found.overall for found in figures.every), *own.factors, *own.items, *own.months)
    parts = (figure for found in figures.below for figure in found.factors)
    return {note for figure in (*every, *parts) for note in figure.shown.notes}


def _explained(note: Note, report: Report, translate: Translate) -> Text:
    least = report.book.minimums
    message = translate(EXPLANATIONS[note], shown=least.shown, full=least.full)
    return Text(f"{asked.begun(translate(NOTES[note]))}: {message}")
