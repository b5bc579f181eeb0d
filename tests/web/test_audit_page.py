"""The record of acts as its readers see it: sentences, filters, pages, a file; and only what is within reach."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask_babel import force_locale, gettext

from survey.domain.access import Role
from survey.domain.audit import Action, Event
from survey.extensions import writing
from survey.services import audit
from survey.wording import audit as words
from tests.support import places
from tests.support.pages import Browser
from tests.support.places import CITY, NOW, OTHER_WARD, POINT, WARD, World
from tests.support.staff import EMAIL, account, signed_in

ADDRESS = "/staff/admin/audit"
BELOW = "quan-tri-phuong@hanoi.gov.vn"

EVENTS: tuple[tuple[str, Action, str, dict[str, str | int]], ...] = (
    ("lan@hanoi.gov.vn", Action.DOWNLOADED, "rates.csv", {"unit": WARD, "from": "2026-10"}),
    ("lan@hanoi.gov.vn", Action.TARGET_SET, OTHER_WARD, {"kind": "satisfaction", "year": 2026}),
    ("=1+1", Action.POINT_CREATED, POINT, {"unit": WARD}),
    ("command line", Action.CATALOGUE_IMPORTED, "<b>units</b>.csv", {"added": 3}),
    ("-", Action.SIGN_IN_REFUSED, BELOW, {}),
)


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    """A city's administrator, a ward's, and events of both wards, of an account, and of the whole system."""
    with writing() as session:
        world = places.build(session)
    account(world, CITY, EMAIL, Role.ADMINISTRATOR)
    account(world, WARD, BELOW, Role.ADMINISTRATOR)
    for number, (actor, action, subject, detail) in enumerate(EVENTS):
        with writing() as session:
            audit.record(session, NOW - timedelta(days=9 - number), actor, action, subject, detail)
    return world


def lines(browser: Browser, query: str = "") -> list[str]:
    page = browser.get(f"{ADDRESS}{query}")
    return [" ".join("".join(cell.itertext()).split()) for cell in page.all("th", scope="row")]


def test_a_reader_sees_what_lies_within_reach_newest_first(app: Flask, world: World) -> None:
    browser = signed_in(app)
    assert lines(browser)[1:4] == [
        f"Một lần đăng nhập vào {BELOW} bị từ chối.",
        "Người vận hành (dòng lệnh) nạp tệp <b>units</b>.csv vào danh mục.thêm: 3",
        f"=1+1 tạo điểm thu thập {POINT} của UBND phường Cầu Giấy.",
    ]
    below = signed_in(app, BELOW)
    seen = " ".join(lines(below))
    assert f"=1+1 tạo điểm thu thập {POINT}" in seen
    assert f"{BELOW} đăng nhập." in seen
    assert f"Một lần đăng nhập vào {BELOW}" in seen
    for hidden in ("Hoàn Kiếm", OTHER_WARD, "units", EMAIL):
        assert hidden not in seen
        assert hidden not in below.client.get(f"{ADDRESS}.csv").get_data(as_text=True)
    english = lines(browser, "?lang=en&who=rates.csv")
    assert english == ["lan@hanoi.gov.vn downloaded rates.csv.from: 10/2026unit: UBND phường Cầu Giấy"]


def test_filters_narrow_and_say_what_they_cannot_use(app: Flask, world: World) -> None:
    browser = signed_in(app)
    assert len(lines(browser, f"?unit={WARD}")) == 2
    assert len(lines(browser, f"?unit={CITY}")) == 3
    assert [line[:4] for line in lines(browser, "?kind=points")] == ["=1+1"]
    assert len(lines(browser, "?who=LAN@")) == 2
    assert len(lines(browser, "?from=2026-11-15&to=2026-11-16")) == 2
    assert lines(browser, "?kind=others&who=nobody") == []
    page = browser.get(f"{ADDRESS}?unit=XX&kind=xx&from=soon&to=2026-11-40")
    assert all(word in page.text for word in ("“XX”", "“xx”", "“soon”", "“2026-11-40”"))
    assert "Ngày cuối đứng trước ngày đầu" in browser.get(f"{ADDRESS}?from=2026-02-02&to=2026-02-01").text


def test_a_long_record_comes_in_pages_that_miss_nothing(app: Flask, world: World) -> None:
    for number in range(60):
        with writing() as session:
            audit.record(session, NOW, "lan@hanoi.gov.vn", Action.DOWNLOADED, f"{number}.csv", {"unit": WARD})
    browser = signed_in(app)
    page = browser.get(f"{ADDRESS}?who=.csv&unit={WARD}")
    first = lines(browser, f"?who=.csv&unit={WARD}")
    older = page.links()["Những dòng cũ hơn"]
    rest = lines(browser, older.removeprefix(ADDRESS))
    assert (len(first), len(rest)) == (50, 11)
    assert len({*first, *rest}) == 61
    assert "Về những dòng mới nhất" in browser.get(older).links()


def test_the_file_has_the_same_events_without_formulas_and_is_recorded(app: Flask, world: World) -> None:
    browser = signed_in(app)
    answer = browser.client.get(f"{ADDRESS}.csv?unit={WARD}")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [(row["actor"], row["action"], row["unit_code"]) for row in rows] == [
        ("lan@hanoi.gov.vn", "downloaded", WARD),
        ("'=1+1", "point_created", WARD),
    ]
    assert rows[0]["at"] == "15/11/2026 09:00"
    assert lines(browser)[0].startswith(f"{EMAIL} tải tệp audit.csv.")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_only_administrators_read_it(app: Flask, world: World, role: Role) -> None:
    account(world, CITY, "khac@hanoi.gov.vn", role)
    browser = signed_in(app, "khac@hanoi.gov.vn")
    assert browser.client.get(ADDRESS).status_code == 403
    assert browser.client.get(f"{ADDRESS}.csv").status_code == 403
    assert "Nhật ký" not in browser.get("/staff/").text


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_act_reads_as_a_sentence_even_with_nothing_known_of_it(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        for action in Action:
            said = words.told(Event(NOW, "lan@x.vn", action.value, "điều gì đó", "{}"), gettext, {}).sentence
            assert said.endswith("."), action
            assert "%(" not in said, action
            assert said != gettext(words.UNKNOWN, actor="lan@x.vn", action=action.value, subject="điều gì đó")
            assert language == "vi" or said != words.SENTENCES[action]
        newer = words.told(Event(NOW, "lan@x.vn", "from_the_future", "x", '{"a":"b"}'), gettext, {})
    assert "from_the_future" in newer.sentence
    assert newer.rest == (("a", "b"),)
