"""Pictures: valid, whole, the same bytes every time. What they look like, people judge."""

import struct
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from babel.messages.pofile import read_po

from survey.config import ROOT
from survey.domain.figures import Figure
from survey.domain.periods import Month
from survey.domain.questionnaire import Text
from survey.domain.units import UnitKind
from survey.reports import canvas, charts, funnel_chart
from survey.wording import Translate
from tests.support import samples
from tests.unit.test_csv_files import vietnamese

LONG = (
    "Văn phòng Đăng ký đất đai và Phát triển quỹ đất thuộc Sở Nông nghiệp và Môi trường thành phố Hà Nội, "
    "Chi nhánh liên quận Bắc Từ Liêm – Nam Từ Liêm"
)
NAMES = (LONG, "Ẩ" * 80, "$x^2$ & <b>Ộ</b>", "Phường Phú Thượng", "Đ")
SVG = "{http://www.w3.org/2000/svg}"


def _long_units() -> tuple[Figure, ...]:
    return tuple(
        replace(figure, unit=samples.unit(number, name))
        for number, (figure, name) in enumerate(zip(samples.overview(), NAMES, strict=True), 1)
    )


def _long_parts() -> tuple[Figure, ...]:
    return tuple(replace(figure, label=Text(name, name)) for figure, name in zip(samples.factors(), NAMES, strict=True))


def _funnel(figures: tuple[Figure, ...], translate: Translate, language: str, fmt: canvas.Format, **more: str) -> bytes:
    return funnel_chart.draw(UnitKind.COMMUNE, figures, translate, language, fmt, **more)


CHARTS: dict[str, tuple[Callable[..., bytes], tuple[Figure, ...]]] = {
    "overview": (charts.overview, samples.overview()),
    "long names": (charts.overview, _long_units()),
    "factors": (charts.factors, samples.factors()),
    "long factors": (charts.factors, _long_parts()),
    "levels": (charts.levels, samples.factors()),
    "long levels": (charts.levels, _long_parts()),
    "trend": (charts.trend, samples.months()),
    "three years": (charts.trend, samples.months(36)),
    "nothing": (charts.levels, ()),
    "all withheld": (charts.levels, samples.factors()[3:]),
    "funnel": (_funnel, samples.overview()),
    "long funnel": (_funnel, tuple(samples.overall(samples.unit(n, LONG), (1, 1, 2, 9, 3 * n)) for n in range(60))),
    "funnel of one": (_funnel, samples.overview()[:1]),
    "126 wards": (charts.overview, tuple(samples.overall(samples.unit(n), (1, 1, 2, 9, n)) for n in range(126))),
}


@pytest.fixture(params=CHARTS)
def drawn(request: pytest.FixtureRequest) -> Callable[..., bytes]:
    function, figures = CHARTS[request.param]
    words = {"vi": vietnamese, "en": _english()}
    return lambda fmt, language="vi": function(figures, words[language], language, fmt, subtitle="01/2026 – 12/2026")


@cache
def _english() -> Translate:
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = {message.id: message.string for message in read_po(file)}

    def english(message: str, /, **values: object) -> str:
        return vietnamese(str(catalogue[message]), **values)

    return english


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[canvas.Canvas]:
    """The sheets that were saved."""
    sheets: list[canvas.Canvas] = []
    original = canvas.saved

    def saved(sheet: canvas.Canvas, fmt: canvas.Format, title: str) -> bytes:
        sheets.append(sheet)
        return original(sheet, fmt, title)

    monkeypatch.setattr(charts, "saved", saved)
    monkeypatch.setattr(funnel_chart, "saved", saved)
    return sheets


@pytest.fixture
def text_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """SVG with its texts as texts instead of outlines."""
    monkeypatch.setitem(canvas.library().rcParams, "svg.fonttype", "none")


def _texts(svg: bytes) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join("".join(text.itertext()).strip() for text in root.iter(f"{SVG}text"))


def test_pictures_are_the_same_bytes_twice(drawn: Callable[..., bytes]) -> None:
    assert drawn("svg") == drawn("svg")
    assert drawn("png") == drawn("png")


def test_a_png_is_a_png_and_an_svg_an_svg(drawn: Callable[..., bytes]) -> None:
    png = drawn("png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width >= canvas.WIDTH * canvas.DPI
    assert 200 < height < 2**15
    root = ElementTree.fromstring(drawn("svg"))
    assert root.tag == f"{SVG}svg"
    assert b"Matplotlib" not in drawn("svg").split(b"?>")[1]
    assert b"dc:date" not in drawn("svg")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_text_leaves_the_sheet_or_covers_another(
    drawn: Callable[..., bytes], kept: list[canvas.Canvas], language: str
) -> None:
    drawn("png", language)
    figure = kept[0].figure
    boxes = []
    for text in _visible(figure):
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.x1, text.get_text()
        assert box.y1 <= figure.bbox.y1, text.get_text()
        boxes.append((text.get_text(), box.shrunk(0.98, 0.9)))
    for index, (words, box) in enumerate(boxes):
        for other_words, other in boxes[index + 1 :]:
            assert not box.overlaps(other), (words, other_words)


def _visible(figure: Any) -> list[Any]:
    from matplotlib.text import Text as Drawn

    figure.canvas.draw()
    return [text for text in figure.findobj(Drawn) if text.get_visible() and text.get_text().strip()]


@pytest.mark.usefixtures("text_mode")
def test_an_overview_says_names_numbers_target_and_source() -> None:
    said = _texts(charts.overview(samples.overview(), vietnamese, "vi", "svg", subtitle="01/2026 – 12/2026"))
    for words in (
        "Tỷ lệ hài lòng của các đơn vị",
        "01/2026 – 12/2026",
        "Phường Văn Miếu – Quốc Tử Giám",
        samples.EVIL_NAME,
        "82,50% · n = 200",
        "ít phiếu",
        "chưa đủ phiếu",
        "chưa có dữ liệu",
        "mục tiêu 85,00%",
        "đạt",
        "chưa đủ căn cứ",
        "theo cách tính SIPAS, mẫu phiếu sipas-2024@1",
    ):
        assert words in said, words
    assert "82.50% · n = 200" in _texts(charts.overview(samples.overview(), vietnamese, "en", "svg"))


@pytest.mark.usefixtures("text_mode")
def test_long_names_are_wrapped_and_whole() -> None:
    said = _texts(charts.overview(_long_units(), vietnamese, "vi", "svg"))
    assert LONG in said
    assert "$x^2$ & <b>Ộ</b>" in said
    assert said.count("Ẩ") == 80


@pytest.mark.usefixtures("text_mode")
def test_levels_hide_the_counts_of_few_people() -> None:
    said = _texts(charts.levels(samples.factors(), vietnamese, "vi", "svg"))
    assert "Phường Ba Đình" in said
    assert "ít phiếu, không nêu từng mức" in said
    assert "66,67% · n = 15" in said
    assert "Rất không hài lòng" in said


@pytest.mark.usefixtures("text_mode")
def test_a_trend_names_months_and_what_is_withheld() -> None:
    said = _texts(charts.trend(samples.months(), vietnamese, "vi", "svg"))
    for words in ("08/2026", "82,50%", "n = 200", "chưa đủ phiếu", "mục tiêu 85,00%", "Phường Ba Đình · tạm tính"):
        assert words in said, words


def test_a_withheld_cell_is_no_mark(kept: list[canvas.Canvas]) -> None:
    withheld = [samples.overall(samples.unit(), (1, 1, 1, 1, 1), month=Month(2026, 8))]
    charts.trend(withheld, vietnamese, "vi", "png")
    axes = kept[0].figure.axes[-1]
    assert [line.get_ydata()[0] for line in axes.lines] == [85.0]  # the target alone


def test_pictures_of_one_report_have_one_axis(kept: list[canvas.Canvas]) -> None:
    """A sure unit and a doubtful one, each in a picture of its own: the same rate stands at the same place."""
    sure, doubtful = (samples.overall(samples.unit(n), c) for n, c in enumerate([(0, 0, 1, 99, 100), (9, 9, 9, 2, 1)]))
    months = [replace(figure, month=Month(2026, 8)) for figure in (sure, doubtful)]
    every = (sure, doubtful, *months)
    for figure in (sure, doubtful):
        charts.overview([figure], vietnamese, "vi", "svg", among=every)
        charts.levels([figure], vietnamese, "vi", "svg", among=every)
    charts.trend(months[:1], vietnamese, "vi", "svg", among=every)
    limits = [one.figure.axes[-1].get_xlim() for one in kept[:4]]
    assert limits[0] == limits[2] == (0, 100.8)
    assert limits[1] == limits[3]
    assert kept[4].figure.axes[-1].get_ylim() == (0, 100.8)


def test_words_are_broken_where_they_do_not_fit() -> None:
    wrapped = canvas.wrap("W" * 40 + " và Ộ", 1.0, canvas.BODY)
    assert wrapped.replace("\n", "").replace(" ", "") == "W" * 40 + "vàỘ"
    assert all(canvas.measure(line, canvas.BODY) <= 1.0 for line in wrapped.split("\n"))


def test_the_typeface_is_our_own() -> None:
    from matplotlib.font_manager import FontProperties, findfont

    canvas.library()
    assert findfont(FontProperties(family="Noto Sans")) == str(canvas.REGULAR)
    assert findfont(FontProperties(family="Noto Sans", weight="bold")) == str(canvas.BOLD)
