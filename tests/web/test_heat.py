"""The heat map: a table whose cells say their rate, and the same ones as the unit's own page."""

import time_machine
from flask import Flask

from tests.support import answers, releases
from tests.support.pages import Browser, words
from tests.support.places import OTHER_WARD, WARD
from tests.support.staff import signed_in
from tests.support.standings import DOSSIERS, GOOD, Standing


def test_every_cell_says_its_rate_or_why_there_is_none(app: Flask, clock: time_machine.Traveller) -> None:
    answers.build()
    releases.release()
    browser = signed_in(app)
    page = browser.get("/staff/heat")
    lines = [[words(cell) for cell in line] for line in page.one("table", class_="heat").iter("tr")]
    assert len(lines[0]) == 7
    own = browser.get(f"/staff/units/{WARD}")
    rates = {words(cell) for cell in own.all("td", class_="column-rate")}
    shown = [line for line in lines[1:] if set(line[2:]) <= rates]
    assert shown, "the ward's factors stand in a line of their own"
    assert browser.get(f"/staff/heat?unit={OTHER_WARD}").h1


def test_coverage_is_respondents_beside_dossiers(reader: Browser, standing: Standing) -> None:
    page = reader.get("/staff/coverage?from=2025-12&to=2026-10")
    lines = {words(row[0]): [words(cell) for cell in row] for row in page.one("tbody").iter("tr")}
    respondents, (dossiers, _) = standing.count(GOOD).overall[0], DOSSIERS[GOOD]
    share = f"{100 * respondents / dossiers:.2f}".replace(".", ",")
    assert lines["Phường Ba Đình"][1:4] == [f"{share}%", f"{respondents} phiếu", "2.000 hồ sơ"]
    assert lines["UBND phường Hoàn Kiếm"][5] == "chưa có số hồ sơ"
    assert reader.get("/staff/coverage?lang=en").h1.startswith("Coverage: ")


def test_heat_map_and_coverage_are_pictures_with_an_address_of_their_own(reader: Browser) -> None:
    for name in ("heat", "coverage"):
        links = [
            link.get("href") or "" for link in reader.get(f"/staff/{name}").one("nav", class_="downloads").iter("a")
        ]
        assert {f"/staff/charts/{name}.{fmt}" for fmt in ("svg", "png")} <= {link.partition("?")[0] for link in links}
        svg = reader.client.get(f"/staff/charts/{name}.svg?from=2025-12&to=2026-10")
        assert svg.headers["Content-Type"].startswith("image/svg+xml")
        assert "Phường Ba Đình" in svg.get_data(as_text=True)
        png = reader.client.get(f"/staff/charts/{name}.png?from=2025-12&to=2026-10")
        assert png.get_data().startswith(b"\x89PNG")
        assert reader.client.get(f"/staff/charts/{name}.svg?from=2026-13").status_code == 400


def test_a_unit_of_others_is_not_found(app: Flask, clock: time_machine.Traveller) -> None:
    answers.build(at=WARD)
    browser = signed_in(app)
    for path in ("heat", "coverage", "charts/heat.svg", "charts/coverage.png"):
        browser.get(f"/staff/{path}?unit={OTHER_WARD}", 404)


def test_reports_keep_the_query_of_the_page_and_are_recorded(app: Flask, clock: time_machine.Traveller) -> None:
    answers.build()
    releases.release()
    browser = signed_in(app)
    for path, kind, start in (
        ("rates.pdf", "application/pdf", b"%PDF"),
        ("rates.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("charts.zip", "application/zip", b"PK"),
    ):
        response = browser.client.get(f"/staff/{path}?unit={WARD}&from=2026-01&to=2026-06")
        assert (response.status_code, response.headers["Content-Type"]) == (200, kind)
        assert response.get_data().startswith(start)
        assert f"_{WARD}_2026-01_2026-06." in response.headers["Content-Disposition"]
    assert browser.client.get("/staff/rates.pdf?from=2026-13").status_code == 400
