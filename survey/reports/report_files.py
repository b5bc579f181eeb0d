"""A report in each of its formats, and its pictures in an archive. The same values give the same bytes."""

import io
import zipfile

from survey.reports import docx_files, full_workbook, pdf_files, report_pictures
from survey.reports.report import Report, document
from survey.wording import Translate

FORMATS = ("pdf", "docx", "xlsx", "zip")
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)  # the least that a ZIP can say


def content(report: Report, fmt: str, translate: Translate, language: str) -> bytes:
    """The file, in one of `FORMATS`."""
    if fmt == "zip":
        return _pictures(report, translate, language)
    if fmt == "xlsx":
        return full_workbook.made(report, translate, language)
    found = document(report, translate, language)
    return pdf_files.written(found) if fmt == "pdf" else docx_files.written(found, report.book.cut_off)


def _pictures(report: Report, translate: Translate, language: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, _, draw in report_pictures.drawings(report.figures, report.asked, translate, language):
            archive.writestr(zipfile.ZipInfo(f"{name}.png", _NO_MOMENT), draw("png"), zipfile.ZIP_STORED)
    return output.getvalue()
