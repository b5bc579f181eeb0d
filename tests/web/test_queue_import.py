"""A stuck kiosk's exported queue, handed in on the staff page and on the command line."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from survey.domain.access import Role
from survey.extensions import limiter, reading, writing
from survey.models import AuditEvent, Pending, Response
from survey.services import kiosks
from tests.support import places
from tests.support.devices import Kiosk, body, client_id, paired
from tests.support.pages import Browser, Page, checked, words
from tests.support.places import KIOSK, NOW, OTHER_WARD, POINT, QUICK_POINT, WARD, World
from tests.support.staff import account, signed_in

ADDRESS = "/staff/admin/kiosks/import"


@dataclass(frozen=True)
class Stuck:
    """A kiosk that was revoked with answers in it."""

    kiosk: Kiosk
    world: World

    def record(self, number: int, **changes: Any) -> dict[str, Any]:
        """A record of the outbox as it is exported."""
        sent = body(self.world, answered_at="2026-11-20T10:00:00+07:00")
        record = {"id": str(client_id(number)), "point": KIOSK, "body": sent, "created": 1, "tries": 9}
        return {**record, "state": "aside", "problem": "device_revoked", **changes}


@pytest.fixture
def stuck(app: Flask, clock: time_machine.Traveller) -> Stuck:
    limiter.reset()
    with writing() as session:
        world = places.build(session)
    kiosk = paired(app, world)
    assert kiosk.put(body(world, answered_at="2026-11-20T10:00:00+07:00"), number=1).status_code == 201
    with writing() as session:
        kiosks.revoke(session, world.points[KIOSK], NOW)
    return Stuck(kiosk, world)


def rows() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def mixed(stuck: Stuck) -> list[Any]:
    """Two new ones, one held already, one twice, and five that are bad, each in its way."""
    return [
        stuck.record(1),  # was sent before
        stuck.record(2),
        stuck.record(3),
        stuck.record(3),
        stuck.record(2, body=body(stuck.world, comment="khác")),
        stuck.record(4, body={**body(stuck.world), "answers": {"A1": 9}}),
        stuck.record(5, point=POINT, body={**body(stuck.world), "point": POINT}),
        stuck.record(6, point=QUICK_POINT, body=body(stuck.world, QUICK_POINT)),
        "nonsense",
    ]


def write(path: Path, records: Sequence[Any], *, lines: bool = False) -> Path:
    file = path / "outbox.json"
    file.write_text("\n".join(map(json.dumps, records)) if lines else json.dumps({"records": list(records)}))
    return file


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["responses", "import", *arguments])


@pytest.mark.parametrize("lines", [False, True])
def test_the_command_tells_first_and_writes_when_asked(app: Flask, stuck: Stuck, tmp_path: Path, lines: bool) -> None:
    file = write(tmp_path, mixed(stuck), lines=lines)
    dry = run(app, str(file))
    assert dry.exit_code == 0, dry.output
    told = dry.output.splitlines()
    assert told[-2:] == ["2 accepted, 2 held, 5 refused", "Nothing was written. Add --commit to write this."]
    assert {line.split(":")[0] for line in told[:-2]} == {"5", "6", "7", "8", "9"}
    assert rows() == 1
    wet = run(app, str(file), "--commit")
    assert wet.output.splitlines()[-2:] == ["2 accepted, 2 held, 5 refused", "Written."]
    assert rows() == 3
    again = run(app, str(file), "--commit")
    assert again.output.splitlines()[-2:] == ["0 accepted, 4 held, 5 refused", "Written."]
    assert rows() == 3
    with reading() as session:
        days = session.scalars(select(Response.day)).all()
        assert {(day.isoformat()) for day in days} == {"2026-11-20"}
        assert set(session.scalars(select(Response.channel))) == {"kiosk"}
        assert session.scalar(select(func.count()).select_from(Pending)) == 3
        event = session.execute(
            select(AuditEvent.actor, AuditEvent.subject, AuditEvent.detail).where(AuditEvent.action == "queue_imported")
        ).first()
    assert event is not None
    assert (event.actor, event.subject) == ("command line", "outbox.json")
    assert json.loads(event.detail) == {"accepted": 2, "held": 2, "refused": 5}


def test_the_command_refuses_a_file_that_is_no_queue(app: Flask, stuck: Stuck, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a,b\n1,2\n")
    result = run(app, str(file), "--commit")
    assert result.exit_code == 1
    assert "không phải là tệp phiếu" in result.output
    assert rows() == 1


def test_a_kiosk_that_was_paired_again_sends_the_same_without_harm(app: Flask, stuck: Stuck, tmp_path: Path) -> None:
    file = write(tmp_path, [stuck.record(number) for number in range(2, 6)])
    assert "4 accepted" in run(app, str(file), "--commit").output
    again = paired(app, stuck.world, seed=2)
    for number in range(2, 6):
        sent = body(stuck.world, answered_at="2026-11-20T10:00:00+07:00")
        assert again.put(sent, number=number).status_code == 200
    assert rows() == 5


def hand_in(browser: Browser, records: Sequence[Any], act: str, status: int = 200) -> Page:
    content = json.dumps(list(records)).encode()
    fields = {**browser.get(ADDRESS).fields(), "act": act, "file": (BytesIO(content), "outbox.json")}
    return checked(browser.client.post(ADDRESS, data=fields, content_type="multipart/form-data"), status)


def figures(page: Page) -> list[str]:
    return [words(cell) for cell in page.one("dl", class_="kiosk-facts").iter("dd")]


def test_staff_check_and_hand_in_on_the_page(app: Flask, stuck: Stuck) -> None:
    account(stuck.world, WARD, role=Role.MANAGER)
    browser = signed_in(app)
    page = hand_in(browser, mixed(stuck), "check")
    assert figures(page) == ["2", "2", "5"]
    assert "chưa ghi gì" in page.text
    assert "Phiếu thứ 6: answers.A1: “9” không phải là một mức hài lòng." in page.text
    assert rows() == 1
    assert figures(hand_in(browser, mixed(stuck), "commit")) == ["2", "2", "5"]
    assert figures(hand_in(browser, mixed(stuck), "commit")) == ["0", "4", "5"]
    assert rows() == 3
    with reading() as session:
        actors = session.scalars(select(AuditEvent.actor).where(AuditEvent.action == "queue_imported")).all()
    assert actors == ["hanh@hanoi.gov.vn"] * 2


def test_staff_hand_in_nothing_for_points_of_others(app: Flask, stuck: Stuck) -> None:
    account(stuck.world, OTHER_WARD, role=Role.MANAGER)
    page = hand_in(signed_in(app), [stuck.record(2)], "commit")
    assert figures(page) == ["0", "0", "1"]
    assert f"Không có điểm khảo sát “{KIOSK}”" in page.text
    assert rows() == 1


def test_a_form_without_a_file_or_with_another_says_so(app: Flask, stuck: Stuck) -> None:
    account(stuck.world, WARD, role=Role.MANAGER)
    browser = signed_in(app)
    page = browser.post(ADDRESS, {**browser.get(ADDRESS).fields(), "act": "commit"}, 422)
    assert "Hãy chọn tệp" in page.text
    fields = {**browser.get(ADDRESS).fields(), "file": (BytesIO(b"\xff\xfe"), "a.xls")}
    checked(browser.client.post(ADDRESS, data=fields, content_type="multipart/form-data"), 422)


def test_a_long_queue_passes_the_page(app: Flask, stuck: Stuck) -> None:
    """More than other forms may bring, and more than one transaction takes."""
    account(stuck.world, WARD, role=Role.MANAGER)
    records = [stuck.record(number, body=body(stuck.world, comment="ý " * 990)) for number in range(10, 10 + 460)]
    assert len(json.dumps(records)) > 1_200_000
    assert figures(hand_in(signed_in(app), records, "commit")) == ["460", "0", "0"]
    assert rows() == 461
