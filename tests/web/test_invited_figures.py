"""Figures of invitations: the finite population correction and the gap to the kiosk, from an independent recount."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from survey.extensions import db, reading, writing
from survey.models import Handled, InvitationDraw
from tests.support import calls, places, recount
from tests.support.invitations import file, run
from tests.support.pages import Browser, words
from tests.support.places import CITY, KIOSK, NOW, WARD, World
from tests.support.recount import Recounter, effective
from tests.support.releases import release
from tests.support.responses import Plan, fill
from tests.support.staff import account, signed_in
from tests.web.test_compare_page import signed

DRAWN, ANSWERED = 60, 50
OCTOBER = "unit=00166&from=2026-10&to=2026-10"
Size = tuple[float, float]  # rate and effective answers


@pytest.fixture
def sizes(app: Flask, clock: time_machine.Traveller, tmp_path: Path) -> dict[str, Size]:
    """Sixty dossiers were closed and all invited, fifty answered; forty people answered at the kiosk."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url="https://khaosat.example")
    with writing() as session:
        world = places.build(session)
    clock.move_to(datetime(2026, 10, 20, 3, tzinfo=UTC))
    done = run(app, tmp_path, file(range(DRAWN), day="2026-10-20"), "--days", "12")
    assert len(done.links) == DRAWN, done.output
    clock.move_to(NOW)
    _answer(world)
    account(world, CITY)
    with db.get_engine().connect() as connection:
        rows = recount.read(connection)
    counter = Recounter(rows, world.version)
    return {channel: effective(counter.count(rows.channel == channel)) for channel in ("invite", "kiosk")}


def _answer(world: World) -> None:
    days = date(2026, 10, 20), date(2026, 10, 31)
    with writing() as session:
        point = session.scalars(select(InvitationDraw.point_id)).one()
        fill(session, Plan(world.units[WARD], point, world.version, ANSWERED, *days, "invite", lean=-0.5, silent=0.1))
        fill(session, Plan(world.units[WARD], world.points[KIOSK], world.version, 40, *days, "kiosk", lean=0.9), 2)
        counts = {"handled": DRAWN + 4, "early": 0, "on_time": DRAWN + 4, "late": 0}
        session.add(Handled(unit_id=world.units[WARD], day=date(2026, 10, 20), procedure="1.001193", **counts))
    release()


def dossiers(count: int) -> None:
    with writing() as session:
        session.execute(update(Handled).values(handled=count, on_time=count))


def line(reader: Browser, more: str = "channel=invite") -> dict[str, str]:
    content = reader.client.get(f"/staff/rates.csv?{OCTOBER}&{more}").get_data().decode("utf-8-sig")
    return next(csv.DictReader(io.StringIO(content)))


def bounds(size: Size) -> tuple[str, str]:
    low, high = proportion_confint(size[0] * size[1], size[1], method="wilson")
    return f"{100 * low:.2f}", f"{100 * high:.2f}"


def test_invitations_to_all_narrow_the_interval_by_the_part_that_answered(app: Flask, sizes: dict[str, Size]) -> None:
    reader = signed_in(app)
    rate, size = sizes["invite"]
    plain = line(reader)
    assert (plain["low"], plain["high"]) == bounds((rate, size)), (
        "four dossiers more were handled than were in the file"
    )
    assert "số hồ sơ" not in plain["note"]

    dossiers(DRAWN)
    found = line(reader)
    corrected = size / (1 - ANSWERED / DRAWN)
    assert (found["rate"], found["respondents"]) == (plain["rate"], str(ANSWERED))
    assert (found["low"], found["high"]) == bounds((rate, corrected))
    assert "đã hiệu chỉnh theo số hồ sơ" in found["note"]
    page = reader.get(f"/staff/units/{WARD}?{OCTOBER}&channel=invite")
    assert "đã hiệu chỉnh theo số hồ sơ" in page.text
    calls.give_token(WARD)
    (told, *_) = calls.call(app, f"/api/v1/rates?{OCTOBER}&channel=invite").get_json()["rates"]
    assert "corrected" in told["notes"]
    assert f"{told['low']:.2f}" == found["low"]
    assert "số hồ sơ" not in line(reader, "")["note"], "with the kiosk's answers nothing was drawn"

    a, a_size = sizes["kiosk"]
    page = reader.get(f"/staff/compare?{OCTOBER}&kind=channel&a=kiosk&b=invite")
    cells = [words(cell) for cell in next(page.all("tbody")[0].iter("tr"))]
    low, high = confint_proportions_2indep(
        rate * corrected, corrected, a * a_size, a_size, method="newcomb", compare="diff"
    )
    assert cells[3:5] == [signed(rate - a), f"{signed(low)} – {signed(high)}"]
    assert cells[6] == "B thấp hơn"

    dossiers(ANSWERED)
    incomplete = line(reader)
    assert (incomplete["low"], incomplete["high"]) == bounds((rate, size))
    assert "số hồ sơ chưa đủ" in incomplete["note"]
    with reading() as session:
        assert session.scalars(select(InvitationDraw.drawn)).one() == DRAWN
