"""The scorecard: the city's announcement made again from the data files, and targets that staff raise."""

import csv
from decimal import Decimal

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.config import ROOT
from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import AuditEvent, Target
from survey.queries import catalogue
from survey.services import staff as accounts
from tests.support import answers
from tests.support.pages import Browser, words
from tests.support.places import CITY, WARD
from tests.support.staff import EMAIL, PASSWORD, account, signed_in
from tests.support.staff_pages import cells, expected

DATA = ROOT / "survey" / "data"


def imported(app: Flask, *commands: tuple[str, ...]) -> None:
    for words_ in commands:
        result = app.test_cli_runner().invoke(args=["catalogue", *words_, "--commit"])
        assert result.exit_code == 0, result.output


@pytest.fixture
def hanoi(app: Flask, clock: time_machine.Traveller) -> Browser:
    """Hà Nội as the files have it, and a manager of the city."""
    app.test_cli_runner().invoke(
        args=["questionnaire", "publish", str(ROOT / "survey" / "questionnaires" / "sipas-2024.yaml"), "--commit"]
    )
    imported(
        app,
        ("import-units", str(DATA / "hanoi_units.csv")),
        ("import-targets", str(DATA / "hanoi_plan_2021.csv"), "--unit", CITY, "--year", "2021"),
        ("import-indicators", str(DATA / "hanoi_par_index_2020.csv"), "--year", "2020", "--kind", "par_index"),
    )
    with reading() as session:
        city = catalogue.unit(session, CITY)
    assert city is not None
    with writing() as session:
        accounts.create(session, EMAIL, "Nguyễn Thị Hạnh", Role.MANAGER, city.id, PASSWORD)
    return signed_in(app)


def test_the_announcement_of_2021_is_made_again(hanoi: Browser) -> None:
    page = hanoi.get(f"/staff/scorecard?unit={CITY}&year=2021")
    places = [words(entry) for kind in ("place-highest", "place-lowest") for entry in page.all("div", class_=kind)]
    announced = {
        place("HN-SO-TAI-CHINH", "Cao nhất", "92,76"),
        place("005", "Cao nhất", "94,22"),
        place("275", "Thấp nhất", "83,86"),
        place("HN-SO-TAI-NGUYEN-VA-MOI-TRUONG", "Thấp nhất", "76,27"),
    }
    assert set(places) == announced
    assert len(places) == 4


def place(code: str, words_: str, value: str) -> str:
    """A place with its unit's name, from the files themselves."""
    with (DATA / "hanoi_units.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["code"]: row["name"] for row in csv.DictReader(stream)}
    return f"{words_}: {names[code]}{value}"


def test_every_target_of_the_plan_stands_there_with_what_is_known(hanoi: Browser) -> None:
    page = hanoi.get(f"/staff/scorecard?unit={CITY}&year=2021")
    with (DATA / "hanoi_plan_2021.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 6
    for row in rows:
        line = cells(page, row["name"])
        assert line[1] == f"Ít nhất: {row['target_percent']}%"
        assert line[2] in ("chưa có số liệu", "chưa có dữ liệu")
    english = hanoi.get(f"/staff/scorecard?unit={CITY}&year=2021&lang=en")
    assert english.text.count("Highest: ") == english.text.count("Lowest: ") == 2


def test_a_year_before_the_plan_has_none(hanoi: Browser) -> None:
    page = hanoi.get(f"/staff/scorecard?unit={CITY}&year=2019")
    assert "Chưa có kế hoạch nào" in page.text
    assert page.all("div", class_="place-highest") == []
    for year in ("x", "99999", ""):
        assert "2026" in hanoi.get(f"/staff/scorecard?unit={CITY}&year={year}").h1


def test_a_department_sees_the_places_of_its_own_alone(app: Flask, hanoi: Browser) -> None:
    with reading() as session:
        department = catalogue.unit(session, "HN-SO-TAI-CHINH")
    assert department is not None
    with writing() as session:
        accounts.create(session, "so@hanoi.gov.vn", "Lê Văn Sở", Role.VIEWER, department.id, PASSWORD)
    page = signed_in(app, "so@hanoi.gov.vn").get("/staff/scorecard?year=2021")
    assert "Sở Tài chính" in page.h1
    assert page.text.count("92,76") == 1
    for value in ("76,27", "94,22", "83,86"):
        assert value not in page.text
    signed_in(app, "so@hanoi.gov.vn").get(f"/staff/scorecard?unit={CITY}", 404)


def test_what_is_measured_stands_beside_its_target(app: Flask, clock: time_machine.Traveller) -> None:
    answered = answers.build(Role.MANAGER)
    assert app.test_cli_runner().invoke(args=["rates", "refresh"]).exit_code == 0
    imported(app, ("import-targets", str(DATA / "hanoi_plan_2021.csv"), "--unit", CITY, "--year", "2021"))
    page = signed_in(app).get(f"/staff/scorecard?unit={WARD}&year=2026")
    line = cells(page, "Mức độ hài lòng")
    rate, respondents = expected(answered.count(WARD, start="2026-01-01", end="2026-12-31"))
    assert line[2].startswith(f"Kết quả: {rate}")
    assert line[2].endswith(f"{respondents} phiếu")
    assert "tạm tính" in line[3]


def setting(
    browser: Browser, unit: str, percent: str, year: str = "2026", kind: str = "satisfaction"
) -> dict[str, str]:
    fields = browser.get(f"/staff/admin/targets?unit={unit}").fields()
    return {**fields, "unit": unit, "kind": kind, "year": year, "percent": percent}


def test_a_later_year_raises_the_bar(hanoi: Browser) -> None:
    address = "/staff/admin/targets"
    assert hanoi.send(address, setting(hanoi, CITY, "90,5")) == f"{address}?unit={CITY}"
    for year, percent in ((2025, "85%"), (2026, "90,50%"), (2027, "90,50%")):
        page = hanoi.get(f"/staff/scorecard?unit=00166&year={year}")
        assert cells(page, "Mức độ hài lòng")[1] == f"Ít nhất: {percent}"
    with reading() as session:
        assert session.scalars(select(Target.percent).where(Target.year == 2026)).one() == Decimal("90.50")
        events = select(AuditEvent.actor, AuditEvent.subject).where(AuditEvent.action == "target_set")
        assert [tuple(row) for row in session.execute(events)] == [(EMAIL, CITY)]
    assert hanoi.send(f"{address}/remove", setting(hanoi, CITY, "")) == f"{address}?unit={CITY}"
    assert cells(hanoi.get(f"/staff/scorecard?unit={CITY}&year=2026"), "Mức độ hài lòng")[1] == "Ít nhất: 85%"


def test_a_unit_cannot_ask_less_of_itself_than_the_plan(hanoi: Browser) -> None:
    page = hanoi.post("/staff/admin/targets", setting(hanoi, "00166", "84"), 422)
    assert "thấp hơn kế hoạch của cấp trên (85%)" in page.text
    hanoi.send("/staff/admin/targets", setting(hanoi, "00166", "88"))
    assert cells(hanoi.get("/staff/scorecard?unit=00166&year=2026"), "Mức độ hài lòng")[1] == "Ít nhất: 88%"
    for percent, year in (("x", "2026"), ("101", "2026"), ("90", "26")):
        refused = hanoi.post("/staff/admin/targets", setting(hanoi, "00166", percent, year), 422)
        assert len(refused.all("p", class_="error")) == 1
    hanoi.post("/staff/admin/targets/remove", setting(hanoi, "00166", "", "2019"), 422)


def test_only_those_who_manage_a_unit_set_its_targets(app: Flask, clock: time_machine.Traveller) -> None:
    answered = answers.build(Role.VIEWER)
    viewer = signed_in(app)
    viewer.get("/staff/admin/targets", 403)
    account(answered.world, WARD, "lan@hanoi.gov.vn", Role.MANAGER)
    manager = signed_in(app, "lan@hanoi.gov.vn")
    fields = {"kind": "satisfaction", "name": "Hài lòng", "year": "2026", "percent": "90"}
    token = manager.get("/staff/").fields()["csrf_token"]
    manager.post("/staff/admin/targets", {**fields, "csrf_token": token, "unit": CITY}, 404)
    manager.get(f"/staff/admin/targets?unit={CITY}", 404)
    assert manager.get("/staff/admin/targets").h1.endswith("UBND phường Cầu Giấy")
