"""The pages of ranking, comparison and sums say the same on both databases."""

import time_machine
from flask import Flask

from tests.support import standings
from tests.support.places import WARD
from tests.support.staff import signed_in
from tests.support.staff_pages import cells, vietnamese
from tests.support.standings import DOSSIERS, GOOD, line


def test_ranks_differences_and_sums(app: Flask, clock: time_machine.Traveller) -> None:
    standing = standings.build()
    browser = signed_in(app)
    assert "Cao nhất: Phường Ba Đình." in browser.get("/staff/ranking").text
    assert cells(browser.get(f"/staff/compare?unit={WARD}&kind=channel&a=poster&b=kiosk"), "Chung")[6] == "B cao hơn"
    why = browser.get(f"/staff/why?unit={GOOD}")
    k = standing.count(GOOD).overall[0]
    assert line(why, "mọi tiêu chí đã trả lời")[2] == f"{k} phiếu"
    coverage = line(browser.get(f"/staff/units/{GOOD}"), "Độ bao phủ")[1]
    assert coverage == vietnamese(100 * k / DOSSIERS[GOOD][0])
