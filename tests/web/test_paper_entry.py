"""/staff/entry: a batch of paper forms is keyed twice, settled where the two differ, and counted exactly once."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Comment, PaperBatch, PaperForm, Pending, Point, Response
from tests.support import places
from tests.support.pages import Browser, Page, checked, words
from tests.support.places import CITY, OTHER_WARD, WARD, World
from tests.support.staff import EMAIL, account, signed_in

HERE = "/staff/entry"
COLLEAGUE, STRANGER = "dong-nghiep@hanoi.gov.vn", "nguoi-la@hanoi.gov.vn"
ITEMS = ("A1", "B1", "C1", "D1", "E1", "F1")
DOSSIER = "H15.50.05.13-261008-0975"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> World:
    with writing() as session:
        made = places.build(session)
    account(made, WARD, EMAIL, Role.CLERK)
    account(made, WARD, COLLEAGUE, Role.CLERK)
    return made


@pytest.fixture
def clerk(app: Flask, world: World) -> Browser:
    return signed_in(app)


@pytest.fixture
def other(app: Flask, world: World) -> Browser:
    return signed_in(app, COLLEAGUE)


def begin(browser: Browser, forms: int = 2, number: str = "T11/1", **more: str) -> str:
    """The address of a new batch of the short questionnaire."""
    fields = browser.get(HERE).fields() | {
        "unit": WARD,
        "questionnaire": "quick",
        "number": number,
        "day": "2026-11-20",
        "forms": str(forms),
    }
    return browser.send(HERE, fields | more).removesuffix("/1/1")


def levels(text: str) -> dict[str, str]:
    """Answers of the short questionnaire as they are keyed, a digit a question."""
    return {f"answers.{key}": "" if digit == "0" else digit for key, digit in zip(ITEMS, text, strict=True)}


def key_in(
    browser: Browser, address: str, digits: str, more: dict[str, str] | None = None, status: int = 303
) -> Page | str:
    fields = browser.get(address).fields() | levels(digits) | (more or {})
    if status != 303:
        return checked(browser.client.post(address, data=fields), status)
    return browser.send(address, fields)


def act(browser: Browser, batch: str, what: str, status: int = 303, **more: str) -> Page | None:
    token = browser.get("/staff/account").fields()["csrf_token"]
    answer = browser.client.post(batch, data={"csrf_token": token, "act": what, **more})
    if status != 303:
        return checked(answer, status)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return None


def counted(model: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_batch_goes_from_the_count_to_responses_that_count_once(clerk: Browser, other: Browser) -> None:
    batch = begin(clerk, forms=3)
    assert not clerk.get(f"{batch}/1/1").all("input", name="facts.harassment"), "no clerk reads that"
    following = key_in(clerk, f"{batch}/1/1", "455310", {"reasons.E.slow": "yes", "dossier": DOSSIER.lower()})
    assert following == f"{batch}/1/2"
    assert key_in(clerk, f"{batch}/1/2", "444444", {"comment": "Gọi 0912345678"}) == f"{batch}/1/3"
    page = clerk.get(f"{batch}/1/3")
    assert clerk.send(f"{batch}/1/3", page.fields() | {"void": "yes"}) == batch

    assert key_in(other, f"{batch}/2/1", "455310", {"reasons.E.slow": "yes", "dossier": DOSSIER}) == f"{batch}/2/2"
    key_in(other, f"{batch}/2/2", "444443", {"comment": "Gọi 0912345678"})
    other.send(f"{batch}/2/3", other.get(f"{batch}/2/3").fields() | {"void": "yes"})
    assert act(other, batch, "accept", 409) is not None, "two entries differ"
    assert counted(Response) == 0

    page = other.get(batch)
    assert "Tờ số 2: 1 chỗ, xem lại trên giấy" in page.text
    settling = other.get(f"{batch}/settle/2")
    assert "Lần 1: Hài lòng Lần 2: Bình thường" in settling.text
    assert [one.get("name") for one in settling.all("input", type="radio")] == ["answers.F1"] * 6
    assert not [one for one in settling.all("input", type="radio") if one.get("checked") is not None]
    undecided = checked(other.client.post(f"{batch}/settle/2", data=settling.fields()), 422)
    assert "Hãy chọn như trên giấy" in undecided.text
    other.send(f"{batch}/settle/2", settling.fields() | {"answers.F1": "4", "answers.A1": "1"})

    assert "nhận 2 phiếu, 1 tờ bỏ trống" in other.get(batch).text
    act(other, batch, "accept")
    act(other, batch, "accept")
    assert "Tập này đã chốt: nhận 2 phiếu, 1 tờ bỏ trống" in clerk.get(batch).text
    assert (counted(Response), counted(Pending), counted(PaperForm)) == (2, 2, 0)
    with reading() as session:
        table = Response.__table__.c
        columns = (table.channel, table.day, table.a01, table.a05, table.a06, table.counted)
        rows = sorted(map(tuple, session.execute(select(*columns))), key=str)
        point = session.execute(select(Point.kind, Point.questionnaire_key).join(PaperBatch)).one()
        assert session.scalars(select(Comment.masked)).one() != "Gọi 0912345678"
        acts = session.execute(select(AuditEvent.action, AuditEvent.unit).where(AuditEvent.action.like("paper%"))).all()
    assert [(row[0], row[1].isoformat(), *row[2:]) for row in rows] == [
        ("paper", "2026-11-20", 4, 1, None, True),
        ("paper", "2026-11-20", 4, 4, 4, True),
    ]
    assert tuple(point) == ("paper", "quick")
    assert [tuple(one) for one in acts] == [("paper_opened", WARD), ("paper_accepted", WARD)]


def test_a_form_that_is_posted_twice_is_kept_once_and_one_of_another_is_not_overwritten(
    clerk: Browser, other: Browser
) -> None:
    batch = begin(clerk)
    form = f"{batch}/1/1"
    early, fields = other.get(form).fields(), clerk.get(form).fields() | levels("444444")
    assert clerk.send(form, fields) == clerk.send(form, fields) == f"{batch}/1/2"
    refused = checked(other.client.post(form, data=early | levels("555555") | {"comment": "của tờ khác"}), 409)
    assert "Tờ số 1 vừa được nhập trong lần này" in refused.text
    assert (refused.fields()["answers.A1"], refused.fields()["comment"].strip()) == ("5", "của tờ khác")
    other.get(form, 404)

    again = clerk.get(form).fields()
    assert again["answers.A1"] == "4"
    clerk.send(form, again | {"answers.A1": "3"})
    stale = checked(clerk.client.post(form, data=again | {"answers.A1": "2"}), 409)
    assert stale.fields()["answers.A1"] == "2"
    assert clerk.get(form).fields()["answers.A1"] == "3"
    assert "xem lại lần 1" in clerk.get(batch).text
    assert "xem lại lần 1" not in other.get(batch).text
    blank = clerk.get(f"{batch}/2/1")
    assert "answers.A1" not in blank.fields(), "the second time shows nothing of the first"


def test_what_is_wrong_with_a_form_is_said_at_its_field_and_nothing_typed_is_lost(clerk: Browser) -> None:
    batch = begin(clerk)
    fields = clerk.get(f"{batch}/1/1").fields() | levels("444444") | {"dossier": "12", "comment": "Góp ý dài"}
    del fields["answers.C1"]
    page = checked(clerk.client.post(f"{batch}/1/1", data=fields), 422)
    assert words(page.one("p", id="answers.C1-error")).startswith("Chưa nhập câu này.")
    assert words(page.one("p", id="dossier-error")).startswith("Mã hồ sơ chưa đúng dạng")
    assert (page.fields()["answers.A1"], page.fields()["comment"].strip()) == ("4", "Góp ý dài")
    strange = {"comment": "a\0b", "procedure": "\0", "dossier": "\x1f", "answers.A1": "５", "facts.trips": "\0"}
    checked(clerk.client.post(f"{batch}/1/1", data=fields | levels("444444") | strange), 422)
    empty = key_in(clerk, f"{batch}/1/1", "000000", status=422)
    assert isinstance(empty, Page)
    assert "Tờ này không có câu trả lời nào" in empty.text
    english = checked(clerk.client.post(f"{batch}/1/1?lang=en", data=fields), 422)
    assert "Nothing was keyed for this question" in english.text
    with reading() as session:
        assert session.scalars(select(PaperForm.first)).all() == [None, None]


def test_what_is_kept_while_a_batch_waits_cannot_be_read_from_the_database(clerk: Browser) -> None:
    batch = begin(clerk)
    key_in(clerk, f"{batch}/1/1", "444444", {"comment": "một câu rất riêng", "dossier": DOSSIER})
    with reading() as session:
        sealed = session.scalars(select(PaperForm.first).where(PaperForm.place == 1)).one()
    assert sealed is not None
    assert b"answers" not in sealed
    assert "rất riêng".encode() not in sealed
    assert DOSSIER.encode() not in sealed


def test_a_batch_is_counted_anew_and_let_go_of_only_by_its_number(clerk: Browser) -> None:
    batch = begin(clerk)
    key_in(clerk, f"{batch}/1/2", "444444")
    for forms, status in (("1", 422), ("0", 422), ("201", 422), ("x", 422), ("3", 303)):
        act(clerk, batch, "count", status, forms=forms)
    assert counted(PaperForm) == 3
    act(clerk, batch, "count", forms="2")
    taken = checked(clerk.client.post(HERE, data=clerk.get(HERE).fields() | _wanted("t11/1")), 422)
    assert "Số tập T11/1 đã dùng" in taken.text
    act(clerk, batch, "drop", 422, number="T11")
    act(clerk, batch, "drop", number=" t11/1")
    clerk.get(batch, 404)
    assert (counted(PaperForm), counted(PaperBatch), counted(Response)) == (0, 0, 0)
    again = begin(clerk, number="T11/1")
    stale = {**clerk.get(f"{again}/1/1").fields(), **levels("444444"), "number": "T10"}
    clerk.post(f"{again}/1/1", stale, 409)
    assert counted(PaperBatch) == 1
    act(clerk, again, "nothing", 400)


def _wanted(number: str, **more: str) -> dict[str, str]:
    return {"unit": WARD, "questionnaire": "quick", "number": number, "day": "2026-11-20", "forms": "2", **more}


def test_a_batch_with_a_wrong_day_number_or_count_is_not_opened(clerk: Browser) -> None:
    fields = clerk.get(HERE).fields()
    for wrong, said in (
        ({"day": "2026-11-25"}, "ở tương lai"),
        ({"day": "2025-06-30"}, "quá 366 ngày"),
        ({"day": ""}, "Hãy ghi ngày"),
        ({"forms": "0"}, "Hãy đếm số tờ"),
        ({"number": " "}, "Hãy ghi số tập"),
        ({"unit": OTHER_WARD}, "Hãy chọn đơn vị"),
        ({"questionnaire": "none"}, "Hãy chọn mẫu phiếu"),
        ({"questionnaire": "quick\0"}, "Hãy chọn mẫu phiếu"),
        ({"number": "T\0"}, "Hãy ghi số tập"),
        ({"forms": "9" * 30}, "Hãy đếm số tờ"),
    ):
        page = checked(clerk.client.post(HERE, data=fields | _wanted("T1") | wrong), 422)
        assert said in words(page.one("div", class_="complaints"))
    assert counted(PaperBatch) == 0


def test_nobody_outside_sees_a_batch_and_no_other_role_keys_forms(app: Flask, clerk: Browser, world: World) -> None:
    batch = begin(clerk)
    account(world, OTHER_WARD, STRANGER, Role.CLERK)
    stranger = signed_in(app, STRANGER)
    for address in (batch, f"{batch}/1/1", f"{batch}/settle/1"):
        stranger.get(address, 404)
    assert "T11/1" not in stranger.get(HERE).text
    token = stranger.get("/staff/account").fields()["csrf_token"]
    for address in (batch, f"{batch}/1/1"):
        data = {"csrf_token": token, "act": "drop", "number": "T11/1", **levels("111111")}
        assert stranger.client.post(address, data=data).status_code == 404
    for address in (
        f"{HERE}/form.pdf?batch={batch.rpartition('/')[2]}",
        f"{HERE}/form.pdf?unit={WARD}&questionnaire=quick",
    ):
        stranger.get(address, 404)
        answer = clerk.client.get(address)
        assert answer.headers["Content-Disposition"] == 'attachment; filename="quick.pdf"'
        assert answer.get_data().startswith(b"%PDF")
    clerk.get(f"{HERE}/form.pdf?unit={WARD}&questionnaire=none", 404)
    for role, status in ((Role.MANAGER, 200), (Role.VIEWER, 403), (Role.INSPECTOR, 403), (Role.ADMINISTRATOR, 403)):
        account(world, CITY, f"{role.value}@hanoi.gov.vn", role)
        browser = signed_in(app, f"{role.value}@hanoi.gov.vn")
        for address in (HERE, batch, f"{batch}/1/1"):
            browser.get(address, status)
    huge = "9" * 30
    for address in (f"{HERE}/{huge}", f"{batch}/1/{huge}", f"{batch}/settle/{huge}", f"{HERE}/form.pdf?batch={huge}"):
        clerk.get(address, 404)
    for address in (f"{batch}/3/1", f"{batch}/1/3", f"{batch}/settle/1", f"{HERE}/99"):
        clerk.get(address, 404)
