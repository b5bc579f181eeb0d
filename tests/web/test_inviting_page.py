"""Invitations on the staff's page: looked at first, given away once, counted in lots of ten, revoked."""

from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from survey.domain.access import Role
from survey.domain.rates import sample_size
from survey.extensions import reading
from survey.models import AuditEvent, Invitation
from tests.support.invitations import file, read
from tests.support.pages import Browser, checked, words
from tests.support.places import CITY, OTHER_WARD, WARD, World
from tests.support.staff import account, signed_in

PAGE = "/staff/admin/invitations"


def manager(app: Flask, world: World, at: str = WARD, role: Role = Role.MANAGER) -> Browser:
    account(world, at, f"{role.value}@hanoi.gov.vn", role)
    return signed_in(app, f"{role.value}@hanoi.gov.vn")


def post(browser: Browser, text: str, act: str, **more: Any) -> TestResponse:
    fields = browser.get(PAGE).fields() | {"act": act, **more}
    return browser.client.post(PAGE, data={**fields, "file": (BytesIO(text.encode()), "ho-so.csv")})


def stored() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Invitation)) or 0


def test_a_draw_is_looked_at_made_once_and_revoked(app: Flask, world: World) -> None:
    browser, text = manager(app, world), file(range(200))
    size = sample_size(200)
    seen = checked(post(browser, text, "check", way="random", seed="2026-11"))
    assert f"UBND phường Cầu Giấy: {size} thư mời từ 200 hồ sơ" in seen.text
    assert (stored(), seen.fields()["seed"]) == (0, "2026-11")
    made = post(browser, text, "commit", way="random", seed="2026-11")
    links = read(made.get_data())
    assert (made.status_code, made.mimetype, len(links), stored()) == (200, "text/csv", size, size)
    assert made.headers["Cache-Control"] == "no-store"
    drawn = [int(link["line"]) for link in links]
    assert drawn == sorted(drawn)
    assert drawn != list(range(2, size + 2)), "not the first ones"
    twice = checked(post(browser, text, "commit", way="random", seed="2026-11"), 422)
    assert "Mọi hồ sơ trong tệp đã được mời từ trước" in twice.text
    other = checked(post(browser, text, "commit", way="random", seed="again"), 422)
    assert "đã có đợt mời cho hồ sơ trả kết quả" in other.text

    (line,) = browser.get(PAGE).all("tbody")[0].iter("tr")
    cells = [words(cell) for cell in line]
    assert cells[2] == f"{size} trong 200 hồ sơ trả kết quả 20/11/2026"
    assert cells[4] == "chưa có dữ liệu", "nobody has answered, or too few: the same words as in every figure"
    token = links[0]["url"].rpartition("/")[2]
    assert Browser(app).get(f"/i/{token}").status == 200
    address = line.find(".//form").get("action")  # type: ignore[union-attr]
    refused = browser.post(str(address), browser.get(PAGE).fields() | {"typed": "UBND phường Khác"}, 422)
    assert "Tên gõ lại không đúng" in refused.text
    assert Browser(app).get(f"/i/{token}").status == 200, "its unit's name was not typed"
    browser.send(str(address), browser.get(PAGE).fields() | {"typed": " UBND phường  Cầu Giấy"})
    assert "Đã thu hồi" in browser.get(PAGE).text
    assert Browser(app).get(f"/i/{token}", 410).h1 == "Thư mời đã hết hạn"
    assert len(read(post(browser, text, "commit", way="random", seed="again").get_data())) == size
    with reading() as session:
        acts = list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert [act for act in acts if act.startswith("invitations")] == [
        "invitations_sent",
        "invitations_revoked",
        "invitations_sent",
    ]


def test_a_file_with_bad_lines_makes_nothing_and_no_dossier_is_repeated(app: Flask, world: World) -> None:
    browser = manager(app, world)
    lines = [
        "dossier,unit_code,procedure_code,closed_day",
        "H15-261020-0001,00166,1.001193,2026-11-20",
        "H15-261020-0001,00166,,2026-11-20",
        "H15-2610-0001,00166,,2026-11-20",
        "H15-261020-0003,00070,,2026-11-20",
        "H15-261020-0004,00166,9.999999,2026-11-20",
        "H15-261020-0005,00166,,2026-10-01",
        "H15-261020-0006,00166,,2027-01-01",
        ",00166,,",
    ]
    page = checked(post(browser, "\n".join(lines), "commit"), 422)
    said = [words(line) for line in page.one("div", class_="complaints").iter("li")]
    assert len(said) == 8, said
    assert stored() == 0
    assert "H15-261020" not in page.html, "a dossier's code is personal"
    days = checked(post(browser, file([1]), "commit", days="0", opens="2026-11-01"), 422)
    assert {"Ngày mở phải từ hôm nay trở đi.", "Số ngày mở là số nguyên từ 1 đến 90."} <= {
        words(line) for line in days.one("div", class_="complaints").iter("li")
    }


def test_who_invites_reaches_their_own_units(app: Flask, world: World) -> None:
    above = manager(app, world, CITY)
    assert read(post(above, file([1], unit=OTHER_WARD), "commit").get_data())
    ward = manager(app, world, WARD, Role.ADMINISTRATOR)
    assert "UBND phường Hoàn Kiếm" not in ward.get(PAGE).text
    assert ward.client.post(f"{PAGE}/1/revoke", data=ward.get(PAGE).fields()).status_code == 404
    for role in (Role.VIEWER, Role.CLERK, Role.INSPECTOR):
        assert manager(app, world, WARD, role).client.get(PAGE).status_code == 403
