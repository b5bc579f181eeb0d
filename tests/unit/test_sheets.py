"""Files as people really have them: encodings, separators, spreadsheets, and broken ones."""

import contextlib
import io
import zipfile
from datetime import date, datetime

import pytest

from survey.domain.catalogue import UNITS
from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import Line, Shape
from survey.services import packed_files, sheets, workbooks
from tests.support.files import UNIT_HEADER, units_csv, xlsx

PAIRS = Shape(("code", "name"), frozenset({"code"}))


def cells(content: bytes, shape: Shape = PAIRS) -> list[dict[str, str]]:
    lines = sheets.table(content, shape)
    assert [line.problems for line in lines] == [()] * len(lines)
    return [dict(line.cells) for line in lines]


def refusal(content: bytes, shape: Shape = PAIRS) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as raised:
        sheets.table(content, shape)
    return raised.value.problems


def line_problems(content: bytes) -> list[tuple[int, str]]:
    return [(line.number, problem.code) for line in sheets.table(content, PAIRS) for problem in line.problems]


@pytest.mark.parametrize(
    "content",
    [
        "code,name\n001,Hòa Bình\n".encode(),
        "\ufeffcode,name\n001,Hòa Bình\n".encode(),
        "code;name\r\n001;Hòa Bình\r\n".encode(),
        "name\tcode\nHòa Bình\t001".encode(),
        'code,name,,\n\n"001","Hòa Bình",,\n , ,,\n'.encode(),
        "Code , NAME\n001,Hòa Bình".encode(),
        xlsx([("code", "name"), ("001", "Hòa Bình")]),
        xlsx([("code", "name", None), (None, None), ("001", "Hòa Bình", None)]),
    ],
)
def test_every_ordinary_form_of_a_table_reads_alike(content: bytes) -> None:
    assert cells(content) == [{"code": "001", "name": "Hòa Bình"}]


def test_a_line_has_the_number_that_an_editor_shows() -> None:
    content = b'code,name\n1,"two\nlines"\n\n2,x\n'
    assert [line.number for line in sheets.table(content, PAIRS)] == [2, 5]
    book = xlsx([("code", "name"), ("1", "x"), (), ("2", "y")])
    assert [line.number for line in sheets.table(book, PAIRS)] == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(encoding: str) -> None:
    assert refusal("code,name\n001,Hòa\n".encode(encoding)) == (Problem("file", "encoding_utf16"),)


def test_windows_1258_is_named_with_line_and_byte() -> None:
    # ờ in Windows-1258 is ơ, then the tone as a mark of its own
    content = "code,name\n001,Ba\n002,Phươ\u0300ng\n".encode("cp1258")
    expected = Problem("line 3", "encoding_bad", {"position": 7, "byte": "0xFD", "guess": "Windows-1258"})
    assert refusal(content) == (expected,)


def test_windows_1252_is_named_with_line_and_byte_also_behind_a_mark() -> None:
    content = "code,name\n001,Hòa".encode("cp1252")
    expected = Problem("line 2", "encoding_bad", {"position": 6, "byte": "0xF2", "guess": "Windows-1252"})
    assert refusal(content) == (expected,)
    assert refusal(b"\xef\xbb\xbf" + content) == (expected,)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("file", "file_empty")),
        (b"\xef\xbb\xbf\n \n", ("file", "file_empty")),
        (b"code,name\n", ("file", "no_lines")),
        (b"code\n1\n", ("line 1", "column_missing")),
        (b"code,name,nmae\n1,2,3\n", ("line 1", "column_unknown")),
        (b"code,,name\n1,2,3\n", ("line 1", "column_unknown")),
        (b"code,name,Code\n1,2,3\n", ("line 1", "column_twice")),
        (b'code,name\n1,x\n2,"open\n', ("line 3", "csv_broken")),
        (b'code,name\n1,"x"y\n', ("line 2", "csv_broken")),
        (b"code,name\n1," + b"x" * 200_000, ("line 2", "csv_broken")),
        (b"x" * (sheets.LARGEST_FILE + 1), ("file", "file_too_large")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("file", "old_excel")),
        (xlsx([]), ("file", "file_empty")),
        (xlsx([("code", "name")]), ("file", "no_lines")),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_its_reason(content: bytes, expected: tuple[str, str]) -> None:
    assert [(problem.path, problem.code) for problem in refusal(content)] == [expected]


def test_every_fault_of_a_header_is_told_at_once() -> None:
    found = refusal(b"code,nmae,code\n1,2,3\n")
    assert [problem.code for problem in found] == ["column_missing", "column_unknown", "column_twice"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1", "cells_wrong"),
        ("1,2,3", "cells_wrong"),
        ("1,a\x00b", "character_bad"),
        ("1,a\x1bb", "character_bad"),
        ("1,a\u200bb", "character_bad"),
        ("1,a\u202eb", "character_bad"),
        ("1,a\ufffdb", "character_bad"),
        ("1\x85,a", "character_bad"),
    ],
)
def test_cells_that_are_no_text_are_told_by_line(line: str, code: str) -> None:
    assert line_problems(f"code,name\n0,ok\n{line}\n".encode()) == [(3, code)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((1, "x"), "cell_number"),
        ((1.001193, "x"), "cell_number"),
        (("=A1", "x"), "cell_formula"),
        (("1", "=1+1"), "cell_formula"),
        (("1", "#N/A"), "cell_error"),
        (("1", True), "cell_value"),
        (("1", "x", "more"), "cells_wrong"),
    ],
)
def test_what_a_spreadsheet_made_of_a_cell_is_told_by_line(row: tuple[object, ...], code: str) -> None:
    assert line_problems(xlsx([("code", "name"), row])) == [(2, code)]


def test_dates_and_numbers_of_a_spreadsheet_read_as_text() -> None:
    header = ("code", "name")
    rows = [
        header,
        ("1", date(2025, 7, 1)),
        ("2", datetime.fromisoformat("2025-07-01")),
        ("3", 92.76),
        ("4", 85),
        ("5", 85.0),
    ]
    assert [line["name"] for line in cells(xlsx(rows))] == ["2025-07-01", "2025-07-01", "92.76", "85", "85"]


@pytest.mark.parametrize("cut", [10, 100, 1000, -30])
def test_a_cut_off_workbook_is_broken(cut: int) -> None:
    assert refusal(xlsx([("code", "name"), ("1", "x")])[:cut]) == (Problem("file", "xlsx_broken"),)


def test_a_damaged_workbook_is_broken() -> None:
    whole = xlsx([("code", "name"), *((str(number), "x") for number in range(100))])
    for place in range(40, len(whole), 97):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with contextlib.suppress(InvalidError):  # any other error fails
            sheets.table(damaged, PAIRS)


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


def test_another_zip_is_no_workbook() -> None:
    assert refusal(archive(a=b"b")) == (Problem("file", "xlsx_broken"),)


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = archive(bomb=bytes(packed_files.LARGEST_CONTENT + 1))
    assert len(bomb) < 100_000
    assert [problem.code for problem in refusal(bomb)] == ["xlsx_too_large"]


def with_sheet(xml: bytes) -> bytes:
    """A sound workbook with another inside of its sheet."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([("code", "name"), ("1", "x")]))) as whole,
        zipfile.ZipFile(content, "w") as file,
    ):
        for name in whole.namelist():
            file.writestr(name, xml if name.endswith("sheet1.xml") else whole.read(name))
    return content.getvalue()


KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SHARED = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % KIND


def with_part(name: str, xml: bytes) -> bytes:
    """A sound workbook with another part of that name; shared texts are announced."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([("code", "name"), ("1", "x")]))) as whole,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        parts = {each: whole.read(each) for each in whole.namelist()}
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", SHARED)
        for each, inside in {"xl/sharedStrings.xml": b"<sst/>", **parts, name: xml}.items():
            file.writestr(each, inside)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "begins", "element", "ends", "times"),
    [
        ("xl/styles.xml", "<styleSheet {0}><cellXfs>", "<xf/>", "</cellXfs></styleSheet>", 300_000),
        ("[Content_Types].xml", "<Types>", '<Default Extension="a" ContentType="b"/>', "</Types>", 30_000),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet {0}><sheetData><row>",
            "<c/>",
            "</row></sheetData></worksheet>",
            60_000,
        ),
        ("xl/worksheets/sheet1.xml", "<worksheet {0}><sheetData>", "<x/>", "</sheetData></worksheet>", 60_000),
        ("xl/sharedStrings.xml", "<sst {0}><si>", "<t/>", "</si></sst>", 60_000),
        ("xl/sharedStrings.xml", "<sst {0}>", "<si/>", "</sst>", 1_000_001),
    ],
)
def test_what_would_not_fit_into_memory_is_refused(name: str, begins: str, element: str, ends: str, times: int) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    bomb = with_part(name, (begins.format(space) + element * times + ends).encode())
    assert len(bomb) < 20_000
    assert [problem.code for problem in refusal(bomb)] == ["xlsx_too_large"]


def test_a_sheet_of_entities_within_entities_is_broken() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><worksheet><sheetData>&l9;</sheetData></worksheet>'
    assert [problem.code for problem in refusal(with_sheet(xml.encode()))] == ["xlsx_broken"]


def test_a_workbook_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    rows = [("code", "name"), ("1", "x"), ("2", "y")]
    assert [problem.code for problem in refusal(xlsx(rows))] == ["too_many_lines"]


def test_a_row_that_claims_to_be_far_down_is_refused_soon() -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    row = '<row r="1000000000"><c r="A1000000000" t="inlineStr"><is><t>x</t></is></c></row>'
    xml = f"<worksheet {space}><sheetData>{row}</sheetData></worksheet>"
    assert [problem.code for problem in refusal(with_sheet(xml.encode()))] == ["too_many_lines"]


def test_the_columns_of_units_may_stand_in_any_order() -> None:
    header = ",".join(reversed(UNIT_HEADER.split(",")))
    turned = f"{header}\nB C,2025-06-30,,HN,district,Một,001\n".encode()
    straight = units_csv("001,Một,district,HN,,2025-06-30,B C")
    assert cells(turned, UNITS) == cells(straight, UNITS)


def test_a_line_keeps_the_text_of_its_bad_cells() -> None:
    (line,) = sheets.table(xlsx([("code", "name"), (7, "x")]), PAIRS)
    assert line == Line(2, {"code": "7", "name": "x"}, line.problems)
