"""How long what names or follows a person is kept: the first day whose rows may still be there."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from survey.domain.periods import Month

INVITATIONS_KEPT = timedelta(days=30)  # after they have expired: forms that were opened in time are taken so long
FAILURES_KEPT = timedelta(days=30)  # failed sign-ins, which hold an account up for minutes


class Kept(StrEnum):
    """What is deleted, by its table; `month` of a removal says from when it was."""

    RESPONSE = "response"
    COMMENT = "comment"
    BATCH_COMMENT = "batch_comment"
    PAPER_FORM = "paper_form"
    DOSSIER_KEY = "dossier_key"
    INVITATION = "invitation"
    STAFF_SESSION = "staff_session"
    STAFF_LINK = "staff_link"
    KNOWN_BROWSER = "known_browser"
    SIGN_IN_FAILURE = "sign_in_failure"


@dataclass(frozen=True, slots=True)
class Removal:
    """So many rows of a table, of one month; `month` is None for what has no month."""

    month: Month | None
    table: Kept
    rows: int


def kept_from(today: date, months: int) -> date:
    """The first day that is kept: on no day is anything older than so many months.

    A day that the month of then lacks is its last one: 31/08 less six months is 28/02 or 29/02.
    """
    month = Month.of(today).plus(-months)
    last = calendar.monthrange(month.year, month.number)[1]
    return date(month.year, month.number, min(today.day, last)) + timedelta(days=1)
