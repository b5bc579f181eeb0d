"""What staff read: rates of all units, pages, the workbook and the report, of a province with a year of responses."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey.cli import releasing
from survey.database import REPORT
from survey.domain.disclosure import Minimums
from survey.domain.periods import Period, local_day
from survey.domain.selections import Selection
from survey.extensions import reading
from survey.models import LEVEL_COLUMNS, OVERALL_COLUMNS, Layer, Released
from survey.queries import catalogue, questionnaires, rates
from tests.bench import databases, province
from tests.bench.asked import Asked
from tests.bench.figures import NO_GOAL, Figure, median, most, took
from tests.support.places import NOW
from tests.support.staff import EMAIL, PASSWORD

PERIODS = {
    "a month": Period(date(2026, 10, 1), date(2026, 10, 31)),
    "a quarter": Period(date(2026, 7, 1), date(2026, 9, 30)),
    "a year": province.YEAR.whole_months,
}
QUERY = f"unit={province.CITY}&questionnaire={province.QUESTIONNAIRE}@1&from=2025-12&to=2026-11"
LEAST, TODAY = Minimums(10, 30), local_day(NOW)
RATES, OVERVIEW, WORKBOOK, REPORT_SECONDS = 100, 300, 2, 20  # ms, ms, s, s


def run(asked: Asked) -> Iterator[Figure]:
    """On each database. Pages and downloads are audited, so they write."""
    for kind in asked.kinds:
        with province.opened(kind, asked, changed=True) as settings, databases.application(settings) as app:
            releasing.count_content()  # a province of an older version lacks it until its refresher goes round
            for figure in chain(_rates(asked), _bounds(asked), _pages(app, asked)):
                yield replace(figure, database=kind)


def _rates(asked: Asked) -> Iterator[Figure]:
    with reading(REPORT) as session:
        units = catalogue.units(session)
        version = questionnaires.latest(session, province.QUESTIONNAIRE)
    assert version is not None
    case = f"rates of {len(units)} units, {asked.size} responses"
    for name, period in PERIODS.items():
        selection = Selection(version, period)

        def overall(selection: Selection = selection) -> object:
            with reading(REPORT) as session:
                return rates.of_units(session, selection, units, LEAST, TODAY)

        def every(selection: Selection = selection) -> object:
            with reading(REPORT) as session:
                return rates.of_each(session, selection, units, LEAST, TODAY)

        taken = median(overall)
        yield took(case, name, taken, most(taken.clock, RATES) if name == "a quarter" else NO_GOAL)
        yield took(case, f"{name}, with factors and items", median(every, 5))


def _bounds(asked: Asked) -> Iterator[Figure]:
    """What adding up alone takes: the same released sums, packed, by NumPy."""
    columns = [Released.__table__.c[name] for name in OVERALL_COLUMNS]
    items = [Released.__table__.c[name] for names in LEVEL_COLUMNS[:22] for name in names]
    case = f"bound of rates, {asked.size} responses"
    for name, layer, wanted in (("overall", Layer.LOT, columns), ("items", Layer.ITEMS, items)):
        layers = Released.layer == layer if layer is Layer.LOT else Released.layer.between(layer, Layer.BLOCK - 1)
        with reading(REPORT) as session:
            rows = session.execute(select(Released.unit_id, *wanted).where(layers)).all()
        packed = np.array([tuple(row) for row in rows], dtype=np.int64)
        taken = median(lambda packed=packed: _summed(packed))  # type: ignore[misc]
        yield took(case, f"NumPy sum of {len(rows):,} packed rows, {name}", taken)


def _summed(packed: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]") -> object:
    ids, places = np.unique(packed[:, 0], return_inverse=True)
    total = np.zeros((len(ids), packed.shape[1] - 1), dtype=np.int64)
    np.add.at(total, places, packed[:, 1:])
    return total


def _pages(app: Flask, asked: Asked) -> Iterator[Figure]:
    client = _signed_in(app)
    case = f"pages and files, {asked.size} responses"
    for name, address, limit in (
        ("overview of the city, a year", f"/staff/?{QUERY}", OVERVIEW),
        ("page of the city, a year", f"/staff/units/{province.CITY}?{QUERY}", None),
        ("ranking, a year", f"/staff/ranking?{QUERY}", None),
    ):
        taken = median(lambda address=address: _fetched(client, address), 5)  # type: ignore[misc]
        yield took(case, name, taken, NO_GOAL if limit is None else most(taken.clock, limit))
    for name, address, limit in (
        ("XLSX of all units, factors and items", f"/staff/rates.xlsx?{QUERY}", WORKBOOK),
        ("PDF of the city and every unit", f"/staff/rates.pdf?{QUERY}&whole=1", REPORT_SECONDS),
    ):
        client.get(f"/staff/charts/overview.svg?{QUERY}")  # the process that makes reports is there already
        started = time.perf_counter()
        answer = client.get(address)
        seconds = time.perf_counter() - started
        fine = answer.status_code == 200  # 504 when it took longer than a report may
        yield Figure(case, name if fine else f"{name}: none", seconds, "s", f"< {limit}", fine and seconds < limit)


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    form = client.get("/staff/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
    assert token is not None
    answer = client.post("/staff/sign-in", data={"csrf_token": token[1], "email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 303, answer.status
    return client


def _fetched(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.get_data()
