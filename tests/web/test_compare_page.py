"""Comparisons on their page: differences from an independent recount and statsmodels, boundaries, and refusals."""

import io

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select
from statsmodels.stats.proportion import confint_proportions_2indep

from survey.extensions import reading
from survey.models import Released
from tests.support.pages import Browser, words
from tests.support.places import CITY, WARD
from tests.support.recount import effective
from tests.support.releases import release
from tests.support.staff import account, signed_in
from tests.support.standings import GOOD, NEW, OLD, Standing

CHANNELS = f"/staff/compare?unit={WARD}&kind=channel&a=poster&b=kiosk"
GROUPS = f"/staff/compare?unit={GOOD}&kind=group&from=2026-01&to=2026-09"
REFORM = f"/staff/compare?unit={NEW}&a_from=2026-01&a_to=2026-06&from=2026-07&to=2026-10"
SVG = "{http://www.w3.org/2000/svg}"


def signed(share: float) -> str:
    return f"{100 * share:+.2f}".replace("-", "−").replace(".", ",")


def overall(reader: Browser, address: str) -> list[str]:
    page = reader.get(address)
    return [words(cell) for cell in next(page.all("tbody")[0].iter("tr"))]


def test_two_channels_differ_by_newcombes_interval(reader: Browser, standing: Standing) -> None:
    (a, a_size), (b, b_size) = (effective(standing.count(WARD, channel=name)) for name in ("poster", "kiosk"))
    low, high = confint_proportions_2indep(b * b_size, b_size, a * a_size, a_size, method="newcomb", compare="diff")
    line = overall(reader, CHANNELS)
    assert line[3:5] == [signed(b - a), f"{signed(low)} – {signed(high)}"]
    assert line[6] == "B cao hơn"


def test_two_groups_of_citizens_differ_by_newcombes_interval(reader: Browser, standing: Standing) -> None:
    """Of quarters that are over: the first days of 2025-12 are one that the database holds no more of."""
    (a, a_size), (b, b_size) = (
        effective(standing.count(GOOD, start="2026-01-01", end="2026-09-30", said=name)) for name in ("male", "female")
    )
    low, high = confint_proportions_2indep(b * b_size, b_size, a * a_size, a_size, method="newcomb", compare="diff")
    page = reader.get(GROUPS)
    line = [words(cell) for cell in next(page.all("tbody")[0].iter("tr"))]
    assert line[3:5] == [signed(b - a), f"{signed(low)} – {signed(high)}"]
    assert line[6] == "B cao hơn"
    assert [words(cell) for cell in page.all("tbody")[1].iter("th")] == ["Nam", "Nữ", "Khác"]
    told, released = (
        [standing.count(GOOD, start="2026-01-01", end="2026-09-30", said=name).overall[0] for name in names]
        for names in (("male", "female"), ("",))
    )
    assert f"gồm {sum(told)} trong {sum(released)} phiếu đã công bố của kỳ" in page.text


def test_the_workbook_has_every_group_beside_the_first(reader: Browser, standing: Standing) -> None:
    (a, a_size), (b, b_size) = (
        effective(standing.count(GOOD, start="2026-01-01", end="2026-09-30", said=name)) for name in ("male", "female")
    )
    low, high = confint_proportions_2indep(b * b_size, b_size, a * a_size, a_size, method="newcomb", compare="diff")
    content = reader.client.get(f"/staff/rates.xlsx?unit={GOOD}&from=2026-01&to=2026-09").get_data()
    sheet = openpyxl.load_workbook(io.BytesIO(content))["So sánh nhóm"]
    lines = [line for line in sheet.iter_rows(min_row=2, values_only=True) if line[1] in ("Nam", "Nữ")]
    assert [line[3] for line in lines] == pytest.approx([round(100 * a, 2), round(100 * b, 2)], abs=0.005)
    assert lines[0][6] is None
    assert lines[1][6:9] == pytest.approx([100 * (b - a), 100 * low, 100 * high], abs=0.006)
    assert lines[1][9] == "Cao hơn nhóm đầu"


def told() -> list[tuple[int, str | None, int]]:
    with reading() as session:
        rows = session.execute(select(Released.id, Released.trait, Released.respondents).order_by(Released.id))
        return [(row.id, row.trait, row.respondents) for row in rows]


def test_a_quarter_is_decided_once(reader: Browser) -> None:
    before = told()
    release()
    assert told() == before
    city = reader.get(f"/staff/compare?unit={CITY}&kind=group&from=2026-01&to=2026-09")
    ward = reader.get(GROUPS)
    numbers = [[words(cell) for cell in page.all("tbody")[1].iter("td")] for page in (city, ward)]
    assert numbers[0][1] == numbers[1][1], "nobody else said their sex"


def test_groups_of_an_open_quarter_are_not_told(reader: Browser) -> None:
    page = reader.get(f"/staff/compare?unit={GOOD}&kind=group&from=2026-10&to=2026-10")
    assert [words(cell) for cell in next(page.all("tbody")[0].iter("tr"))][6] == "không so sánh được"
    assert "kỳ đang xem không có quý nào như thế. Quý đang diễn ra được xét từ ngày 01/01/2027." in page.text


def test_a_unit_with_too_few_forms_for_groups_says_so_and_leads_to_the_one_above(reader: Browser) -> None:
    page = reader.get(f"/staff/compare?unit={OLD}&kind=group&from=2026-01&to=2026-09")
    assert "gồm 0 trong" in page.text
    assert "Ở Sở Cũ, các quý đã hết trong kỳ có quá ít phiếu để tách theo nhóm" in page.text
    above = page.links()["Xem ở Thành phố Hà Nội, nơi gộp phiếu của nhiều đơn vị"]
    assert {f"unit={CITY}", "kind=group", "from=2026-01", "to=2026-09"} <= set(above.partition("?")[2].split("&"))


def test_two_channels_say_what_they_rest_on(reader: Browser, standing: Standing) -> None:
    page = reader.get(CHANNELS)
    a, b = (standing.count(WARD, channel=name).overall[0] for name in ("poster", "kiosk"))
    assert f"So sánh dựa trên {a} phiếu của A và {b} phiếu của B." in page.text
    assert "chênh lệch B − A là" in words(page.one("p", class_="headline-sentence"))
    untold = reader.get(f"/staff/compare?unit={WARD}&kind=channel&a=poster&b=invite")
    assert "Chưa tách được kênh “Thư mời”: một kênh chỉ được nêu riêng ở đơn vị và tháng có từ 10 phiếu" in untold.text


def test_the_other_way_round_is_lower(reader: Browser) -> None:
    assert overall(reader, f"/staff/compare?unit={WARD}&kind=channel&a=kiosk&b=poster")[6] == "B thấp hơn"


def test_two_periods_of_the_same_service_show_no_clear_change(reader: Browser) -> None:
    page = reader.get(f"/staff/compare?unit={GOOD}&a_from=2026-01&a_to=2026-04&from=2026-06&to=2026-09")
    assert words(page.one("p", class_="headline-sentence")).endswith("chưa thấy thay đổi rõ.")
    assert len(page.all(f"{SVG}svg", class_="trend")) == 1
    assert "cả bảng yếu tố cùng đúng với xác suất 95%" in page.text


def test_without_a_choice_the_last_three_closed_months_stand_beside_the_three_before(reader: Browser) -> None:
    page = reader.get(f"/staff/compare?unit={GOOD}")
    chosen = words(page.one("span", class_="filters-chosen"))
    assert chosen.startswith("A: 05/2026 – 07/2026 · B: 08/2026 – 10/2026 · Khảo sát hài lòng")


def test_a_unit_is_read_alone_or_with_the_units_that_merged_into_it(reader: Browser, standing: Standing) -> None:
    alone = reader.get(REFORM)
    assert words(alone.one("p", class_="headline-none")) == "không so sánh được"
    assert "Đơn vị cũ đã sáp nhập trọn vẹn vào Sở Mới mà không được cộng ở đây: Sở Cũ." in alone.text
    joined = reader.get(f"{REFORM}&boundaries=now")
    cells = [words(cell) for cell in next(joined.all("tbody")[0].iter("tr"))]
    assert cells[1].endswith(f"{standing.count(OLD, end='2026-06-30').overall[0]} phiếu")
    assert "Đã cộng cả các đơn vị cũ sáp nhập trọn vẹn vào Sở Mới: Sở Cũ." in joined.text


def test_a_divided_unit_is_named_and_nothing_is_concluded(reader: Browser) -> None:
    page = reader.get(f"{REFORM}&boundaries=now")
    assert "Không tách được, nên không cộng vào bên nào: Sở Bị chia." in page.text
    assert words(page.one("p", class_="headline-none")) == "khác ranh giới, không so sánh"


def test_the_break_of_boundaries_is_marked(reader: Browser) -> None:
    page = reader.get(f"{REFORM}&boundaries=now")
    assert "Ranh giới thay đổi từ ngày 01/07/2026" in page.text
    (mark,) = page.all(f"{SVG}line", class_="trend-break")
    assert mark.get("x1") == "63.8%"  # 11 % + 88 % × 6 of 10 months


def test_overlapping_periods_are_refused(reader: Browser) -> None:
    page = reader.get(f"/staff/compare?unit={GOOD}&a_from=2026-01&a_to=2026-04&from=2026-04&to=2026-06")
    assert "Hai kỳ có phần trùng nhau" in page.text
    assert page.all("table") == []


def test_what_cannot_be_compared_is_said(reader: Browser) -> None:
    for query, said in (
        ("kind=channel&a=kiosk&b=kiosk", "Hai bên giống nhau"),
        ("kind=channel&a=phone", "Bên A: không có “phone”."),
        ("kind=people", "Không có cách so sánh “people”."),
        ("boundaries=later", "Không có cách đọc ranh giới “later”."),
        ("a_from=2026-13", "“2026-13” không phải là tháng"),
        ("channel=kiosk&procedure=1.001193", "Mỗi lần chỉ xem riêng theo một cách"),
        ("kind=group&a=gender=male&b=age=60%2B", "Hai nhóm phải là hai câu trả lời cho cùng một câu hỏi"),
        ("kind=group&a=harassment=no", "Bên A: không có “harassment=no”."),
        ("kind=procedure", "Hãy chọn hai bên để so sánh."),
    ):
        assert said in reader.get(f"/staff/compare?unit={GOOD}&{query}").text, query


def test_every_kind_is_there_in_english(reader: Browser) -> None:
    for kind in ("period", "channel", "procedure", "group"):
        page = reader.get(f"/staff/compare?kind={kind}&lang=en")
        assert page.h1 == "Compare: Thành phố Hà Nội"
        assert {"Two periods", "Two channels", "Two procedures"} <= set(page.links())


def test_a_unit_that_one_may_not_see_does_not_exist(city: Flask, standing: Standing) -> None:
    account(standing.world, WARD, "phuong@hanoi.gov.vn")
    reader = signed_in(city, "phuong@hanoi.gov.vn")
    for path in ("compare", "why", "ranking"):
        reader.get(f"/staff/{path}?unit={CITY}", 404)
