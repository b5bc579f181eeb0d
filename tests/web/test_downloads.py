"""Files and pictures: right rows, right types and names, kept by no cache, recorded, never for a wrong address."""

import csv
import io
import json
import subprocess
import sys

import openpyxl
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from survey.config import ROOT
from survey.extensions import reading
from survey.models import AuditEvent
from tests.support import answers
from tests.support.answers import Answered
from tests.support.pages import Browser
from tests.support.places import CITY, OTHER_WARD, WARD
from tests.support.recount import percent
from tests.support.staff import EMAIL, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    return answers.build()


@pytest.fixture
def browser(app: Flask, answered: Answered) -> Browser:
    return signed_in(app)


def fetch(browser: Browser, address: str, kind: str, name: str) -> TestResponse:
    """A download, checked for its type, its name, and that no cache keeps it."""
    response = browser.client.get(f"/staff/{address}")
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Cache-Control"] == "no-store"
    return response


def table(response: TestResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")))


def test_without_a_split_a_unit_gives_overall_factors_and_items(browser: Browser, answered: Answered) -> None:
    name = f"rates_{WARD}_2025-12_2026-11.csv"
    rows = table(fetch(browser, f"rates.csv?unit={WARD}", "text/csv; charset=utf-8", name))
    counted = answered.count(WARD)
    assert [row["scope"] for row in rows] == ["overall"] + ["factor"] * 5 + ["item"] * 16
    assert {row["unit_code"] for row in rows} == {WARD}
    sums = [counted.overall, *counted.factors.values(), *counted.items.values()]
    for row, (k, counts, *_) in zip(rows, sums, strict=True):
        assert (row["respondents"], row["rate"]) == (str(k), str(percent(counts)))
        assert [int(row[f"c{level}"]) for level in range(1, 6)] == list(counts)


def test_splits_give_their_rows(browser: Browser, answered: Answered) -> None:
    kind = "text/csv; charset=utf-8"
    for by, count in (("unit", 3), ("factor", 5), ("item", 16), ("month", 12)):
        rows = table(fetch(browser, f"rates.csv?by={by}", kind, f"rates_{CITY}_2025-12_2026-11.csv"))
        assert len(rows) == count
    months = table(
        fetch(
            browser,
            f"rates.csv?unit={WARD}&by=month&from=2026-03&to=2026-04",
            kind,
            f"rates_{WARD}_2026-03_2026-04.csv",
        )
    )
    for row, (start, end) in zip(months, (("2026-03-01", "2026-03-31"), ("2026-04-01", "2026-04-30")), strict=True):
        assert row["rate"] == str(percent(answered.count(WARD, start=start, end=end).overall[1]))


def test_the_workbook_holds_the_same_figures(browser: Browser, answered: Answered) -> None:
    response = fetch(browser, f"rates.xlsx?unit={WARD}&channel=poster", XLSX, f"rates_{WARD}_2025-12_2026-11.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.get_data()))
    values = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line]
    assert float(percent(answered.count(WARD, channel="poster").overall[1]) or 0) in [
        value for value in values if isinstance(value, float | int)
    ]
    assert WARD in values


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_every_picture_comes_in_both_formats(browser: Browser) -> None:
    for name in ("overview", "factors", "levels", "trend"):
        base = f"{name}_{WARD}_2025-12_2026-11"
        svg = fetch(browser, f"charts/{name}.svg?unit={WARD}", "image/svg+xml; charset=utf-8", f"{base}.svg").get_data()
        assert b"<svg" in svg[:2000]
        png = fetch(browser, f"charts/{name}.png?unit={WARD}", "image/png", f"{base}.png").get_data()
        assert png.startswith(b"\x89PNG")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_no_other_picture_exists(browser: Browser) -> None:
    for name in ("spiral.svg", "funnel.gif", "overview.pdf", "overview", "..%2foverview.svg"):
        browser.get(f"/staff/charts/{name}", 404)


def test_every_link_of_the_pages_leads_to_a_file(browser: Browser) -> None:
    for address in ("/staff/?lang=en", f"/staff/units/{WARD}?from=2026-01&to=2026-06&channel=poster"):
        links = browser.get(address).one("nav", class_="downloads").iter("a")
        for link in list(links):
            response = browser.client.get(link.get("href") or "")
            assert response.status_code == 200
            assert "attachment" in response.headers["Content-Disposition"]


def test_a_withheld_cell_is_withheld_in_the_file_too(browser: Browser) -> None:
    name = f"rates_{CITY}_2026-11_2026-11.csv"
    rows = table(fetch(browser, "rates.csv?by=unit&from=2026-11&to=2026-11", "text/csv; charset=utf-8", name))
    withheld = next(row for row in rows if row["unit_code"] == OTHER_WARD)
    assert {withheld[column] for column in ("respondents", "answers", "c1", "rate", "low", "high", "verdict")} == {""}
    assert withheld["note"].startswith("too_few")


def test_a_download_is_recorded(browser: Browser) -> None:
    browser.client.get(f"/staff/rates.csv?unit={WARD}&by=item&channel=poster")
    with reading() as session:
        row = session.scalars(select(AuditEvent).where(AuditEvent.action == "downloaded")).one()
        assert (row.actor, row.subject) == (EMAIL, "rates.csv")
        asked = json.loads(row.detail)
    assert (asked["unit"], asked["by"], asked["channel"]) == (WARD, "item", "poster")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_wrong_address_gives_a_page_and_no_file(browser: Browser) -> None:
    for path in ("rates.csv", "rates.xlsx", "charts/trend.svg"):
        page = browser.get(f"/staff/{path}?from=2026-13&channel=phone", 400)
        assert page.h1 == "Không tải được"
        assert len(list(page.one("div", class_="complaints").iter("li"))) == 2
    with reading() as session:
        assert session.scalars(select(AuditEvent).where(AuditEvent.action == "downloaded")).all() == []


def test_the_application_starts_without_pandas_and_matplotlib() -> None:
    code = "import sys, survey.web; print(sorted({'pandas', 'matplotlib', 'xlsxwriter', 'numpy'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
