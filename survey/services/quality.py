"""Flags answers that came about strangely, never on the path of a citizen. A flag is added and never taken off."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from survey.domain import quality
from survey.domain.periods import Period
from survey.domain.quality import Flag
from survey.models import Response
from survey.queries import forms, handled, kiosks


def flag_waiting(session: Session, unit_id: int) -> int:
    """Look at the days of which something waits to be released; how many answers got a flag that they had not."""
    return _flag(session, unit_id, forms.waiting_days(session, unit_id))


def flag_within(session: Session, unit_id: int, period: Period) -> int:
    """Look at every day of the period again: after late answers, or when dossiers handled were imported."""
    return _flag(session, unit_id, forms.days_within(session, unit_id, period))


def _flag(session: Session, unit_id: int, days: Sequence[date]) -> int:
    if not days:
        return 0
    versions = forms.versions(session, unit_id, days)
    stored = list(forms.of_days(session, unit_id, days, versions))
    hours = kiosks.hours(session, {each.form.point_id for each in stored})
    known = handled.of_days(session, unit_id, {each.form.day for each in stored})
    found = quality.of_forms([each.form for each in stored], versions, hours, known)
    changed = [
        {"of_unit": unit_id, "of_client": each.form.client_id, "now": int(each.flags | flags)}
        for each in stored
        if (flags := found.get(each.form.client_id, Flag(0))) | each.flags != each.flags
    ]
    if changed:
        table: Table = Response.__table__  # type: ignore[assignment]
        of_one = (table.c.unit_id == bindparam("of_unit")) & (table.c.client_id == bindparam("of_client"))
        session.connection().execute(update(table).where(of_one).values(flags=bindparam("now")), changed)
    return len(changed)
