"""The record of what staff did: events, and the chain of hashes that shows a row altered or removed."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

BEGINNING = "0" * 64  # the previous hash of the first row


class Action(StrEnum):
    """What is recorded; a new kind of act gets a new member."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    STAFF_CREATED = "staff_created"
    STAFF_INVITED = "staff_invited"
    STAFF_DISABLED = "staff_disabled"
    STAFF_ENABLED = "staff_enabled"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    RESET_LINK_MADE = "reset_link_made"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    AUTHENTICATOR_SET = "authenticator_set"
    AUTHENTICATOR_REMOVED = "authenticator_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    SESSIONS_ENDED = "sessions_ended"
    IDENTITY_LINKED = "identity_linked"
    DOWNLOADED = "downloaded"
    EXPORTED = "exported"
    CATALOGUE_IMPORTED = "catalogue_imported"
    UNIT_ADDED = "unit_added"
    UNIT_CHANGED = "unit_changed"
    UNITS_MERGED = "units_merged"
    MERGER_UNDONE = "merger_undone"
    PROCEDURE_ADDED = "procedure_added"
    PROCEDURE_CHANGED = "procedure_changed"
    PROCEDURE_RETIRED = "procedure_retired"
    PROCEDURE_RESTORED = "procedure_restored"
    POINT_CREATED = "point_created"
    POINT_CHANGED = "point_changed"
    PAIRING_CREATED = "pairing_created"
    PAIRING_REVOKED = "pairing_revoked"
    DEVICE_PAIRED = "device_paired"
    DEVICE_REVOKED = "device_revoked"
    QUEUE_IMPORTED = "queue_imported"
    INVITATIONS_SENT = "invitations_sent"
    INVITATIONS_REVOKED = "invitations_revoked"
    QUESTIONNAIRE_PUBLISHED = "questionnaire_published"
    PAPER_OPENED = "paper_opened"
    PAPER_COUNTED = "paper_counted"
    PAPER_DROPPED = "paper_dropped"
    PAPER_ACCEPTED = "paper_accepted"
    PAPER_IMPORTED = "paper_imported"
    ANSWERS_FLAGGED = "answers_flagged"
    ANSWERS_QUARANTINED = "answers_quarantined"
    QUARANTINE_RELEASED = "quarantine_released"
    RATES_CALLED = "rates_called"
    FIGURES_FROZEN = "figures_frozen"
    DOSSIER_KEY_DESTROYED = "dossier_key_destroyed"
    COMMENTS_BATCHED = "comments_batched"
    COMMENTS_VIEWED = "comments_viewed"
    COMMENTS_SORTED = "comments_sorted"
    THEME_ADDED = "theme_added"
    ANSWER_PUBLISHED = "answer_published"
    ANSWER_WITHDRAWN = "answer_withdrawn"
    INTEGRITY_COUNTED = "integrity_counted"
    INTEGRITY_VIEWED = "integrity_viewed"
    RETENTION_PURGED = "retention_purged"
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"
    TARGET_SET = "target_set"
    TARGET_REMOVED = "target_removed"
    TOKEN_CREATED = "token_created"  # noqa: S105 — the name of an act
    TOKEN_REVOKED = "token_revoked"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to which subject; `detail` is canonical JSON text, `unit` the code of the unit that it is about."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A stored event with its place in the chain."""

    id: int
    event: Event
    previous_hash: str
    hash: str


def canonical(detail: Mapping[str, str | int]) -> str:
    """The one JSON text of a detail."""
    return json.dumps(dict(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(previous_hash: str, event: Event) -> str:
    """The hash of an event that follows `previous_hash`: SHA-256 over that hash and the event's canonical content.

    The unit stands at the end where there is one: events of before it was kept have the hash that they had.
    """
    content = [event.at.astimezone(UTC).isoformat(), event.actor, event.action, event.subject, event.detail]
    content += [] if event.unit is None else [event.unit]
    text = previous_hash + json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """How many events there are, and the last one's hash: what one notes elsewhere to notice a later cut."""

    count: int
    hash: str

    @property
    def mark(self) -> str:
        """The head as one word."""
        return f"{self.count}:{self.hash}"


START = Head(0, BEGINNING)


class FlawKind(StrEnum):
    """What is wrong with the record."""

    ALTERED = "altered"  # this row does not follow from the one before: it was changed, or one before it is gone
    CUT = "cut"  # the last rows are gone: the head, or a mark, knows of more
    ADDED = "added"  # rows that the head does not know
    MARK = "mark"  # a whole chain, but not the one that the mark was taken from


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first thing that is wrong: the id of the row, or how many rows are too few or too many."""

    kind: FlawKind
    number: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What the record holds, and the first thing that is wrong with it."""

    found: Head
    flaw: Flaw | None


def mark_of(text: str) -> Head:
    """The head that a mark was made of; raises ValueError when it is none."""
    count, _, digest = text.strip().partition(":")
    if not count.isdecimal() or re.fullmatch("[0-9a-f]{64}", digest) is None:
        raise ValueError(text)
    return Head(int(count), digest)


def check(links: Iterable[Link], head: Head | None, mark: Head | None = None) -> Checked:
    """Walk the chain once; compare its end with the head that is kept beside it, and with an earlier mark."""
    found, row_id = START, 0
    for link in links:
        row_id = link.id
        if link.previous_hash != found.hash or link.hash != chained(found.hash, link.event):
            return Checked(found, Flaw(FlawKind.ALTERED, link.id))
        found = Head(found.count + 1, link.hash)
        if mark is not None and found.count == mark.count and found.hash != mark.hash:
            return Checked(found, Flaw(FlawKind.MARK, link.id))
    known = max([one.count for one in (head, mark) if one is not None], default=0)
    if found.count < known:
        return Checked(found, Flaw(FlawKind.CUT, known - found.count))
    if found.count != (head or START).count:
        return Checked(found, Flaw(FlawKind.ADDED, found.count - (head or START).count))
    if head is not None and found.hash != head.hash:  # a chain made anew
        return Checked(found, Flaw(FlawKind.ALTERED, row_id))
    return Checked(found, None)


def first_break(links: Iterable[Link]) -> int | None:
    """The id of the first row that does not follow from the one before, or None when the chain is whole."""
    flaw = check(links, None).flaw
    return flaw.number if flaw is not None and flaw.kind is FlawKind.ALTERED else None
