"""The plain form in tests: its fields filled in, and what is in the table then."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, select

from survey.extensions import reading
from survey.models import Response
from tests.support.pages import Page
from tests.support.places import POINT, World

FORM = f"/p/{POINT}"


def filled(page: Page, world: World, **changes: str) -> dict[str, str]:
    """The page's form with every item at "satisfied" and some fields changed; dots in names as "__"."""
    given = {f"answers.{item.key}": "4" for item in world.version.items if item.condition is None}
    return {**page.fields(), **given, **{name.replace("__", "."): value for name, value in changes.items()}}


def count() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def only_row() -> Row[Any]:
    with reading() as session:
        return session.execute(select(Response.__table__)).one()


def levels(row: Row[Any], world: World) -> Mapping[str, int | None]:
    """The stored level of each item."""
    return {item.key: row._mapping[f"a{item.slot:02}"] for item in world.version.items}
