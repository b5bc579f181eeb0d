"""flask questionnaire check|publish|list as an operator meets them."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from survey.extensions import reading
from survey.queries import questionnaires as published
from survey.services.questionnaires import SHIPPED

FILES = [str(path) for path in SHIPPED]
BAD = """
key: mini
scale: stars-10
title: {vi: Phiếu nhỏ}
factors:
  - {key: A, title: {vi: Tiếp cận, en: Access}}
items:
  - {key: A1, text: {vi: "Ông/Bà thấy sao?", en: "How was it?"}}
  - {key: A1, factor: A, text: {vi: "Ông/Bà thấy sao?", en: "How was it?"}}
key: again
"""
GOOD = """
key: mini
scale: satisfaction-5
title: {vi: %s, en: Small}
factors:
  - {key: A, title: {vi: Tiếp cận, en: Access}}
items:
  - {key: A1, factor: A, text: {vi: "Ông/Bà thấy sao?", en: "How was it?"}}
"""


@pytest.fixture
def bad(tmp_path: Path) -> str:
    path = tmp_path / "bad.yaml"
    path.write_text(BAD)
    return str(path)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(GOOD % "Một")
    return path


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["questionnaire", *words])


def names() -> list[str]:
    with reading() as session:
        return [version.name for version in published.published(session)]


def test_check_says_ok_with_the_number_of_items(app: Flask) -> None:
    result = run(app, "check", *FILES)

    assert result.exit_code == 0
    assert [line.split(": ")[1] for line in result.output.splitlines()] == [
        "ok, 16 items in 5 factors",
        "ok, 22 items in 5 factors",
        "ok, 6 items in 6 factors",
    ]


def test_check_prints_every_error_with_its_place_and_fails(app: Flask, bad: str) -> None:
    result = run(app, "check", bad, FILES[0])

    assert result.exit_code == 1
    assert result.stdout == f"{FILES[0]}: ok, 16 items in 5 factors\n"
    assert result.stderr.splitlines() == [
        f"{bad}: line 10: Mục “key” đã có ở trên. Hãy bỏ một trong hai.",
        f"{bad}: items[1].factor: Câu hỏi chưa thuộc yếu tố nào. Hãy ghi factor.",
        f"{bad}: items[2].key: Khóa “A1” đã được dùng ở trên. Hãy đổi thành khóa khác.",
        f"{bad}: scale: Không có thang đo “stars-10”. Các thang đo hiện có: satisfaction-5.",
        f"{bad}: title.en: Thiếu bản dịch.",
    ]


def test_check_of_a_file_that_is_not_there_says_so(app: Flask) -> None:
    result = run(app, "check", "nowhere.yaml")

    assert result.exit_code == 2
    assert "nowhere.yaml" in result.stderr


def test_publish_is_a_dry_run_until_committed(app: Flask) -> None:
    result = run(app, "publish", *FILES)

    assert result.exit_code == 0
    assert "sipas-2024@1: would be published, 16 items" in result.output
    assert "Nothing was written" in result.output
    assert names() == []


def test_publish_commits_and_says_what_is_unchanged(app: Flask) -> None:
    first, second = (run(app, "publish", *FILES, "--commit") for _ in range(2))

    assert first.output.count(": published, ") == 3
    assert second.output.count(": unchanged, ") == 3
    assert names() == ["quick@1", "sipas-2017@1", "sipas-2024@1"]


def test_publishing_a_changed_file_gives_the_next_number(app: Flask, small: Path) -> None:
    run(app, "publish", str(small), "--commit")
    small.write_text(GOOD % "Hai")

    assert "mini@2: would be published" in run(app, "publish", str(small)).output
    assert "mini@2: published" in run(app, "publish", str(small), "--commit").output


def test_one_bad_file_publishes_nothing(app: Flask, bad: str) -> None:
    result = run(app, "publish", FILES[0], bad, "--commit")

    assert result.exit_code == 1
    assert names() == []


def test_two_files_of_one_questionnaire_publish_nothing(app: Flask, small: Path) -> None:
    result = run(app, "publish", str(small), str(small), "--commit")

    assert result.exit_code == 1
    assert "more than one file for mini" in result.stderr
    assert names() == []


def test_list_prints_what_is_published(app: Flask, small: Path) -> None:
    assert run(app, "list").output == "Nothing is published yet.\n"
    run(app, "publish", str(small), "--commit")
    words = run(app, "list").output.split()

    assert (words[0], words[1], words[-1]) == ("mini@1", "1", "Một")
