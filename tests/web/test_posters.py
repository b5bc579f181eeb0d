"""The page to choose posters, and the files: the right sheets, with the right address, for those who may print them."""

import io
import zipfile
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from survey.domain.access import Role
from survey.extensions import writing
from survey.models import Point
from tests.support import places, scanners
from tests.support.pages import Browser
from tests.support.places import CITY, CLOSED_POINT, KIOSK, OTHER_POINT, OTHER_WARD, POINT, WARD, World
from tests.support.staff import account, signed_in

PUBLIC = "https://khaosat.hanoi.gov.vn"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url=PUBLIC)
    with writing() as session:
        return places.build(session)


@pytest.fixture
def clerk(app: Flask, world: World) -> Browser:
    account(world, WARD, "mot-cua@hanoi.gov.vn", Role.CLERK)
    return signed_in(app, "mot-cua@hanoi.gov.vn")


@pytest.fixture
def manager(app: Flask, world: World) -> Browser:
    account(world, CITY, "thanh-pho@hanoi.gov.vn", Role.MANAGER)
    return signed_in(app, "thanh-pho@hanoi.gov.vn")


def fetched(browser: Browser, query: str, name: str) -> TestResponse:
    response = browser.client.get(f"/staff/admin/sheets.{query}")
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Cache-Control"] == "no-store"
    return response


def codes(response: TestResponse) -> list[str]:
    pictures = scanners.of_pdf(response.get_data())
    return [code for picture in pictures for code in scanners.scanned(picture)]


def offered(browser: Browser, query: str = "") -> list[str | None]:
    return [box.get("value") for box in browser.get(f"/staff/admin/sheets{query}").all("input", name="point")]


def test_a_clerk_prints_the_sheet_of_the_own_ward(clerk: Browser) -> None:
    response = fetched(clerk, f"pdf?point={POINT}", f"qr_{POINT}_a4.pdf")
    assert response.mimetype == "application/pdf"
    assert codes(response) == [f"{PUBLIC}/p/{POINT}"]
    (text,) = scanners.text_of(response.get_data())
    assert text.startswith("UBND phường Cầu Giấy")


def test_the_printed_address_opens_the_questionnaire(app: Flask, clerk: Browser) -> None:
    (address,) = codes(fetched(clerk, f"pdf?point={POINT}", f"qr_{POINT}_a4.pdf"))
    response = app.test_client().get(address.removeprefix(PUBLIC))
    assert response.status_code == 200
    assert "UBND phường Cầu Giấy" in response.get_data(as_text=True)


def test_the_sheet_is_in_both_languages_whatever_the_reader_speaks(clerk: Browser) -> None:
    for language in ("vi", "en"):
        (text,) = scanners.text_of(
            fetched(clerk, f"pdf?point={POINT}&lang={language}", f"qr_{POINT}_a4.pdf").get_data()
        )
        assert "Quét mã bằng điện thoại" in text
        assert "Scan the code with your phone" in text
        assert text.index("Quét mã") < text.index("Scan the code")


def test_many_units_are_printed_at_once(manager: Browser) -> None:
    wanted = [f"{PUBLIC}/p/{POINT}", f"{PUBLIC}/p/{OTHER_POINT}"]
    for query in (f"point={OTHER_POINT}&point={POINT}&point={POINT}", "all=1", f"all=1&unit={CITY}"):
        assert codes(fetched(manager, f"pdf?{query}&size=a5", "qr_2_a5.pdf")) == wanted
    assert codes(fetched(manager, f"pdf?all=1&unit={OTHER_WARD}", f"qr_{OTHER_POINT}_a4.pdf")) == wanted[1:]


def test_one_picture_is_an_svg_and_several_are_a_zip(manager: Browser) -> None:
    one = fetched(manager, f"svg?point={POINT}", f"qr_{POINT}_a4.svg")
    assert one.mimetype == "image/svg+xml"
    several = fetched(manager, "svg?all=1", "qr_2_a4.zip")
    with zipfile.ZipFile(io.BytesIO(several.get_data())) as archive:
        assert archive.namelist() == [f"{POINT}_a4.svg", f"{OTHER_POINT}_a4.svg"]
        assert archive.read(f"{POINT}_a4.svg") == one.get_data()


def test_the_page_offers_open_poster_points_of_the_own_units(manager: Browser, clerk: Browser) -> None:
    assert offered(manager) == [POINT, OTHER_POINT]
    assert offered(manager, f"?unit={OTHER_WARD}") == [OTHER_POINT]
    assert offered(clerk) == [POINT]
    assert clerk.get("/staff/admin/sheets").all("select") == []


@pytest.mark.parametrize("code", [OTHER_POINT, KIOSK, CLOSED_POINT, "AAAAAA", ""])
def test_a_point_that_one_may_not_print_does_not_exist(clerk: Browser, code: str) -> None:
    for suffix in ("pdf", "svg"):
        clerk.get(f"/staff/admin/sheets.{suffix}?point={POINT}&point={code}", 404)


def test_a_unit_that_one_may_not_see_does_not_exist(clerk: Browser) -> None:
    for path in ("sheets", "sheets.pdf"):
        clerk.get(f"/staff/admin/{path}?unit={OTHER_WARD}&all=1", 404)
        clerk.get(f"/staff/admin/{path}?size=a3&all=1", 404)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.INSPECTOR])
def test_only_those_who_print_see_the_page(app: Flask, world: World, role: Role) -> None:
    account(world, WARD, role=role)
    browser = signed_in(app)
    for path in ("sheets", f"sheets.pdf?point={POINT}", f"sheets.svg?point={POINT}"):
        browser.get(f"/staff/admin/{path}", 403)
    assert "/staff/admin/sheets" not in browser.get("/staff/").links().values()


def test_a_choice_of_nothing_is_asked_again(clerk: Browser) -> None:
    page = clerk.get("/staff/admin/sheets.pdf?size=a5", 400)
    assert "Chưa chọn điểm nào để in." in page.text
    assert page.fields()["size"] == "a5"


def test_a_choice_of_too_many_is_asked_again(manager: Browser, world: World) -> None:
    with writing() as session:
        session.add_all(
            Point(
                code=f"N{number:05}",
                unit_id=world.units[WARD],
                kind="poster",
                label="Quầy",
                questionnaire_key="quick",
            )
            for number in range(500)
        )
    assert "tối đa 500 tờ" in manager.get("/staff/admin/sheets.pdf?all=1", 400).text


def test_an_address_that_no_phone_can_open_is_warned_of(app: Flask, clerk: Browser) -> None:
    assert "không mở được" not in clerk.get("/staff/admin/sheets").text
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url=None)
    page = clerk.get("/staff/admin/sheets", base_url="http://localhost:5000")
    assert "không mở được" in page.text
    assert "http://localhost:5000/p/" in page.text
