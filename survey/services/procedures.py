"""Adds, renames and retires single procedures by the rules of an import; none is deleted, because answers name it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from survey.domain import names
from survey.domain.audit import Action
from survey.domain.catalogue import PROCEDURES
from survey.domain.differences import Difference, summary
from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import Cell, Line, lines
from survey.models import Procedure
from survey.queries import entries
from survey.services import audit
from survey.services.catalogue import compare_procedures, import_procedures
from survey.services.units import LONGEST_DETAIL, detail


def compare(session: Session, code: str, name: str, domain_name: str, *, new: bool) -> Difference:
    """What adding or renaming this procedure would change; raises InvalidError."""
    _check(session, code, new=new)
    with _of_procedure(code):
        return compare_procedures(session, _table(code, name, domain_name))


def save(
    session: Session, code: str, name: str, domain_name: str, actor: str, now: datetime, *, new: bool
) -> Difference:
    """Add a procedure, or give one that exists a name and domain; raises InvalidError."""
    _check(session, code, new=new)
    with _of_procedure(code):
        found = import_procedures(session, _table(code, name, domain_name))
    for key, entry in found.added.items():
        text = summary(key, entry)[:LONGEST_DETAIL]
        audit.record(session, now, actor, Action.PROCEDURE_ADDED, key, {"procedure": text})
    for key, parts in found.changed.items():
        audit.record(session, now, actor, Action.PROCEDURE_CHANGED, key, detail(parts))
    return found


def retire(session: Session, code: str, day: date | None, actor: str, now: datetime) -> None:
    """Offer a procedure to no citizen from that day on, or offer it again (None). Raises InvalidError."""
    _check(session, code, new=False)
    session.execute(update(Procedure).where(Procedure.code == code).values(retired_on=day))
    action = Action.PROCEDURE_RESTORED if day is None else Action.PROCEDURE_RETIRED
    audit.record(session, now, actor, action, code, {} if day is None else {"day": day.isoformat()})


@contextmanager
def _of_procedure(code: str) -> Iterator[None]:
    """Problems of the one line are the procedure's."""
    try:
        yield
    except InvalidError as error:
        raise InvalidError([Problem(code, one.code, one.values) for one in error.problems]) from error


def _check(session: Session, code: str, *, new: bool) -> None:
    held = entries.procedures(session).get(names.normal(code))
    if new and held is not None:
        raise InvalidError([Problem("code", "code_taken", {"value": held.code, "name": held.name})])
    if not new and held is None:
        raise InvalidError([Problem("code", "procedure_unknown", {"value": code})])


def _table(code: str, name: str, domain_name: str) -> tuple[Line, ...]:
    header = (1, [Cell(column) for column in PROCEDURES.columns])
    return lines([header, (2, [Cell(code), Cell(name), Cell(domain_name)])], PROCEDURES)
