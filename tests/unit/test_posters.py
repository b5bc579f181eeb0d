"""Posters: the code leads where it should, names stand whole, both languages are there, a page a poster."""

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import date

import pytest
from babel.messages.pofile import read_po

from survey.config import ROOT
from survey.domain import posters as rules
from survey.domain.points import PointKind
from survey.domain.posters import PaperSize, Poster
from survey.domain.units import Unit, UnitKind
from survey.reports import posters
from survey.wording.posters import PosterLines, lines
from tests.support import scanners

TODAY = date(2026, 11, 24)
HOST = "https://khaosat.hanoi.gov.vn"
LONG = (
    "Trung tâm Phục vụ hành chính công thành phố Hà Nội – Chi nhánh số 12, điểm tiếp nhận và trả kết quả hồ sơ tại "
    "trụ sở Ủy ban nhân dân phường Hoàng Liệt và các phường lân cận được sắp xếp lại"
)
LONG_HOST = "https://khaosat-hailong.trungtamphucvuhanhchinhcong.hanoi.gov.vn:8443/phan-anh"
MARKUP = 'Xã "A\\B" #emph[x] $x^2$ @ref *đậm* _nghiêng_ <lb> // `mã` #panic()'
PAPER = {PaperSize.A4: (210, 297), PaperSize.A5: (148, 210)}
LEAST_SIDE = {PaperSize.A4: 90, PaperSize.A5: 63}  # millimetres; A5 is A4 over √2


@dataclass(frozen=True)
class Place:
    code: str
    unit: Unit
    kind: PointKind = PointKind.POSTER
    label: str = "Bảng mã QR tại Bộ phận Một cửa"


def unit(name: str = "Phường Cầu Giấy", end: date | None = None) -> Unit:
    return Unit(1, "00166", name, UnitKind.COMMUNE, (1,), None, end, name)


def poster(name: str = "Phường Cầu Giấy", host: str = HOST, code: str = "K7QAMX", label: str = "Quầy 1") -> Poster:
    return rules.poster(Place(code, unit(name), label=label), host)


@pytest.fixture(scope="module")
def spoken() -> tuple[PosterLines, ...]:
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale="en")

    def english(message: str, /, **values: object) -> str:
        return str(catalogue[message].string) % values

    return lines(lambda message, /, **values: message % values, "vi"), lines(english, "en")


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize(("name", "host"), [("Phường Cầu Giấy", HOST), (LONG, LONG_HOST), (MARKUP, HOST)])
def test_the_code_leads_to_the_point(spoken: tuple[PosterLines, ...], size: PaperSize, name: str, host: str) -> None:
    content = posters.pdf([poster(name, host)], size, spoken)
    (picture,) = scanners.of_pdf(content)
    assert scanners.scanned(picture) == [f"{host}/p/K7QAMX"]
    assert scanners.side(picture) >= LEAST_SIDE[size]
    assert scanners.paper_of(content) == {PAPER[size]}


def test_the_code_is_read_although_a_corner_of_it_is_torn_off(spoken: tuple[PosterLines, ...]) -> None:
    (picture,) = scanners.of_pdf(posters.pdf([poster()], PaperSize.A4, spoken))
    width, height = picture.size
    centre = (int(width * 0.52), int(height * 0.46), int(width * 0.62), int(height * 0.53))
    picture.paste((255, 255, 255), centre)
    assert scanners.scanned(picture) == [f"{HOST}/p/K7QAMX"]


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("name", ["Xã Đoài Phương", "Phường Hoàng Liệt", "Ẩ ẫ ỡ ự ỹ ặ ề", LONG, MARKUP])
def test_the_sheet_has_the_name_whole_and_both_languages(
    spoken: tuple[PosterLines, ...], size: PaperSize, name: str
) -> None:
    (text,) = scanners.text_of(posters.pdf([poster(name)], size, spoken))
    assert unicodedata.normalize("NFC", text).startswith(name)
    for line in spoken:
        for sentence in (line.question, line.scan, line.type, line.anonymity):
            assert sentence in text
    assert "khaosat.hanoi.gov.vn/p/K7QAMX" in text
    assert text.endswith("Quầy 1")


def test_the_languages_differ(spoken: tuple[PosterLines, ...]) -> None:
    vietnamese, english = spoken
    assert vietnamese.scan.startswith("Quét mã bằng điện thoại")
    assert english.scan.startswith("Scan the code with your phone")


@pytest.mark.parametrize("size", PaperSize)
def test_nothing_runs_over_an_edge_or_to_a_second_page(spoken: tuple[PosterLines, ...], size: PaperSize) -> None:
    worst = poster(LONG, LONG_HOST, label="Ẩ" * 60 + " " + "Ộ" * 59)
    (picture,) = scanners.of_pdf(posters.pdf([worst], size, spoken))
    inked = picture.convert("L").point(lambda shade: 255 - shade).getbbox()
    assert inked is not None
    margin = 0.04 * picture.width
    assert inked[0] >= margin
    assert inked[2] <= picture.width - margin
    assert inked[3] <= picture.height - margin


def test_many_posters_are_a_page_each_in_their_order(spoken: tuple[PosterLines, ...]) -> None:
    many = [poster(f"Phường số {number}", code=f"K7Q{number:03}") for number in range(126)]
    pages = scanners.text_of(posters.pdf(many, PaperSize.A4, spoken))
    assert [page.split(" Ông/Bà")[0] for page in pages] == [each.unit for each in many]


def test_the_same_posters_are_the_same_bytes(spoken: tuple[PosterLines, ...]) -> None:
    for make in (posters.pdf, posters.svg_archive):
        assert make([poster()], PaperSize.A5, spoken) == make([poster()], PaperSize.A5, spoken)


def test_many_pictures_come_in_a_zip(spoken: tuple[PosterLines, ...]) -> None:
    content = posters.svg_archive([poster(), poster(code="M4XNHR")], PaperSize.A5, spoken)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["K7QAMX_a5.svg", "M4XNHR_a5.svg"]
        assert all(archive.read(name).startswith(b"<svg") for name in archive.namelist())


def test_only_an_open_poster_point_has_a_sheet() -> None:
    assert rules.has_poster(Place("A", unit()), TODAY)
    assert not rules.has_poster(Place("A", unit(end=date(2025, 6, 30))), TODAY)
    for kind in set(PointKind) - {PointKind.POSTER}:
        assert not rules.has_poster(Place("A", unit(), kind), TODAY)


def test_a_label_that_repeats_the_unit_is_left_out() -> None:
    assert poster(label="Phường Cầu Giấy").label == ""


@pytest.mark.parametrize(
    ("url", "out_of_reach"),
    [
        ("http://127.0.0.1:5000", True),
        ("http://[::1]", True),
        ("http://localhost:8000", True),
        ("http://khaosat", True),
        ("http://may-chu.local", True),
        ("http://192.168.1.7", True),
        ("https://113.160.22.1", False),
        ("https://khaosat.hanoi.gov.vn/phieu", False),
    ],
)
def test_an_address_of_this_house_is_out_of_reach(url: str, out_of_reach: bool) -> None:
    assert rules.is_out_of_reach(url) is out_of_reach
