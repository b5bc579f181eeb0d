"""flask points sheet: the posters of a unit as a file, on both databases."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask

from survey.extensions import writing
from tests.support import places, scanners
from tests.support.places import CITY, DISTRICT, OTHER_POINT, POINT, WARD

PUBLIC = "https://khaosat.hanoi.gov.vn/phieu"


@pytest.fixture
def world(app: Flask, clock: time_machine.Traveller) -> places.World:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url=PUBLIC)
    with writing() as session:
        return places.build(session)


def sheet(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["points", "sheet", *arguments])


def test_the_sheets_of_a_city_are_a_file(app: Flask, world: places.World, tmp_path: Path) -> None:
    path = tmp_path / "sheets.pdf"
    result = sheet(app, "--unit", CITY, "--below", "--size", "a5", "-o", str(path))
    assert result.exit_code == 0, result.output
    pictures = scanners.of_pdf(path.read_bytes())
    assert [code for picture in pictures for code in scanners.scanned(picture)] == [
        f"{PUBLIC}/p/{POINT}",
        f"{PUBLIC}/p/{OTHER_POINT}",
    ]


def test_pictures_come_alone_or_in_a_zip(app: Flask, world: places.World, tmp_path: Path) -> None:
    assert sheet(app, "--unit", WARD, "-o", str(tmp_path / "one.svg")).exit_code == 0
    assert (tmp_path / "one.svg").read_bytes().startswith(b"<svg")
    refused = sheet(app, "--unit", CITY, "--below", "-o", str(tmp_path / "many.svg"))
    assert refused.exit_code == 2
    assert "choose .pdf or .zip" in refused.output
    assert sheet(app, "--unit", CITY, "--below", "-o", str(tmp_path / "many.zip")).exit_code == 0
    assert len(zipfile.ZipFile(tmp_path / "many.zip").namelist()) == 2


@pytest.mark.parametrize(
    ("unit", "file", "reason"),
    [
        ("99999", "a.pdf", "no unit has the code 99999"),
        (CITY, "a.pdf", "no poster point is open there"),
        (DISTRICT, "a.pdf", "no poster point is open there"),
        (WARD, "a.png", "the file must end in"),
    ],
)
def test_what_cannot_be_printed_is_said(
    app: Flask, world: places.World, tmp_path: Path, unit: str, file: str, reason: str
) -> None:
    result = sheet(app, "--unit", unit, "-o", str(tmp_path / file))
    assert result.exit_code != 0
    assert reason in result.output
    assert not (tmp_path / file).exists()


def test_without_a_public_address_nothing_is_printed(app: Flask, world: places.World, tmp_path: Path) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url=None)
    result = sheet(app, "--unit", WARD, "-o", str(tmp_path / "a.pdf"))
    assert result.exit_code == 1
    assert "SURVEY_PUBLIC_URL" in result.output
