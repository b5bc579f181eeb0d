"""Somebody who begins reports without end, or stuffs a form: nothing more is kept or recorded than was asked for."""

import json

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.extensions import reading
from survey.models import AuditEvent, ReportJob
from survey.web.figures import report_jobs
from tests.support import answers
from tests.support.pages import Browser
from tests.support.places import CITY, WARD
from tests.support.staff import account, signed_in


@pytest.fixture
def browser(app: Flask, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A manager of the city; reports are begun and never made: that takes a process each."""
    found = answers.build(Role.MANAGER, CITY)
    account(found.world, WARD, "lan@hanoi.gov.vn")
    app.testing = False  # as a server answers: an error inside is a 500, not a failing test
    monkeypatch.setattr(report_jobs, "_start", lambda *asked: None)
    return signed_in(app)


def begin(browser: Browser, **more: str) -> int:
    token = browser.get("/staff/account").fields()["csrf_token"]
    fields = {"csrf_token": token, "fmt": "docx", "unit": WARD, "from": "2026-01", "to": "2026-06"}
    return browser.client.post("/staff/reports", data=fields | more).status_code


def test_only_what_was_asked_for_is_kept_and_recorded(browser: Browser) -> None:
    stuffed = {"x" * 300: "y" * 5000, "note": "0912 345 678", "lang": "z" * 5000, "sort": "name"}
    assert begin(browser, **stuffed) in (303, 400)
    assert begin(browser, **(stuffed | {"lang": "en"})) == 303
    with reading() as session:
        kept = session.scalars(select(ReportJob.again)).all()
        recorded = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "downloaded")).all()
    assert all(len(text) < 1000 and "note" not in text and "xx" not in text for text in kept)
    assert all(set(json.loads(detail)) <= {"unit", "from", "to", "lang", "sort"} for detail in recorded)


def test_one_person_has_three_reports_made_at_once(app: Flask, browser: Browser, clock: time_machine.Traveller) -> None:
    assert [begin(browser) for _ in range(5)] == [303, 303, 303, 429, 429]
    assert begin(signed_in(app, "lan@hanoi.gov.vn")) == 303, "others are not held up"
    clock.shift(240)  # what says nothing for so long ended with its server
    assert begin(browser) == 303
