"""Which flagged answers a round leaves for inspectors to decide on, as a condition on responses."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import Session

from survey.domain import quarantine
from survey.domain.disclosure.rounds import Round
from survey.models import Response
from survey.queries import quarantines


def held(session: Session, unit_ids: Iterable[int], now: Round) -> ColumnElement[bool]:
    """The flagged answers of these units that wait for a decision: all of the month that runs, and of the month before
    those of batches on which one can decide. Fewer than that go out with the rest of their month.
    """
    if now.in_review is None:
        return false()
    this_month, wanted = now.terms.open_from.first, list(unit_ids)
    counts = quarantines.counts(session, wanted, now.in_review)
    batches = quarantine.batches(counts, this_month, now.terms.minimum)
    decidable = [and_(*quarantines.members(batch)) for batch in batches]
    flagged = and_(quarantines.FLAGGED, Response.quarantined.is_(False))
    return and_(flagged, or_(Response.day >= this_month, *decidable))
