"""Several clerks at once: one batch is taken once, one form is kept once, whoever comes first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from survey.domain.access import Role
from survey.domain.paper import Turn
from survey.extensions import reading, writing
from survey.models import PaperForm, Response
from survey.queries import catalogue
from survey.services import paper, paper_forms, staff
from survey.services.paper import ClosedError, Taken, Wanted
from survey.services.paper_forms import TakenError
from tests.support import places
from tests.support.places import NOW, TODAY, WARD
from tests.support.staff import PASSWORD

CLERKS, FORMS = 4, 30


@pytest.fixture
def batch(app: Flask, clock: time_machine.Traveller) -> tuple[int, list[int]]:
    """A batch, and as many clerks."""
    with writing() as session:
        places.build(session)
        unit = catalogue.unit(session, WARD)
        assert unit is not None
        names = [f"clerk{number}@hanoi.gov.vn" for number in range(CLERKS)]
        who = [staff.create(session, name, "Clerk", Role.CLERK, unit.id, PASSWORD) for name in names]
        wanted = Wanted(unit, "quick", "T1", TODAY, FORMS)
        return paper.open_(session, wanted, "tests", NOW, Random(1)), who


def entry(level: int) -> dict[str, str]:
    return {f"answers.{key}1": str(level) for key in "ABCDEF"}


def at_once(app: Flask, act: Callable[[int], object]) -> list[object]:
    """What becomes of the act of every clerk; all begin together."""
    ready = Barrier(CLERKS)

    def one(number: int) -> object:
        with app.app_context():
            ready.wait()
            try:
                return act(number)
            except (ClosedError, TakenError) as error:
                return type(error)

    with ThreadPoolExecutor(CLERKS) as pool:
        return list(pool.map(one, range(CLERKS)))


def count(model: type[Response] | type[PaperForm]) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_form_is_kept_as_the_first_clerk_keyed_it(app: Flask, batch: tuple[int, list[int]]) -> None:
    batch_id, who = batch
    key = app.config["SETTINGS"].secret_key

    def enter(number: int) -> int:
        with writing() as session:
            held = paper.under_way(session, batch_id)
            paper_forms.enter(session, held, Turn.FIRST, 1, entry(number + 1), "", who[number], key)
        return number

    outcomes = at_once(app, enter)
    (first,) = [one for one in outcomes if isinstance(one, int)]
    assert outcomes.count(TakenError) == CLERKS - 1
    with reading() as session:
        form = paper_forms.one(session, batch_id, 1, key)
    assert form is not None
    assert (form.first, form.first_by) == (entry(first + 1), who[first])


def test_a_batch_is_taken_once_however_many_press_the_button(app: Flask, batch: tuple[int, list[int]]) -> None:
    batch_id, who = batch
    key = app.config["SETTINGS"].secret_key
    with writing() as session:
        held = paper.under_way(session, batch_id)
        for place in range(1, FORMS + 1):
            for turn in Turn:
                paper_forms.enter(session, held, turn, place, entry(place % 5 + 1), "", who[0], key)

    def accept(number: int) -> Taken:
        with writing() as session:
            return paper.accept(session, batch_id, key, "tests", NOW)

    outcomes = at_once(app, accept)
    assert outcomes.count(Taken(FORMS, 0)) == 1
    assert outcomes.count(ClosedError) == CLERKS - 1
    assert (count(Response), count(PaperForm)) == (FORMS, 0)
