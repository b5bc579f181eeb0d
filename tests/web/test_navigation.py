"""The row that leads from every staff page to the others: what a role opens, in menus where it is much."""

import pytest
from flask import Flask

from survey.domain.access import Role
from tests.support.pages import Page, words
from tests.support.places import CITY, World
from tests.support.staff import account, signed_in

FIGURES = ["Tổng quan", "Xếp hạng", "So sánh", "Số liệu khác", "Các cách tính", "Bảng điểm", "Số đã chốt"]
ROWS = {
    Role.VIEWER: FIGURES,
    Role.CLERK: [*FIGURES, "Nhập phiếu giấy", "In tờ mã QR"],
    Role.INSPECTOR: [*FIGURES, "Cảnh báo", "Phiền hà"],
    Role.MANAGER: [
        *FIGURES,
        *("Góp ý", "Thu thập", "Nhập phiếu giấy", "Điểm thu thập", "In tờ mã QR", "Máy khảo sát", "Thư mời"),
        "Đặt mục tiêu",
    ],
    Role.ADMINISTRATOR: [
        *FIGURES,
        *("Thư mời", "Quản trị", "Danh mục", "Các mẫu phiếu", "Tài khoản cán bộ", "Nhật ký"),
    ],
}


def row(page: Page) -> list[str]:
    """The names of places and menus, in their order."""
    nav = page.one("nav", **{"aria-label": "Trang cán bộ"})
    return [words(one) for one in nav.iter() if one.tag in ("a", "summary")]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_role_is_led_to_every_page_that_it_opens_and_to_no_other(app: Flask, world: World) -> None:
    for role, names in ROWS.items():
        account(world, CITY, f"{role.value}@hanoi.gov.vn", role)
        browser = signed_in(app, f"{role.value}@hanoi.gov.vn")
        page = browser.get("/staff/account")
        assert row(page) == names
        for link in page.one("nav", **{"aria-label": "Trang cán bộ"}).iter("a"):
            browser.get(link.get("href") or "")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_row_says_where_one_is_also_inside_a_closed_menu(app: Flask, world: World) -> None:
    account(world, CITY, role=Role.ADMINISTRATOR)
    browser = signed_in(app)
    page = browser.get("/staff/admin/procedures")
    assert [words(one) for one in page.all("summary", class_="here")] == ["Quản trị"]
    nav = page.one("nav", **{"aria-label": "Trang cán bộ"})
    assert [words(one) for one in nav.iter("a") if one.get("aria-current") == "page"] == ["Danh mục"]
    page = browser.get("/staff/")
    assert page.all("summary", class_="here") == []
    assert [words(one) for one in page.all("a", **{"aria-current": "page"})] == ["Tổng quan"]
