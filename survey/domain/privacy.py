"""What a column holds of a person: whose it is, what it is, how long it is kept. Codes; `wording.privacy` has words."""

from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    """Who could be told by what a column holds, alone or with others."""

    CITIZEN = "citizen"
    STAFF = "staff"
    NOBODY = "nobody"


class What(StrEnum):
    """What it is, and by that why it is kept: each has a sentence."""

    ANSWERS = "answers"
    FACTS = "facts"
    ABOUT = "about"
    COMMENT = "comment"
    PLACE = "place"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    DOSSIER = "dossier"
    DOSSIER_KEY = "dossier_key"
    INVITATION = "invitation"
    CHECKS = "checks"
    PAPER = "paper"
    ACCOUNT = "account"
    PROOF = "proof"
    SITTING = "sitting"
    FAILURES = "failures"
    RIGHTS = "rights"
    ACTS = "acts"
    UPLOADS = "uploads"
    NOTHING = "nothing"


class Kept(StrEnum):
    """Until when."""

    RETENTION = "retention"  # SURVEY_RETENTION_MONTHS
    BATCH = "batch"  # until it enters a batch, at most as RETENTION
    KEYED = "keyed"  # until the batch of paper forms is taken, at most as RETENTION
    COUNTED = "counted"  # until the tallies hold it: minutes
    FREEZE = "freeze"  # until its year is frozen, at most as RETENTION
    EXPIRY = "expiry"  # until it expires
    LINK = "link"  # until thirty days after an invitation's link has expired
    MONTH = "month"  # thirty days
    ACCOUNT = "account"  # as long as the account
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Holding:
    """What a column holds."""

    whose: Whose
    what: What
    kept: Kept


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the database with what it holds."""

    table: str
    name: str
    holding: Holding


NOTHING = Holding(Whose.NOBODY, What.NOTHING, Kept.ALWAYS)
