"""Files made from frozen figures alone: the same stored text gives the same bytes, whatever was answered since."""

from dataclasses import dataclass

from survey.domain.figures import Beside, Figure
from survey.domain.frozen import Snapshot
from survey.domain.questionnaire import Version
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.reports import csv_files, workbook
from survey.reports.rows import RatesBook
from survey.wording import N_, Translate
from survey.wording.freezing import ORIGINAL, SUPPLEMENT

TITLE = N_("Tỷ lệ hài lòng – %(unit)s – %(standing)s")


@dataclass(frozen=True, slots=True)
class Part:
    """What of a snapshot goes into the file: figures of one unit of it, and what stands beside its overall rate."""

    snapshot: Snapshot
    version: Version
    unit: Unit
    figures: tuple[Figure, ...]
    beside: Beside | None


def content(part: Part, fmt: str, translate: Translate, language: str) -> bytes:
    """The file, "csv" or "xlsx". Its cut-off is the moment of the freeze."""
    if fmt == "csv":
        return csv_files.rates(part.figures, translate, language)
    snapshot = part.snapshot
    standing = translate(ORIGINAL) if snapshot.follows is None else translate(SUPPLEMENT, number=snapshot.number)
    book = RatesBook(
        title=translate(TITLE, unit=part.unit.name, standing=standing),
        selection=Selection(part.version, snapshot.named.period),
        figures=part.figures,
        cut_off=snapshot.at,
        minimums=snapshot.minimums,
        beside=part.beside,
    )
    return workbook.rates(book, translate, language)
