"""flask questionnaire diff as an operator meets it, and the record that publishing leaves."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from survey.extensions import reading
from survey.models import AuditEvent
from survey.services.questionnaires import SHIPPED

QUICK = next(path for path in SHIPPED if path.stem == "quick")


@pytest.fixture
def reworded(tmp_path: Path) -> str:
    path = tmp_path / "quick.yaml"
    path.write_text(QUICK.read_text("utf-8").replace("của mình?", "vừa rồi?"), "utf-8")
    return str(path)


def test_two_versions_and_a_file_are_compared_and_publishing_is_recorded(app: Flask, reworded: str) -> None:
    run = app.test_cli_runner().invoke
    for file in (str(QUICK), reworded, reworded):
        assert run(args=["questionnaire", "publish", file, "--commit"]).exit_code == 0
    result = run(args=["questionnaire", "diff", "quick@1", "quick@2"])
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "~ Sửa lời câu chấm điểm (bản tiếng Việt) D1: Ông/Bà hài lòng thế nào về kết quả giải quyết hồ sơ của mình?"
        " → Ông/Bà hài lòng thế nào về kết quả giải quyết hồ sơ vừa rồi?",
        "5 of 6 items as before; figures of two versions are never mixed",
    ]
    assert run(args=["questionnaire", "diff", "quick@1", reworded]).output == result.output
    assert "Hai bản giống hệt nhau." in run(args=["questionnaire", "diff", reworded, "quick@2"]).output
    unknown = run(args=["questionnaire", "diff", "quick@1", "quick@3"])
    assert unknown.exit_code == 1
    assert "neither a published version" in unknown.output
    with reading() as session:
        rows = session.execute(
            select(AuditEvent.actor, AuditEvent.subject).where(AuditEvent.action == "questionnaire_published")
        ).all()
    assert [tuple(row) for row in rows] == [("command line", "quick@1"), ("command line", "quick@2")]
