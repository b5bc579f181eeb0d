"""Roll-up, dossiers and the page of sums: each number from an independent recount."""

import io
from decimal import Decimal

import pandas as pd
from openpyxl import load_workbook

from tests.support.pages import Browser, words
from tests.support.places import CITY, OTHER_WARD, WARD
from tests.support.staff_pages import vietnamese
from tests.support.standings import BAD, DOSSIERS, GOOD, NEW, OLD, SPLIT, Standing, line

ALL = (GOOD, BAD, WARD, OTHER_WARD, NEW, OLD, SPLIT)


def rate(standing: Standing, *codes: str) -> float:
    counts = standing.count(*codes).overall[1]
    return (counts[3] + counts[4]) / sum(counts)


def test_the_weighted_rate_counts_every_dossier_the_same(reader: Browser, standing: Standing) -> None:
    page = reader.get("/staff/")
    weights = {code: total for code, (total, _) in DOSSIERS.items()}
    expected = sum(weights[code] * rate(standing, code) for code in weights) / sum(weights.values())
    found = line(page, "trọng số theo số hồ sơ")
    assert found[1] == vietnamese(100 * expected)
    assert "chiếm 100,00% số hồ sơ" in found[3]
    assert "3 đơn vị chưa có số hồ sơ" in found[3]
    assert line(page, "gộp mọi câu trả lời")[1] == vietnamese(100 * rate(standing, *ALL))


def test_dossiers_on_time_stand_against_99_percent(reader: Browser) -> None:
    handled, late = sum(total for total, _ in DOSSIERS.values()), sum(late for _, late in DOSSIERS.values())
    found = line(reader.get("/staff/"), "trước hạn và đúng hạn")
    assert found[1:3] == [vietnamese(100 * (handled - late) / handled), "mục tiêu 99%"]
    assert found[3].startswith("chưa đạt 5.000 hồ sơ: 400 trước hạn, 4.540 đúng hạn, 60 trễ hạn")
    assert line(reader.get(f"/staff/units/{GOOD}"), "trước hạn và đúng hạn")[3].startswith("đạt ")


def test_coverage_is_respondents_of_dossiers(reader: Browser, standing: Standing) -> None:
    respondents = standing.count(GOOD).overall[0]
    found = line(reader.get(f"/staff/units/{GOOD}"), "Độ bao phủ")
    assert found[1] == vietnamese(Decimal(100 * respondents) / Decimal(DOSSIERS[GOOD][0]))


def test_a_unit_without_dossiers_says_so(reader: Browser) -> None:
    found = line(reader.get(f"/staff/units/{OTHER_WARD}"), "trước hạn và đúng hạn")
    assert (found[1], found[3]) == ("chưa có", "chưa nhập số hồ sơ đã giải quyết")


def test_every_sum_equals_a_recount(reader: Browser, standing: Standing) -> None:
    page = reader.get(f"/staff/why?unit={GOOD}")
    counted = standing.count(GOOD)
    k, counts, *_ = counted.overall
    items = [(c[3] + c[4]) / sum(c) for _, c, *_ in counted.items.values()]
    factors = [(c[3] + c[4]) / sum(c) for _, c, *_ in counted.factors.values()]
    score = sum(level * count for level, count in enumerate(counts, 1)) / sum(counts)
    expected = {
        "gộp mọi câu trả lời": vietnamese(100 * rate(standing, GOOD)),
        "Trung bình cộng tỷ lệ các tiêu chí": vietnamese(100 * sum(items) / len(items)),
        "Trung bình cộng tỷ lệ các yếu tố": vietnamese(100 * sum(factors) / len(factors)),
        "Điểm trung bình": f"{score:.2f}".replace(".", ","),
        "Rất không hài lòng": vietnamese(100 * counts[0] / sum(counts)),
        "mọi tiêu chí đã trả lời": vietnamese(100 * satisfied_in_everything(standing, GOOD) / k),
    }
    assert {name: line(page, name)[1] for name in expected} == expected
    assert line(page, "mọi tiêu chí đã trả lời")[2] == f"{k} phiếu"


def satisfied_in_everything(standing: Standing, code: str) -> int:
    """People who count overall and gave no level under 4, by pandas."""
    rows: pd.DataFrame = standing.rows
    own = rows[(rows.unit_id == standing.world.units[code]) & rows.counted & ~rows.quarantined]
    scored = own[[f"a{item.slot:02}" for item in standing.world.version.scored]]
    half = scored.notna().sum(axis=1) * 2 >= scored.shape[1]
    return int((half & ~(scored < 4).any(axis=1)).sum())


def test_few_people_have_no_such_share(reader: Browser) -> None:
    page = reader.get(f"/staff/why?unit={OTHER_WARD}")
    assert line(page, "mọi tiêu chí đã trả lời")[1] == "không hiển thị"
    assert line(page, "Rất không hài lòng")[1] == "không hiển thị"


def test_decision_766_stands_in_a_table_of_its_own(reader: Browser) -> None:
    page = reader.get(f"/staff/why?unit={CITY}")
    handled = sum(total for total, _ in DOSSIERS.values())
    content = handled - sum(late for _, late in DOSSIERS.values()) - 2 * len(DOSSIERS)
    own = page.all("table", class_="sums")[-1]
    assert f"{vietnamese(100 * content / handled)}6,00 điểm" in words(own).replace(" 6,00", "6,00")
    assert "4.932 / 5.000 hồ sơ" in words(own)
    assert "không hỏi người dân" in page.text


def test_the_method_sheet_of_a_unit_tells_the_sums(reader: Browser, standing: Standing) -> None:
    content = reader.client.get(f"/staff/rates.xlsx?unit={GOOD}").get_data()
    rows = load_workbook(io.BytesIO(content))["Phương pháp"].iter_rows(values_only=True)
    said = {str(row[0]): str(row[1]) for row in rows}
    assert said["Tỷ lệ hài lòng, gộp mọi câu trả lời"].startswith(f"{vietnamese(100 * rate(standing, GOOD))}; ")
    assert "Vì sao số của tôi khác số của anh?" in said
    own = next(text for name, text in said.items() if "Quyết định 766" in name)
    assert own.startswith("99,85%, 6,00 điểm; 1.997 trên 2.000 hồ sơ")


def test_english_is_complete(reader: Browser) -> None:
    page = reader.get("/staff/why?lang=en")
    assert page.h1 == "Why does my figure differ from yours?"
    assert "answers at level 4 + level 5" in page.text
    assert "Dossiers early or on time" in reader.get("/staff/?lang=en").text
