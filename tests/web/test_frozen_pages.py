"""Frozen figures on pages: what is listed and to whom, the two steps of freezing, and files that never change."""

import hashlib
import io
import json
from datetime import date
from pathlib import Path

import docx
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, FrozenPeriod
from tests.support import answers, staff
from tests.support.answers import Answered
from tests.support.pages import Browser
from tests.support.places import CITY, DISTRICT, OTHER_WARD, POINT, WARD
from tests.support.responses import Plan, fill
from tests.support.staff import signed_in
from tests.support.staff_pages import expected, headline

ASKED = {"unit": CITY, "period": "2026-10", "questionnaire": "sipas-2024@1"}
QUERY = "unit=HN&period=2026-10&questionnaire=sipas-2024@1"


@pytest.fixture
def answered(app: Flask, clock: time_machine.Traveller) -> Answered:
    found = answers.build(Role.MANAGER)
    release(app)
    return found


@pytest.fixture
def browser(app: Flask, answered: Answered) -> Browser:
    return signed_in(app)


def release(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["rates", "refresh"]).exit_code == 0


def freeze(browser: Browser, **changes: str) -> str:
    """Freeze by the page: look first, then confirm; the address of what was frozen."""
    query = "&".join(f"{name}={value}" for name, value in (ASKED | changes).items())
    fields = browser.get(f"/staff/frozen/new?{query}").fields()
    return browser.send("/staff/frozen", fields | {"confirmed": "yes"})


def test_a_manager_looks_first_and_then_freezes(browser: Browser, answered: Answered) -> None:
    page = browser.get(f"/staff/frozen/new?{QUERY}")
    unconfirmed = {name: value for name, value in page.fields().items() if name != "confirmed"}
    refused = browser.post("/staff/frozen", unconfirmed, 422)
    assert len(refused.all("div", class_="complaints")) == 1
    with reading() as session:
        assert session.scalars(select(FrozenPeriod.id)).all() == []
    address = freeze(browser)
    shown = browser.get(address)
    rate, respondents = expected(answered.count(WARD, start="2026-10-01", end="2026-10-31"))
    assert headline(shown).startswith(f"{rate} hài lòng")
    assert f"{respondents} phiếu" in headline(shown)
    for english in (f"{address}?lang=en", "/staff/frozen", f"/staff/frozen/new?{QUERY.replace('2026-10', '2026-09')}"):
        assert browser.get(english).one("html").get("lang") == "en"
    browser.get("/staff/frozen?lang=vi")
    with reading() as session:
        digest = session.scalars(select(FrozenPeriod.sha256)).one()
    assert digest in shown.text
    assert address in browser.get("/staff/frozen").links().values()
    downloads = [link.get("href") or "" for link in shown.one("nav", class_="downloads").iter("a")]
    assert len(downloads) == 9
    assert all(browser.client.get(link).status_code == 200 for link in downloads)


def test_files_of_frozen_figures_stay_the_same_to_the_byte(
    app: Flask, browser: Browser, answered: Answered, clock: time_machine.Traveller
) -> None:
    row_id = freeze(browser).rpartition("/")[2]
    links = [
        f"/staff/rates.{fmt}?frozen={row_id}&unit={WARD}{by}" for fmt in ("csv", "xlsx") for by in ("", "&by=item")
    ]
    links += [f"/staff/{name}?frozen={row_id}&whole=1" for name in ("rates.xlsx", "rates.pdf", "rates.docx")]
    before = [browser.client.get(link).get_data() for link in links]
    live = browser.client.get(f"/staff/rates.csv?unit={WARD}&from=2026-10&to=2026-10").get_data()
    assert before[0] == live, "the day of the freeze both say the same"
    world = answered.world
    plan = Plan(world.units[WARD], world.points[POINT], world.version, 30, date(2026, 10, 5), date(2026, 10, 9))
    with writing() as session:
        fill(session, plan, 3)
    release(app)
    clock.shift(600)
    assert [browser.client.get(link).get_data() for link in links] == before
    assert browser.client.get(f"/staff/rates.csv?unit={WARD}&from=2026-10&to=2026-10").get_data() != live
    again = signed_in(app)  # freezing wants a password given lately
    address = freeze(again)
    second = again.get(address)
    assert "số 2" in second.text
    assert browser.get(f"{address}?unit={WARD}").all("table", class_="changes")
    with reading() as session:
        details = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "downloaded")).all()
    assert json.loads(details[0])["frozen"] == row_id


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_address_and_not_the_reader_decides_the_language_of_a_frozen_file(browser: Browser) -> None:
    row_id = freeze(browser).rpartition("/")[2]
    files = [f"/staff/{name}?frozen={row_id}&unit={WARD}" for name in ("rates.csv", "rates.xlsx", "rates.docx")]
    vietnamese = [browser.client.get(address).get_data() for address in files]
    assert "Chung" in vietnamese[0].decode()
    browser.get("/staff/?lang=en")
    assert [browser.client.get(address).get_data() for address in files] == vietnamese
    assert [browser.client.get(f"{address}&lang=vi").get_data() for address in files] == vietnamese
    english = browser.client.get(f"{files[0]}&lang=en")
    assert "Overall" in english.get_data().decode()
    assert english.headers["Content-Disposition"].endswith('_chot-1_en.csv"')
    browser.get("/staff/?lang=vi")
    assert browser.client.get(f"{files[0]}&lang=en").get_data() == english.get_data()
    page = browser.get(f"/staff/frozen/{row_id}?unit={WARD}")
    links = [link.get("href") or "" for link in page.one("nav", class_="downloads").iter("a")]
    assert all("lang=" in link for link in links)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_pages_and_commands_write_the_same_frozen_files(app: Flask, browser: Browser, tmp_path: Path) -> None:
    row_id = freeze(browser).rpartition("/")[2]
    output = tmp_path / "file"
    for address, words in (
        (f"rates.csv?frozen={row_id}&unit={WARD}&by=item", ("--unit", WARD, "--by", "item", "--format", "csv")),
        (f"rates.xlsx?frozen={row_id}&lang=en", ("--format", "xlsx", "--lang", "en")),
        (f"rates.docx?frozen={row_id}", ("--format", "docx")),
        (f"rates.pdf?frozen={row_id}&whole=1", ("--format", "pdf", "--whole")),
    ):
        asked = ["rates", "frozen", "export", row_id, *words, "-o", str(output)]
        assert app.test_cli_runner().invoke(args=asked).exit_code == 0
        assert browser.client.get(f"/staff/{address}").get_data() == output.read_bytes(), address
    asked = ["rates", "frozen", "export", row_id, "--format", "json", "-o", str(output)]
    assert app.test_cli_runner().invoke(args=asked).exit_code == 0
    digest = hashlib.sha256(output.read_bytes()).hexdigest()
    assert digest in browser.get(f"/staff/frozen/{row_id}").text
    letter = docx.Document(io.BytesIO(browser.client.get(f"/staff/rates.docx?frozen={row_id}").get_data()))
    assert any(digest in one.text for one in letter.paragraphs), "the file says which figures it is made from"


def test_a_live_page_says_that_it_is_live_and_what_is_frozen(browser: Browser) -> None:
    address = f"/staff/units/{CITY}?from=2026-10&to=2026-10"
    assert "chưa chốt" in browser.get(address).text
    assert "cũng có số đã chốt" not in browser.get(address).text
    frozen = freeze(browser)
    assert frozen in browser.get(address).links().values()
    assert frozen in browser.get("/staff/?from=2026-10&to=2026-10").links().values()
    for other in (
        f"{address}&channel=poster",
        address.replace("to=2026-10", "to=2026-11"),
        address.replace(CITY, WARD),
    ):
        assert frozen not in browser.get(other).links().values()


def test_a_reader_of_one_ward_sees_that_ward_alone(app: Flask, browser: Browser, answered: Answered) -> None:
    city, district = freeze(browser), freeze(browser, unit=DISTRICT, period="2025")
    city_id, district_id = (address.rpartition("/")[2] for address in (city, district))
    staff.account(answered.world, WARD, "lan@hanoi.gov.vn", Role.VIEWER)
    ward = signed_in(app, "lan@hanoi.gov.vn")
    listed = ward.get("/staff/frozen")
    assert city in listed.links().values()
    assert district not in listed.links().values()
    assert listed.all("form", class_="panel") == [], "who may not freeze is not asked to"
    page = ward.get(city)
    assert page.h1.startswith("UBND phường Cầu Giấy")
    assert "Hoàn Kiếm" not in page.html
    for address in (f"{city}?unit={OTHER_WARD}", f"{city}?unit={CITY}", district, "/staff/frozen/99999"):
        ward.get(address, 404)
    for address in (
        f"rates.csv?frozen={city_id}&unit={OTHER_WARD}",
        f"rates.xlsx?frozen={district_id}",
        "rates.csv?frozen=x",
    ):
        ward.get(f"/staff/{address}", 404)
    ward.get(f"/staff/frozen/new?{QUERY}", 403)


def test_only_a_manager_of_the_unit_or_above_freezes(app: Flask, browser: Browser, answered: Answered) -> None:
    staff.account(answered.world, WARD, "lan@hanoi.gov.vn", Role.MANAGER)
    ward = signed_in(app, "lan@hanoi.gov.vn")
    page = ward.get(f"/staff/frozen/new?{QUERY}", 422)
    assert "không được chốt" in page.text
    fields = ward.get(f"/staff/frozen/new?{QUERY.replace(CITY, WARD, 1)}").fields()
    ward.post("/staff/frozen", fields | {"unit": CITY, "confirmed": "yes"}, 422)
    assert ward.send("/staff/frozen", fields | {"confirmed": "yes"}).startswith("/staff/frozen/")
    for role in (Role.VIEWER, Role.CLERK, Role.INSPECTOR, Role.ADMINISTRATOR):
        staff.account(answered.world, CITY, f"{role.value}@hanoi.gov.vn", role)
        other = signed_in(app, f"{role.value}@hanoi.gov.vn")
        other.get(f"/staff/frozen/new?{QUERY}", 403)


REFUSED = (
    ({"period": "2026-11"}, "chưa kết thúc"),
    ({"period": "nay"}, "không phải là tháng, quý hay năm"),
    ({"questionnaire": "x@1"}, "Không có mẫu phiếu"),
    ({"unit": "x"}, "không được chốt"),
    ({"period": "2019-Q1"}, "không có số liệu nào"),
    ({"questionnaire": ""}, "Hãy chọn mẫu phiếu."),
    ({"unit": " ", "period": ""}, "Hãy chọn đơn vị. Hãy chọn kỳ."),
)


def test_what_cannot_be_frozen_is_said(browser: Browser) -> None:
    for changes, said in REFUSED:
        query = "&".join(f"{name}={value}" for name, value in (ASKED | changes).items())
        page = browser.get(f"/staff/frozen/new?{query}", 422)
        assert said in page.text
        assert page.all("button", class_="button") == []


def test_only_periods_with_figures_are_offered(app: Flask, browser: Browser, answered: Answered) -> None:
    """The answers begin in November 2025: no earlier month, quarter or year has anything to freeze."""
    form = browser.get("/staff/frozen").one("form", class_="panel")
    offered = [option.get("value") for option in form.iter("option")]
    assert {"2026-10", "2026-Q3", "2025"} < set(offered)
    assert min(str(value) for value in offered if str(value)[:2] == "20") == "2025"
    assert "2025-09" not in offered
    assert "2025-Q3" not in offered
    browser.get("/staff/frozen/new", 422)


def test_frozen_figures_take_no_filters(browser: Browser) -> None:
    row_id = freeze(browser).rpartition("/")[2]
    page = browser.get(f"/staff/rates.csv?frozen={row_id}&from=2026-01&channel=poster", 400)
    assert len(list(page.one("div", class_="complaints").iter("li"))) == 2
