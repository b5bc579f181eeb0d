"""The record of what staff did: events, and the chain of hashes that shows a row altered or removed."""

import hashlib
import json
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
    FIGURES_FROZEN = "figures_frozen"
    TARGET_SET = "target_set"
    TARGET_REMOVED = "target_removed"
    TOKEN_CREATED = "token_created"  # noqa: S105 — the name of an act
    TOKEN_REVOKED = "token_revoked"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to which subject; `detail` is canonical JSON text."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: str


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
    """The hash of an event that follows `previous_hash`: SHA-256 over that hash and the event's canonical content."""
    content = [event.at.astimezone(UTC).isoformat(), event.actor, event.action, event.subject, event.detail]
    text = previous_hash + json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(links: Iterable[Link]) -> int | None:
    """The id of the first row that does not follow from the one before, or None when the chain is whole.

    Rows cut off at the end leave a whole chain: compare its last hash with one that was noted elsewhere.
    """
    previous = BEGINNING
    for link in links:
        if link.previous_hash != previous or link.hash != chained(previous, link.event):
            return link.id
        previous = link.hash
    return None
