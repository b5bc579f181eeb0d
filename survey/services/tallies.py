"""Rebuilds the tallies of the days that have pending responses: delete the day, insert the day (DESIGN §2)."""

from datetime import date

from sqlalchemy import Select, Table, delete, func, insert, select, tuple_
from sqlalchemy.orm import Session

from survey.models import Pending, Response, Tally
from survey.queries import questionnaires
from survey.queries.tallies import column_names, of_responses

DAYS_AT_ONCE = 500  # unit-days a transaction: on SQLite nobody else writes meanwhile


def refresh(session: Session, days: int = DAYS_AT_ONCE) -> int:
    """Rebuild up to so many unit-days, oldest first; how many pending responses were taken up, 0 when none is left.

    Call it inside `extensions.refreshing()`: one stable snapshot and one refresher at a time. A response that commits
    meanwhile is outside the snapshot, so it is neither counted nor does it lose its pending row.
    """
    due = (
        select(Pending.unit_id, Pending.day)
        .distinct()
        .order_by(Pending.day, Pending.unit_id)
        .limit(days)
        .subquery("due")
    )
    chosen = select(due.c.unit_id, due.c.day)
    session.execute(delete(Tally).where(tuple_(Tally.unit_id, Tally.day).in_(chosen)))
    on_due = (Response.unit_id == due.c.unit_id) & (Response.day == due.c.day)
    found = session.scalars(select(Response.questionnaire_id).join(due, on_due).distinct()).all()
    for questionnaire_id in sorted(found):
        _rebuild(session, questionnaire_id, chosen)
    removed = select(func.count()).select_from(Pending).where(tuple_(Pending.unit_id, Pending.day).in_(chosen))
    taken_up = session.scalar(removed) or 0
    session.execute(delete(Pending).where(tuple_(Pending.unit_id, Pending.day).in_(chosen)))
    return taken_up


def _rebuild(session: Session, questionnaire_id: int, chosen: Select[int, date]) -> None:
    version = questionnaires.by_id(session, questionnaire_id)
    table: Table = Response.__table__  # type: ignore[assignment]
    keys = [table.c.unit_id, table.c.day, table.c.questionnaire_id, table.c.channel, table.c.quarantined]
    sums = of_responses(version, keys).where(
        table.c.questionnaire_id == questionnaire_id, tuple_(table.c.unit_id, table.c.day).in_(chosen)
    )
    names = [column.name for column in keys] + column_names(version)
    session.execute(insert(Tally).from_select(names, sums))
