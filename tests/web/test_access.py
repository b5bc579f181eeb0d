"""Who may see what: every route carries a mark, and a unit that one may not see does not exist for one."""

import pytest
from flask import Flask

from survey.domain.access import Permission, Role
from survey.web.access import DEVICE, PUBLIC, SIGNED_IN, TOKEN
from tests.support.pages import Browser
from tests.support.places import CITY, DISTRICT, OTHER_WARD, WARD, World
from tests.support.staff import account, signed_in

FILES = (
    "rates.csv",
    "rates.xlsx",
    "charts/overview.svg",
    "charts/factors.svg",
    "charts/levels.png",
    "charts/trend.svg",
    "charts/funnel.svg",
    "ranking",
    "ranking.csv",
    "ranking.xlsx",
    "compare",
    "why",
)


def test_every_route_is_marked(app: Flask) -> None:
    marks = {rule.rule: getattr(app.view_functions[rule.endpoint], "access", None) for rule in app.url_map.iter_rules()}
    assert [rule for rule, mark in marks.items() if mark not in (PUBLIC, SIGNED_IN, DEVICE, TOKEN, *Permission)] == []


def test_staff_addresses_are_never_public_but_the_sign_in(app: Flask) -> None:
    public = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/staff") and getattr(app.view_functions[rule.endpoint], "access", None) == PUBLIC
    }
    assert public == {
        "/staff/sign-in",
        "/staff/sign-in/code",
        "/staff/sign-in/provider",
        "/staff/sign-in/provider/back",
        "/staff/invitation/<token>",
        "/staff/reset/<token>",
    }


def test_without_sign_in_there_is_nothing(app: Flask, world: World) -> None:
    browser = Browser(app)
    for path in ("", f"units/{WARD}", *FILES):
        response = browser.client.get(f"/staff/{path}")
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/staff/sign-in?next=/staff/")


@pytest.mark.parametrize(
    ("at", "seen"),
    [(CITY, {CITY, WARD, OTHER_WARD, DISTRICT}), (WARD, {WARD}), (DISTRICT, {DISTRICT})],
)
def test_a_grant_of_any_role_reaches_its_unit_and_all_below(app: Flask, world: World, at: str, seen: set[str]) -> None:
    for role in Role:
        account(world, at, f"{role.value}@hanoi.gov.vn", role)
        browser = signed_in(app, f"{role.value}@hanoi.gov.vn")
        for code in (CITY, WARD, OTHER_WARD, DISTRICT):
            page = browser.get(f"/staff/units/{code}", 200 if code in seen else 404)
            assert page.response.headers["Cache-Control"] == "no-store"


def test_an_unseen_unit_answers_like_one_that_does_not_exist(app: Flask, world: World) -> None:
    account(world, WARD)
    browser = signed_in(app)
    for path in (
        "units/{}",
        "rates.csv?unit={}",
        "rates.xlsx?unit={}",
        "charts/overview.svg?unit={}",
        "charts/trend.png?unit={}",
    ):
        unseen, unknown = (browser.get(f"/staff/{path.format(code)}", 404) for code in (OTHER_WARD, "00000"))
        assert unseen.text == unknown.text
    unseen, unknown = (browser.get(f"/staff/?unit={code}") for code in (OTHER_WARD, "00000"))
    assert unseen.text.replace(OTHER_WARD, "00000") == unknown.text
    assert "UBND phường Hoàn Kiếm" not in unseen.html


def test_the_choice_of_units_is_that_of_the_grant(app: Flask, world: World) -> None:
    account(world, WARD)
    page = signed_in(app).get("/staff/")
    choice = page.one("select", name="unit")
    assert [option.get("value") for option in choice.iter("option")] == ["", WARD]
