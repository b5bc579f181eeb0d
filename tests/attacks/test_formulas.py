"""Names that a spreadsheet would run as formulas, in every table that can be downloaded."""

import csv
import io
import re
from datetime import date
from itertools import cycle
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from survey.domain.access import Role
from survey.extensions import writing
from survey.models import BatchComment, CommentBatch, Point, Procedure, Unit
from tests.support import answers, crawling
from tests.support.places import CITY
from tests.support.staff import account, signed_in

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://evil.vn","x")', "=EVIL()")
HIDDEN = ("＝1+1", " =1+1", "\u00a0@SUM(A1)", "\ufeff=1", "a;=1+1", "a;\u200b＋1")
STARTS = re.compile(r"[\t\r\n]|(?:^|.*[;\t\r\n])[\s\x00-\x1f\u200b\u2060\ufeff]*[=+@＝＋＠－-]", re.DOTALL)
TABLES = re.compile(r"\.(csv|xlsx|docx)$|,\s*docx\)")
MANAGER, ADMINISTRATOR = "quan-ly@hanoi.gov.vn", "quan-tri@hanoi.gov.vn"


def rename(batch_unit: int) -> None:
    """Give units, procedures, points and comments names that are formulas."""
    with writing() as session:
        for table, names in ((Unit, ("name",)), (Procedure, ("name", "domain_name")), (Point, ("label",))):
            for (row_id, *_), formula in zip(
                session.execute(select(next(iter(table.__table__.primary_key)))), cycle((*FORMULAS, *HIDDEN))
            ):
                key = next(iter(table.__table__.primary_key))
                session.execute(update(table).where(key == row_id).values(dict.fromkeys(names, formula)))
        batch = CommentBatch(unit_id=batch_unit, month="2026-11", pooled=False, oldest=date(2026, 10, 1))
        session.add(batch)
        session.flush()
        rows = [
            BatchComment(batch_id=batch.id, position=at, masked=text) for at, text in enumerate((*FORMULAS, *HIDDEN))
        ]
        session.add_all(rows)


def dangerous(address: str, content: bytes) -> list[str]:
    """Cells of a file that would be run."""
    if address.partition("?")[0].endswith(".csv"):
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        cells = [cell for row in rows for cell in row if STARTS.match(cell)]
        return [cell for cell in cells if not re.fullmatch(r"-?\d+(?:[.,]\d+)?|-", cell)]
    archive = ZipFile(io.BytesIO(content))
    texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    found = [name for name, text in texts.items() if re.search(r"<f[ >]|<hyperlink|ddeLink|externalLink", text)]
    told = [instruction for text in texts.values() for instruction in re.findall(r"<w:instrText[^>]*>([^<]*)", text)]
    return found + [one for one in told if not re.fullmatch(r"\s*(?:PAGE|NUMPAGES)\b.*", one)]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_no_download_holds_a_formula(app: Flask, clock: time_machine.Traveller) -> None:
    world = answers.build(Role.VIEWER, CITY).world
    account(world, CITY, MANAGER, Role.MANAGER)
    account(world, CITY, ADMINISTRATOR, Role.ADMINISTRATOR)
    rename(world.units[CITY])
    rules = [rule for rule in app.url_map.iter_rules() if TABLES.search(rule.rule) and "GET" in (rule.methods or ())]
    queries = ("by=unit", "by=item", "")
    opened, evil = set(), set()
    for email in (MANAGER, ADMINISTRATOR):
        browser = signed_in(app, email)
        for rule in rules:
            for query in queries if rule.rule.endswith("rates.csv") else queries[:1]:
                address = f"{crawling.address(app, rule, {'fmt': 'docx'})}?{query}&from=2025-12&to=2026-11"
                answer = browser.client.get(address)
                assert answer.status_code in (200, 403, 404), address
                if answer.status_code == 200:
                    opened.add(rule.endpoint)
                    assert dangerous(address, answer.get_data()) == [], address
                    evil |= {one for one in FORMULAS if one.strip().encode().replace(b'"', b'""') in answer.get_data()}
    assert len(opened) >= 6, opened
    assert len(evil) > 3, "the names are in the files, and inert"
