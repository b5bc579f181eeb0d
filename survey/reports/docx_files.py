"""A report as DOCX, for staff to go on writing: real headings, headers that repeat, pictures with words."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from survey.reports import progress
from survey.reports.document import Column, Document, Heading, Letterhead, PageBreak, Part, Picture, Table, Text
from survey.reports.heat_chart import DARK_FROM, SHADES

FONT = "Times New Roman"  # that of Vietnamese letters (Decree 30/2020), on every machine with Word
BODY, LETTER, SMALL = 13, 12, 10  # points
HEADINGS = {1: 16, 2: 14}
WIDTH, TALLEST = 16.0, 22.5  # centimetres between the margins, and of a picture under a heading
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)  # the least that a ZIP can say


def written(document: Document, moment: datetime) -> bytes:
    """The DOCX; the same document and moment give the same bytes."""
    import docx

    file = docx.Document()
    _properties(file, document, moment)
    _styles(file, document.language)
    _footer(file, document)
    _head(file, document.letterhead)
    for part in document.answer:
        _add(file, part)
    _end(file, document.letterhead)
    for part in progress.each(document.parts):
        _add(file, part)
    output = io.BytesIO()
    file.save(output)
    return _timeless(output.getvalue())


def _properties(file: Any, document: Document, moment: datetime) -> None:
    plain = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core = file.core_properties
    core.title, core.author, core.language = document.title, document.author, document.language
    core.comments, core.created, core.modified = "", plain, plain


def _styles(file: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    sizes = [("Normal", BODY), *((f"Heading {level}", size) for level, size in HEADINGS.items())]
    for name, size in sizes:
        style = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "vi-VN" if language == "vi" else "en-GB")
    file.styles["Normal"].element.get_or_add_rPr().append(spoken)


def _footer(file: Any, document: Document) -> None:
    """Words and the page numbers as fields, which Word counts itself."""
    from docx.shared import Pt

    file.styles["Footer"].font.size = Pt(SMALL)  # of the numbers too, which Word makes itself
    line = file.sections[0].footer.paragraphs[0]
    for piece in _pieces(f"{document.footer} · {document.page}"):
        run = line.add_run("" if piece in ("{page}", "{pages}") else piece)
        _small(run)
        if piece in ("{page}", "{pages}"):
            _field(run, "PAGE" if piece == "{page}" else "NUMPAGES")


def _pieces(text: str) -> list[str]:
    before, _, rest = text.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return [before, "{page}", between, "{pages}", after]


def _field(run: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "instruction", "end"):
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.text = name
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _head(file: Any, head: Letterhead) -> None:
    grid = file.add_table(rows=2, cols=2)
    grid.autofit = False
    texts = (
        (((head.above, False), (head.office, True)), ((head.nation, True), (head.motto, True))),
        (((head.number, False),), ((head.day, False),)),
    )
    for cells, row in zip(texts, grid.rows, strict=True):
        for lines, cell in zip(cells, row.cells, strict=True):
            _centred(cell, lines)
    _widths(grid, (1.0, 1.6))
    file.add_paragraph()
    for text in (head.kind, head.subject):
        _line(file.add_paragraph(), text, bold=True, centre=True)


def _end(file: Any, head: Letterhead) -> None:
    file.add_paragraph()
    grid = file.add_table(rows=1, cols=2)
    grid.autofit = False
    left, right = grid.rows[0].cells
    _line(left.paragraphs[0], head.recipients, bold=True)
    for text in head.recipient_lines:
        _line(left.add_paragraph(), text)
    _centred(right, ((head.signer, True), (head.signature, False)))
    _widths(grid, (1.0, 1.35))


def _centred(cell: Any, lines: tuple[tuple[str, bool], ...]) -> None:
    for number, (text, bold) in enumerate(lines):
        _line(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), text, bold=bold, centre=True)


def _line(paragraph: Any, text: str, *, bold: bool = False, centre: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(LETTER)
    paragraph.paragraph_format.space_after = Pt(2)
    if centre:
        paragraph.alignment = 1


def _add(file: Any, part: Part) -> None:
    if isinstance(part, Heading):
        file.add_heading(part.text, part.level)
    elif isinstance(part, Text):
        file.add_paragraph().add_run(part.text).bold = part.lead
    elif isinstance(part, Picture):
        _picture(file, part)
    elif isinstance(part, PageBreak):
        file.add_page_break()
    else:
        _table(file, part)


def _picture(file: Any, part: Picture) -> None:
    from docx.shared import Cm

    shape = file.add_picture(io.BytesIO(part.draw("png")), width=Cm(WIDTH))
    if shape.height > Cm(TALLEST):  # nothing is cut
        shape.width, shape.height = round(shape.width * Cm(TALLEST) / shape.height), Cm(TALLEST)
    properties = shape._inline.docPr
    properties.set("descr", part.words)
    properties.set("title", part.words)


def _table(file: Any, part: Table) -> None:
    if part.title:
        _title(file.add_paragraph(), part.title)
    headed = any(column.name for column in part.columns)
    rows = ([tuple(column.name for column in part.columns)] if headed else []) + list(part.rows)
    grid = file.add_table(rows=len(rows), cols=len(part.columns), style="Table Grid")
    grid.autofit = False
    for number, (texts, row) in enumerate(zip(rows, grid._tbl.tr_lst, strict=True)):
        head = headed and number == 0
        _row(row, head)
        steps = part.shades[number - headed] if part.shades and not head else (None,) * len(texts)
        for text, cell, column, step in zip(texts, row.tc_lst, part.columns, steps, strict=True):
            _cell(cell, text, column, step, head=head)
    _widths(grid, tuple(column.width for column in part.columns))


def _title(paragraph: Any, text: str) -> None:
    """Above a table, away from what stands before it and on the same page as its first row."""
    from docx.shared import Pt

    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(12), Pt(4)


def _row(row: Any, head: bool) -> None:
    """A row is not torn apart by a page; that of the headings is repeated on each."""
    from docx.oxml import OxmlElement

    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _cell(cell: Any, text: str, column: Column, step: int | None, *, head: bool) -> None:
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(cell.p_lst[0], cell)
    run = paragraph.add_run(text)
    run.bold = head
    _small(run)
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[column.align.upper()]
    colour = "E2EFEE" if head else None if step is None else SHADES[step].lstrip("#")
    if colour is not None:
        shading = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
            shading.set(qn(f"w:{name}"), value)
        cell.get_or_add_tcPr().append(shading)
    if step is not None and step >= DARK_FROM:
        run.font.color.rgb = RGBColor(255, 255, 255)


def _small(run: Any) -> None:
    from docx.shared import Pt

    run.font.size = Pt(SMALL)


def _widths(grid: Any, shares: tuple[float, ...]) -> None:
    """Fixed widths, in the columns and in every cell: Word reads the one, others the other."""
    from docx.shared import Cm

    widths = [Cm(WIDTH * share / sum(shares)) for share in shares]
    for column, width in zip(grid._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for row in grid._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def _timeless(content: bytes) -> bytes:
    """The same archive without the moment of its making."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _NO_MOMENT), old.read(name), zipfile.ZIP_DEFLATED)
    return output.getvalue()
