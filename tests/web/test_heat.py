"""The heat map: a table whose cells say their rate, and the same ones as the unit's own page."""

import time_machine
from flask import Flask

from tests.support import answers, releases
from tests.support.pages import words
from tests.support.places import OTHER_WARD, WARD
from tests.support.staff import signed_in


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


def test_a_unit_of_others_is_not_found(app: Flask, clock: time_machine.Traveller) -> None:
    answers.build(at=WARD)
    signed_in(app).get(f"/staff/heat?unit={OTHER_WARD}", 404)


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
