"""The pages around the questionnaire: finding a unit, what is said of answers, languages, and every kind of error."""

import gzip

import pytest
from flask import Flask, abort
from sqlalchemy import insert

from survey.extensions import writing
from survey.models import Point, unit_successor
from survey.web.access import public
from tests.support import places
from tests.support.pages import Browser
from tests.support.places import CLOSED_POINT, DISTRICT, OTHER_POINT, POINT, WARD, World


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    return Browser(app)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/?q=cau+giay", 200),
        ("/?q=zzz", 200),
        ("/about", 200),
        (f"/p/{POINT}", 200),
        (f"/p/{POINT}/thanks?receipt=A3C4DE", 200),
        (f"/p/{CLOSED_POINT}", 410),
        ("/p/NOWHERE", 404),
        ("/nowhere", 404),
    ],
)
def test_every_page_is_sound_in_both_languages(browser: Browser, address: str, status: int, language: str) -> None:
    page = browser.get(f"{address}{'&' if '?' in address else '?'}lang={language}", status)
    assert page.one("html").get("lang") == language
    assert ("Khảo sát hài lòng" if language == "vi" else "Satisfaction survey") in page.title


# --- finding a unit ---


@pytest.mark.parametrize("text", ["cau giay", "Cầu Giấy", "CẦU GIẤY", "  giấy   cầu ", "phường cầu giấy"])
def test_a_unit_is_found_with_and_without_diacritics(browser: Browser, text: str) -> None:
    page = browser.get("/", query_string={"q": text})
    assert "UBND phường Cầu Giấy" in page.text
    assert "UBND quận Cầu Giấy" not in page.text  # closed
    assert f"/p/{POINT}" in page.links().values()


def test_both_tone_placements_find_the_same(browser: Browser) -> None:
    for text in ("Hoàn Kiếm", "Hòan Kiếm", "hoan kiem"):
        assert f"/p/{OTHER_POINT}" in browser.get("/", query_string={"q": text}).links().values()


def test_the_first_page_lists_the_procedures_and_carries_a_choice_along(browser: Browser) -> None:
    page = browser.get("/?q=cau+giay&procedure=1.001193")
    assert "Đăng ký khai sinh" in page.text
    assert page.fields() == {"q": "cau giay", "procedure": "1.001193"}
    address = f"/p/{POINT}?procedure=1.001193"
    assert address in page.links().values()
    assert browser.get(address).fields()["procedure"] == "1.001193"


def test_a_unit_without_an_online_point_says_what_to_do(browser: Browser) -> None:
    page = browser.get("/", query_string={"q": "thành phố"})
    assert "chưa có khảo sát trên mạng" in page.text
    assert "mã QR" in page.text


def test_a_kiosk_is_not_offered_to_phones(browser: Browser) -> None:
    assert f"/p/{places.KIOSK}" not in browser.get("/?q=cau+giay").links().values()


def test_every_online_point_is_offered_with_its_label(browser: Browser, world: World) -> None:
    with writing() as session:
        session.add(
            Point(code="W3W3W3", unit_id=world.units[WARD], kind="web", label="Trực tuyến", questionnaire_key="quick")
        )
    links = browser.get("/?q=cau+giay").links().values()
    assert {f"/p/{POINT}", "/p/W3W3W3"} <= set(links)


def test_nothing_found_gives_advice(browser: Browser) -> None:
    assert "gõ ít chữ hơn" in browser.get("/?q=kh%C3%B4ng+c%C3%B3").text


@pytest.mark.parametrize("text", ["", "   ", "...", "<script>", "%", "'--", "x" * 5000, "\ud800"])
def test_odd_searches_find_nothing_and_break_nothing(browser: Browser, text: str) -> None:
    address = "/?q=%ED%A0%80" if text == "\ud800" else "/"
    page = browser.get(address, query_string=None if text == "\ud800" else {"q": text})
    assert f"/p/{POINT}" not in page.links().values()


# --- unknown and closed points ---


@pytest.mark.parametrize("code", ["NOWHERE", "%00", "ôôô", "x" * 300, "..%2F", "' OR 1=1"])
def test_an_unknown_point_says_what_to_do(browser: Browser, code: str) -> None:
    page = browser.get(f"/p/{code}", 404)
    assert "mã QR" in page.text or "địa chỉ" in page.text
    assert "/" in page.links().values()


def test_a_paper_point_is_no_page(browser: Browser, world: World) -> None:
    with writing() as session:
        session.add(Point(code="PAPER3", unit_id=world.units[WARD], kind="paper", label="", questionnaire_key="quick"))
    browser.get("/p/PAPER3", 404)


def test_a_closed_unit_names_those_that_replaced_it(browser: Browser, world: World) -> None:
    with writing() as session:
        session.execute(insert(unit_successor).values(unit_id=world.units[DISTRICT], successor_id=world.units[WARD]))
    page = browser.get(f"/p/{CLOSED_POINT}", 410)
    assert "UBND quận Cầu Giấy đã ngừng hoạt động" in page.text
    leads = page.links()["UBND phường Cầu Giấy"]
    assert f"/p/{POINT}" in browser.get(leads).links().values()
    browser.post(f"/p/{CLOSED_POINT}", {}, 410)
    browser.get(f"/p/{CLOSED_POINT}/thanks", 410)


# --- languages ---


def test_vietnamese_is_first_whatever_the_browser_prefers(browser: Browser) -> None:
    page = browser.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert page.one("html").get("lang") == "vi"


def test_the_switch_keeps_the_rest_of_the_address_and_is_remembered(browser: Browser) -> None:
    switch = browser.get("/?q=c%E1%BA%A7u+gi%E1%BA%A5y&procedure=1.001193").links()["English"]
    page = browser.get(switch)
    assert page.one("html").get("lang") == "en"
    assert page.fields() == {"q": "cầu giấy", "procedure": "1.001193"}
    assert browser.get("/about").one("html").get("lang") == "en"
    browser.get(browser.get("/about").links()["Tiếng Việt"])
    assert browser.get("/about").one("html").get("lang") == "vi"


def test_the_language_cookie_is_locked_down(browser: Browser) -> None:
    cookie = browser.get("/?lang=en").response.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize("lang", ["fr", "", "vi\r\nX: y", "../en", "EN"])
def test_an_unknown_language_is_vietnamese(browser: Browser, lang: str) -> None:
    page = browser.get("/about", query_string={"lang": lang})
    assert page.one("html").get("lang") == "vi"
    assert "Set-Cookie" not in page.response.headers


def test_a_form_comes_back_in_its_own_language_also_without_cookies(app: Flask, world: World) -> None:
    form = Browser(app).get(f"/p/{POINT}?lang=en").fields()
    page = Browser(app).post(f"/p/{POINT}", form, 422)
    assert page.one("html").get("lang") == "en"


# --- errors ---


@pytest.fixture
def breaking(app: Flask, world: World) -> Browser:
    """A browser of an application with a page for each error, and one that breaks."""

    @app.get("/broken/<int:status>")
    @app.get("/api/broken/<int:status>")
    @public
    def broken(status: int) -> str:
        if status == 500:
            raise RuntimeError("a secret detail")
        abort(status)

    app.testing = False
    return Browser(app)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 415, 418, 422, 429, 500, 503])
def test_every_error_is_a_page(breaking: Browser, status: int, language: str) -> None:
    page = breaking.get(f"/broken/{status}?lang={language}", status)
    assert "secret" not in page.html
    assert "Traceback" not in page.html
    assert "/" in page.links().values()


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_every_error_of_a_call_is_a_problem_document(breaking: Browser, status: int) -> None:
    answer = breaking.client.get(f"/api/broken/{status}?lang=en")
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert "secret" not in answer.get_data(as_text=True)
    assert answer.get_json()["status"] == status


def test_a_wrong_method_says_which_are_right(browser: Browser) -> None:
    page = browser.post("/about", {}, 405)
    assert "GET" in page.response.headers["Allow"]


def test_a_form_of_two_megabytes_is_refused_with_a_page(browser: Browser) -> None:
    page = browser.post(f"/p/{POINT}", {"comment": "a" * 2_000_000}, 413)
    assert "quá dài" in page.text


# --- headers and static files ---


def test_security_headers_are_on_every_answer(browser: Browser) -> None:
    for address, status in (("/", 200), (f"/p/{POINT}", 200), ("/nowhere", 404)):
        headers = browser.get(address, status).response.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers


def test_pages_are_compressed_for_who_takes_that(browser: Browser) -> None:
    plain = browser.client.get("/about")
    packed = browser.client.get("/about", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_static_files_are_compressed_and_immutable(browser: Browser) -> None:
    style = browser.get("/").one("link", rel="stylesheet").get("href") or ""
    answer = browser.client.get(style, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_of_another_release_still_gets_its_style_but_keeps_none(browser: Browser) -> None:
    answer = browser.client.get("/static/0123456789ab/survey.css")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]
    browser.get("/static/0123456789ab/../../config.py", 404)
    browser.get("/static/0123456789ab/nothing.css", 404)
