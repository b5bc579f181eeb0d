"""The arithmetic of survey/docs/scale.md, cell by cell, from the assumptions that stand above it."""

import re

import pytest

from survey.config import ROOT

DOSSIERS, COMMUNES, PROVINCES = 100e6, 3_321, 34
ANSWERED, YEARS, DAYS, CHANNELS, HOURS = 0.3, 2, 250, 2, 8
AN_ANSWER, A_DAY, A_RELEASED_ROW, RELEASED_ROWS = 790, 1_150, 1_400, 0.35  # bytes on PostgreSQL; rows an answer
PEAK, MINUTES = 10, 10
UNITS = {"million": 1e6, "MB": 1e6, "GB": 1e9, "": 1}
CELL = re.compile(r"^([\d.,]+) ?(million|MB|GB|)$")


def rows(share: float) -> list[float]:
    """What the page says of so large a share of the country, from the first row of its table to the last number."""
    answers = DOSSIERS * share * ANSWERED
    days = COMMUNES * share * DAYS * CHANNELS * YEARS
    a_second = answers / (DAYS * HOURS * 3600)
    return [
        DOSSIERS * share,
        answers,
        answers * YEARS,
        answers * YEARS * AN_ANSWER,
        days,
        days * A_DAY,
        answers * RELEASED_ROWS,
        answers * RELEASED_ROWS * A_RELEASED_ROW,
        a_second,
        a_second * PEAK,
        answers / DAYS / (MINUTES * 60),
    ]


def shown(cell: str) -> tuple[float, float]:
    """The number of a cell, and half of its last decimal place."""
    found = CELL.match(cell)
    assert found is not None, cell
    digits, unit = found[1].replace(".", ""), UNITS[found[2]]
    places = len(digits.partition(",")[2])
    return float(digits.replace(",", ".")) * unit, 0.5 * 10**-places * unit


@pytest.mark.parametrize(("column", "share"), [(1, 1 / COMMUNES), (2, 1 / PROVINCES), (3, 1)])
def test_each_cell_is_what_the_assumptions_give(column: int, share: float) -> None:
    lines = (ROOT / "survey" / "docs" / "scale.md").read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("| dossiers a year"))
    cells = [lines[first + number].split("|")[column + 1].strip() for number in range(len(rows(share)))]
    for cell, expected in zip(cells, rows(share), strict=True):
        value, rounding = shown(cell)
        assert abs(value - expected) <= max(rounding * 1.001, 0.03 * expected), (cell, expected)
