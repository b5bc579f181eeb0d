"""Reports that take long: begun by a form, watched on a page without a script, fetched once they are there."""

import json
import threading

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from survey.extensions import reading
from survey.models import AuditEvent
from survey.reports import process
from survey.reports.process import ReportError
from survey.services import report_jobs as jobs
from survey.web.figures import report_jobs
from tests.support.pages import Browser, words
from tests.support.places import WARD
from tests.support.staff import account, signed_in
from tests.support.standings import Standing


def begin(browser: Browser, fmt: str) -> str:
    """The address of the page of the job, once the job is over."""
    (form,) = browser.get("/staff/?from=2026-01&to=2026-06").all("form", class_="whole-report")
    fields = {one.get("name") or "": one.get("value") or "" for one in form.iter("input")}
    address = browser.send("/staff/reports", {**fields, "fmt": fmt})
    for thread in threading.enumerate():
        if thread.name == f"report {address.rpartition('/')[2]}":
            thread.join()
    return address


def test_a_whole_report_is_made_while_its_reader_waits(city: Flask, reader: Browser, standing: Standing) -> None:
    address = begin(reader, "docx")
    page = reader.get(address)
    assert words(page.one("p", role="status")) == "Báo cáo đã xong. Tệp được giữ một ngày."
    response = reader.client.get(page.links()["Tải báo cáo"])
    assert response.get_data().startswith(b"PK")
    assert response.headers["Content-Disposition"] == 'attachment; filename="rates_HN_2026-01_2026-06.docx"'
    with reading() as session:
        details = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "downloaded")).all()
    assert json.loads(details[-1])["whole"] == "1"
    account(standing.world, WARD, "lan@hanoi.gov.vn")
    stranger = signed_in(city, "lan@hanoi.gov.vn")
    for path in (address, f"{address}/file"):
        assert stranger.client.get(path).status_code == 404


def test_a_report_that_takes_too_long_says_so_and_can_be_tried_again(
    reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_jobs, "SECONDS", 0.0)
    address = begin(reader, "pdf")
    page = reader.get(address)
    assert "Báo cáo này lớn quá nên đã bị dừng" in words(page.one("p", role="alert"))
    assert page.fields()["from"] == "2026-01"
    assert reader.client.get(f"{address}/file").status_code == 404


def test_a_report_that_cannot_be_kept_says_so_at_once(reader: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full when the file is written down: nothing half-done is offered."""

    def full(*given: object) -> None:
        raise OperationalError("INSERT", {}, OSError(28, "No space left on device"))

    monkeypatch.setattr(jobs, "end", full)
    address = begin(reader, "docx")
    page = reader.get(address)
    assert "Máy chủ gặp lỗi khi làm tệp này" in words(page.one("p", role="alert"))
    assert "Thử lại" in page.text
    assert reader.client.get(f"{address}/file").status_code == 404


def test_who_waited_in_vain_for_a_file_is_offered_the_job(reader: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*given: object) -> bytes:
        raise ReportError("slow")

    monkeypatch.setattr(process, "made", slow)
    page = reader.get("/staff/rates.docx?from=2026-01&to=2026-06&whole=1", 504)
    assert (page.fields()["fmt"], page.fields()["whole"], page.fields()["to"]) == ("docx", "1", "2026-06")
    monkeypatch.undo()
    assert reader.send("/staff/reports", page.fields()).startswith("/staff/reports/")


def test_what_cannot_be_asked_for_is_refused(reader: Browser) -> None:
    fields = {name: value for name, value in reader.get("/staff/").fields().items() if name == "csrf_token"}
    for wrong, status in (
        ({"fmt": "exe"}, 400),
        ({"fmt": "pdf", "from": "2026-13"}, 400),
        ({"fmt": "pdf", "unit": "x"}, 404),
    ):
        reader.post("/staff/reports", {**fields, **wrong}, status)
