"""The ranking's page and files: rank ranges from an independent recount, what unranked units lack, the funnel."""

import csv
import io
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from flask import Flask
from openpyxl import load_workbook
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from tests.support.pages import Browser, words
from tests.support.places import CITY, OTHER_WARD, WARD
from tests.support.staff import account, signed_in
from tests.support.standings import BAD, GOOD, Standing

WARDS = {GOOD: "Phường Ba Đình", WARD: "UBND phường Cầu Giấy", BAD: "Phường Phú Thượng"}
COLUMNS = (
    "unit_code,unit_name,group,questionnaire,best,worst,ranked,respondents,answers,rate,low,high,rank_low,rank_high,"
    "funnel,target,verdict,needed,note"
)
SVG = "{http://www.w3.org/2000/svg}"


def intervals(standing: Standing) -> dict[str, tuple[float, float]]:
    """Wilson over METHOD §5's effective answers, by statsmodels, with the z of three ranked units."""
    level = 0.95 ** (1 / 3)
    found = {}
    for code in WARDS:
        k, counts, mm, sm, ss = standing.count(code).overall
        m, s = sum(counts), counts[3] + counts[4]
        rate = s / m
        raw = min(rate * (1 - rate) * m**2 / (ss - 2 * rate * sm + rate**2 * mm), m)
        minority = (k * min(rate, 1 - rate)) ** 2
        size = k + (raw - k) * minority / (minority + 25) if raw > k else raw
        found[code] = proportion_confint(rate * size, size, alpha=1 - level, method="wilson")
    return found


def lines(reader: Browser, address: str = "/staff/ranking.csv") -> dict[str, dict[str, str]]:
    text = reader.client.get(address).get_data().decode("utf-8-sig")
    assert text.splitlines()[0] == COLUMNS
    return {line["unit_code"]: line for line in csv.DictReader(io.StringIO(text))}


def test_ranks_follow_from_the_recount(reader: Browser, standing: Standing) -> None:
    assert norm.ppf(0.5 + 0.5 * 0.95 ** (1 / 3)) == pytest.approx(2.388, abs=1e-3)
    bounds, found = intervals(standing), lines(reader)
    for code, (low, high) in bounds.items():
        best = 1 + sum(other > high for other, _ in bounds.values())
        worst = len(bounds) - sum(other < low for _, other in bounds.values())
        line = found[code]
        assert (line["best"], line["worst"], line["ranked"]) == (str(best), str(worst), "3")
        assert (line["rank_low"], line["rank_high"]) == (f"{100 * low:.2f}", f"{100 * high:.2f}")
    assert found[GOOD]["best"] == found[GOOD]["worst"] == "1"
    assert found[BAD]["best"] == found[BAD]["worst"] == "3"


def test_the_page_names_the_one_highest_and_lists_the_units(reader: Browser) -> None:
    page = reader.get("/staff/ranking")
    claims = [words(one) for one in page.all("p", class_="claim-sure")]
    assert claims[-2:] == ["Cao nhất: Phường Ba Đình.", "Thấp nhất: Phường Phú Thượng."]
    ranks = [words(cell) for cell in page.all("td", class_="column-rank")]
    assert ranks[-3:] == ["hạng 1", "hạng 2", "hạng 3"]
    assert len(page.all(f"{SVG}svg", class_="funnel")) == 2
    points = [one.get("aria-label") or "" for one in page.all(f"{SVG}g", class_="reading-point", tabindex="0")]
    assert len(points) == 3 + 4
    assert any(one.startswith("Phường Ba Đình: ") and "giới hạn" in one for one in points)
    assert len(page.all(f"{SVG}circle", class_="funnel-dot")) - 3 * 2 == 3 + 4  # less the keys: departments and wards


def test_a_unit_under_the_minimum_says_what_it_lacks(reader: Browser, standing: Standing) -> None:
    page = reader.get("/staff/ranking")
    (table,) = [one for one in page.all("table", class_="unranked") if "Hoàn Kiếm" in words(one)]
    missing = 30 - standing.count(OTHER_WARD).overall[0]
    assert f"còn thiếu {missing} phiếu để được xếp hạng (cần ít nhất 30)" in words(table)
    line = lines(reader)[OTHER_WARD]
    assert (line["best"], line["worst"], line["ranked"], line["note"]) == (
        "",
        "",
        "",
        "few: ít phiếu; provisional: tạm tính",
    )


def test_an_undecided_unit_says_how_many_more_would_decide(reader: Browser) -> None:
    for line in lines(reader).values():
        assert bool(line["needed"]) == (line["verdict"] == "undecided")
    assert "Đây không phải chỉ tiêu phải thu." in reader.get("/staff/ranking").text


def test_places_in_the_table_only_get_worse(reader: Browser) -> None:
    found = [line for line in lines(reader).values() if line["group"] == "Phường, xã" and line["best"]]
    for above, below in pairwise(found):
        assert (int(above["best"]), int(above["worst"])) <= (int(below["best"]), int(below["worst"]))


def test_only_units_that_one_may_see_are_ranked(city: Flask, standing: Standing) -> None:
    account(standing.world, WARD, "phuong@hanoi.gov.vn")
    reader = signed_in(city, "phuong@hanoi.gov.vn")
    page = reader.get("/staff/ranking")
    assert "Ba Đình" not in page.html
    assert reader.get(f"/staff/ranking?unit={GOOD}", 404).status == 404


def test_a_channel_is_ranked_by_its_own_answers(reader: Browser, standing: Standing) -> None:
    found = lines(reader, "/staff/ranking.csv?channel=kiosk")
    assert found[WARD]["respondents"] == str(standing.count(WARD, channel="kiosk").overall[0])
    assert found[GOOD]["respondents"] == ""


def test_the_workbook_holds_the_same_rows_and_a_dictionary(reader: Browser) -> None:
    content = reader.client.get("/staff/ranking.xlsx").get_data()
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Xếp hạng", "Từ điển dữ liệu"]
    rows = list(book["Xếp hạng"].iter_rows(values_only=True))
    assert rows[0][:2] == ("Mã đơn vị", "Tên đơn vị")
    found = lines(reader)
    assert [row[0] for row in rows[1:]] == list(found)
    for row in rows[1:]:
        assert [row[4], row[5]] == [int(found[str(row[0])][name] or 0) or None for name in ("best", "worst")]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_funnel_is_drawn_for_each_group(reader: Browser, language: str) -> None:
    for group in ("commune", "department", "nonsense"):
        address = f"/staff/charts/funnel.svg?group={group}&lang={language}"
        response = reader.client.get(address)
        assert response.status_code == 200
        ElementTree.fromstring(response.get_data())
        assert response.get_data() == reader.client.get(address).get_data()
    assert reader.client.get("/staff/charts/funnel.png").get_data().startswith(b"\x89PNG")


def test_who_reads_by_keyboard_can_pass_a_hundred_points_by(reader: Browser) -> None:
    page = reader.get("/staff/ranking")
    over = page.links()["Bỏ qua hình, đến bảng số liệu"].removeprefix("#")
    assert page.one("span", id=over) is not None


def test_english_is_complete(reader: Browser) -> None:
    page = reader.get("/staff/ranking?lang=en")
    assert page.h1 == "Ranking: Thành phố Hà Nội"
    assert "Highest: Phường Ba Đình." in page.text
    assert "not a word" not in page.text


def test_downloads_keep_the_filters(reader: Browser) -> None:
    page = reader.get(f"/staff/ranking?unit={CITY}&from=2026-03&to=2026-05&channel=poster")
    offers = [link.get("href") or "" for link in page.one("nav", class_="downloads").iter("a")]
    assert len(offers) == 2 + 2 * 2
    assert all("from=2026-03&to=2026-05" in address and "channel=poster" in address for address in offers)
