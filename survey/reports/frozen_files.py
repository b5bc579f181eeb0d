"""Files made from frozen figures alone: the same stored text gives the same bytes, whatever was answered since.

Whoever asks for a file, by page or by command, gets it from here: nothing of the live catalogue goes into it.
"""

from dataclasses import dataclass

from survey.domain.figures import Figure, UnitFigures
from survey.domain.frozen import Snapshot
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.queries import report_figures
from survey.reports.report import Report
from survey.reports.rows import RatesBook, Seal
from survey.wording import N_, Translate, asked

TITLE = N_("Tỷ lệ hài lòng – %(unit)s – %(standing)s")
LANGUAGE = "vi"  # of a file whose address names no language, whoever reads it


@dataclass(frozen=True, slots=True)
class Part:
    """What of a snapshot goes into the file: one unit of it, and how the rows of a table are split.

    `sha256` is the hash of the whole snapshot; `whole` adds a part on every unit below to a report.
    """

    snapshot: Snapshot
    version: Version
    own: UnitFigures
    sha256: str
    split: str | None = None
    whole: bool = False

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.snapshot.rows(self.own, self.split)


def content(part: Part, fmt: str, translate: Translate, language: str) -> bytes:
    """The file: "csv", "xlsx", "pdf", "docx" or "zip". Its cut-off is the moment of the freeze.

    Without a split the workbook is that of the whole report, as it is with live figures.
    """
    from survey.reports import csv_files, report_files, workbook  # the process of citizens knows a `Part` without them

    if fmt == "csv":
        return csv_files.rates(part.figures, translate, language)
    if fmt == "xlsx" and part.split is not None:
        return workbook.rates(_book(part, translate), translate, language)
    return report_files.content(report(part, translate, language), fmt, translate, language)


def report(part: Part, translate: Translate, language: str) -> Report:
    """The report of frozen figures: no dossiers, no period before, for these are not frozen."""
    book = _book(part, translate)
    figures = report_figures.frozen(part.snapshot, part.own)
    return Report(book, figures, asked.line(book.selection, language, translate), whole=part.whole)


def _book(part: Part, translate: Translate) -> RatesBook:
    snapshot, seal = part.snapshot, Seal(part.snapshot.number, part.sha256)
    return RatesBook(
        title=translate(TITLE, unit=part.own.unit.name, standing=seal.standing(translate)),
        selection=Selection(part.version, snapshot.named.period),
        figures=part.figures,
        cut_off=snapshot.at,
        minimums=snapshot.minimums,
        beside=part.own.beside if part.split is None else None,
        seal=seal,
    )
