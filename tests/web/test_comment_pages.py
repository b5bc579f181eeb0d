"""Staff read comments in batches, put them to themes and answer; all may read the answers; who looked is recorded."""

import csv
import io
from collections.abc import Callable
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.domain.periods import Month
from survey.extensions import reading, writing
from survey.models import AuditEvent, CommentTheme
from survey.services import comments
from tests.support import places
from tests.support.commenters import NEXT_MONTH, Said, say, several
from tests.support.pages import Browser, words
from tests.support.places import CITY, OTHER_POINT, OTHER_WARD, POINT, WARD, World
from tests.support.staff import account, signed_in

EVIL = "<script>alert(1)</script>=1+1 & {{ 7*7 }}"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    with writing() as session:
        found = places.build(session)
    said = [*several("Thiếu ghế ngồi, số", 5), *several("Chờ quá lâu lần", 5), Said("=2+3 gọi 0912345678"), Said(EVIL)]
    say(found, said)
    say(found, several("Kia", 10, point=OTHER_POINT), 2)
    clock.move_to(NEXT_MONTH)
    with writing() as session:
        comments.put_together(session, Month(2026, 12), 10, "refresher", NEXT_MONTH, Random(4))
    account(found, WARD, role=Role.MANAGER)
    return found


@pytest.fixture
def manager(app: Flask, world: World) -> Browser:
    return signed_in(app)


@pytest.fixture
def batch(manager: Browser) -> str:
    """The address of the one batch that the manager may read."""
    page = manager.get("/staff/comments")
    return next(
        address for text, address in page.links().items() if text.startswith("Góp ý nhận đến hết tháng 11/2026")
    )


def acts() -> list[tuple[str, str]]:
    with reading() as session:
        rows = session.execute(select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id))
        return [(action, subject) for action, subject in rows if "sign" not in action]


def test_a_batch_is_read_with_a_record_and_without_a_trace_of_who_wrote(manager: Browser, batch: str) -> None:
    listed = manager.get("/staff/comments")
    assert "Kia" not in listed.text
    assert OTHER_WARD not in listed.html
    page = manager.get(batch)
    texts = [words(cell) for cell in page.all("td", class_="words")]
    assert len(texts) == 12
    assert words_of(EVIL) in texts
    assert "gọi •••" in page.text
    for trace in ("10/11/2026", POINT, "poster", "1.001193"):
        assert trace not in page.html
    file = manager.client.get(f"{batch}/comments.csv")
    rows = list(csv.reader(io.StringIO(file.get_data().decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Số", "Góp ý", "Chủ đề"]
    assert [words_of(row[1].lstrip("'")) for row in rows[1:]] == texts
    assert not any(row[1].startswith("=") for row in rows)
    assert [act for act in acts() if act[0] in ("comments_viewed", "downloaded")] == [
        ("comments_viewed", ""),
        ("downloaded", "comments.csv"),
    ]


def test_themes_take_comments_and_their_answers_are_public(app: Flask, manager: Browser, batch: str) -> None:
    page = manager.get(batch)
    suggested = [words(button) for button in page.all("button") if "góp ý)" in words(button)]
    assert "thiếu ghế ngồi (5 góp ý)" in suggested
    token = page.fields()["csrf_token"]
    send = sender(manager, token)
    send(f"{batch}/themes", name="thiếu ghế", phrase="thiếu ghế")
    send(f"{batch}/themes", name=EVIL)
    chosen = {name: value for name, value in manager.get(batch).fields().items() if name.startswith("theme.")}
    seats, evil = theme_ids()
    assert sorted(chosen.values()).count(str(seats)) == 5
    loose = [name for name, value in chosen.items() if not value]
    send(f"{batch}/sort", **{loose[0]: str(evil), loose[1]: "", "theme.999": str(evil)})
    assert "1 góp ý" in words(manager.get(batch).one("article", id=f"theme-{evil}"))

    board = Browser(app).get(f"/board/{WARD}")
    assert "chưa đăng trả lời nào" in board.text
    send(f"/staff/comments/themes/{seats}/answer", note="Đã thêm 20 ghế.\nCảm ơn!")
    send(f"/staff/comments/themes/{evil}/answer", note=EVIL)
    board = Browser(app).get(f"/board/{WARD}")
    assert words(board.all("h2")[0]) == "Góp ý nhận đến hết tháng 11/2026"
    assert "Ông/Bà góp ý: thiếu ghế Chúng tôi đã làm: Đã thêm 20 ghế. Cảm ơn!" in board.text
    assert words_of(EVIL) in board.text, "it is text, whatever it looks like"
    assert "Chờ quá lâu" not in board.text
    assert "hanh@" not in board.html
    assert "Đã thêm" not in Browser(app).get(f"/board/{OTHER_WARD}").text
    assert "What you said" in Browser(app).get(f"/board/{WARD}?lang=en").text

    send(f"/staff/comments/themes/{seats}/withdraw")
    assert "Đã thêm" not in Browser(app).get(f"/board/{WARD}").text
    assert "Đã thêm 20 ghế." in manager.get(batch).html, "staff still have it"
    assert [action for action, _ in acts() if action.startswith(("theme", "answer", "comments_sorted"))] == [
        "theme_added",
        "theme_added",
        "comments_sorted",
        "answer_published",
        "answer_published",
        "answer_withdrawn",
    ]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(manager: Browser, batch: str) -> None:
    token = manager.get(batch).fields()["csrf_token"]
    long = "x" * 121
    page = manager.post(f"{batch}/themes", {"csrf_token": token, "name": long}, 422)
    assert "dài 121 ký tự; nhiều nhất 120" in page.text
    assert long in page.html
    sender(manager, token)(f"{batch}/themes", name="Ghế")
    page = manager.post(f"{batch}/themes", {"csrf_token": token, "name": " Ghế "}, 422)
    assert "đã có chủ đề “Ghế”" in page.text
    (theme,) = theme_ids()
    page = manager.post(f"/staff/comments/themes/{theme}/answer", {"csrf_token": token, "note": "y" * 2001}, 422)
    assert "dài 2001 ký tự" in page.text
    assert "y" * 2001 in page.html
    page = manager.post(f"{batch}/sort", {"csrf_token": token, "theme.1": "77", "theme.x": "-"}, 422)
    assert "không thuộc đợt góp ý này" in page.text
    assert manager.client.post(f"{batch}/themes", data={"name": "không có token"}).status_code == 400


def test_nobody_else_reads_or_answers(app: Flask, world: World, manager: Browser, batch: str) -> None:
    token = manager.get(batch).fields()["csrf_token"]
    sender(manager, token)(f"{batch}/themes", name="Ghế")
    (theme,) = theme_ids()
    before = acts()
    for role, at, status in (
        (Role.MANAGER, OTHER_WARD, 404),
        (Role.VIEWER, WARD, 403),
        (Role.CLERK, WARD, 403),
        (Role.INSPECTOR, CITY, 403),
        (Role.ADMINISTRATOR, CITY, 403),
    ):
        account(world, at, f"{role.value}.{at.lower()}@hanoi.gov.vn", role)
        other = signed_in(app, f"{role.value}.{at.lower()}@hanoi.gov.vn")
        fields = {"csrf_token": other.get("/staff/account").fields()["csrf_token"], "name": "x", "note": "x"}
        assert other.client.get(batch).status_code == status
        assert other.client.get(f"{batch}/comments.csv").status_code == status
        for path in (f"{batch}/themes", f"{batch}/sort", *_acts_of(theme)):
            assert other.client.post(path, data=fields).status_code == status
    assert [act for act in acts() if act[0].startswith(("comment", "theme", "answer", "down"))] == [
        act for act in before if act[0].startswith(("comment", "theme", "answer", "down"))
    ]


def _acts_of(theme: int) -> tuple[str, str]:
    return f"/staff/comments/themes/{theme}/answer", f"/staff/comments/themes/{theme}/withdraw"


def test_the_board_is_found_from_where_citizens_are(app: Flask, world: World) -> None:
    browser = Browser(app)
    address = f"/board/{WARD}"
    assert address in browser.get("/?q=cau+giay").html
    assert address in browser.get(f"/p/{POINT}/thanks?receipt=K7QAMX").html
    assert address in browser.get(f"/p/{POINT}").html
    assert browser.client.get("/board/nowhere").status_code == 404


def theme_ids() -> list[int]:
    with reading() as session:
        return list(session.scalars(select(CommentTheme.id).order_by(CommentTheme.id)))


def sender(browser: Browser, token: str) -> Callable[..., None]:
    def send(address: str, **fields: str) -> None:
        browser.send(address, {"csrf_token": token, **fields})

    return send


def words_of(text: str) -> str:
    return " ".join(text.split())
