"""A response as it arrives, before its questionnaire is known: its envelope, and the hash that tells bodies apart."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.domain.problems import InvalidError, Problem

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
FIELDS = frozenset(
    {"point", "ticket", "questionnaire", "locale", "answers", "reasons", "remarks", "facts", "about", "comment"}
    | {"procedure", "dossier", "assisted", "started_at", "answered_at"}
)
LONGEST_LABEL = 200  # point, questionnaire and locale are short
LONGEST_TICKET = 400  # that of an invitation encloses its dossier
BODY_HASH_BYTES = 16
_BODY = b"body|"  # before what is hashed: no other text under this key begins so


@dataclass(frozen=True, slots=True)
class Envelope:
    """What must be known before the answers can be read. `ticket` and `locale` are None where absent."""

    point: str
    questionnaire: str
    ticket: str | None
    locale: str | None


def open_envelope(document: object) -> Envelope:
    """The envelope of a JSON document. Raises InvalidError with every problem of its own fields."""
    if not isinstance(document, Mapping):
        raise InvalidError([Problem("", "not_object")])
    problems = [Problem(str(key), "field_unknown") for key in document if key not in FIELDS]
    labels: dict[str, str | None] = {}
    for name in ("point", "questionnaire", "ticket", "locale"):
        value = document.get(name)
        labels[name] = value if isinstance(value, str) else None
        if value is None:
            if name in ("point", "questionnaire"):
                problems.append(Problem(name, "field_missing"))
        elif not isinstance(value, str):
            problems.append(Problem(name, "not_text"))
        elif CONTROL.search(value) or len(value) > (LONGEST_TICKET if name == "ticket" else LONGEST_LABEL):
            problems.append(Problem(name, "text_control"))
    if problems:
        raise InvalidError([_safe(problem) for problem in problems])
    return Envelope(labels["point"] or "", labels["questionnaire"] or "", labels["ticket"], labels["locale"])


def body_hash(secret: str, document: Mapping[str, object]) -> bytes:
    """What tells two bodies of one client id apart: a keyed hash of everything but the ticket, order not counting.

    Without the dossier: with it, whoever has this key could try codes also when the dossier's own key is destroyed.
    """
    canonical = _BODY + _canonical(document).encode()
    return hmac.digest(secret.encode(), canonical, hashlib.sha256)[:BODY_HASH_BYTES]


def body_hashes(secret: str, document: Mapping[str, object]) -> Callable[[str, str], bytes]:
    """`body_hash` of bodies that differ in `started_at` and `answered_at` alone, which are given in this order.

    What they begin with is hashed once for all of them.
    """
    # Within a text every quotation mark has a backslash before it: these are the fields and nothing else.
    first, _, rest = _canonical({**document, "started_at": "", "answered_at": ""}).partition('"answered_at":""')
    middle, _, last = rest.partition('"started_at":""')
    begun = hmac.new(secret.encode(), _BODY + first.encode(), hashlib.sha256)

    def hashed(started_at: str, answered_at: str) -> bytes:
        own = begun.copy()
        own.update(f'"answered_at":"{answered_at}"{middle}"started_at":"{started_at}"{last}'.encode())
        return own.digest()[:BODY_HASH_BYTES]

    return hashed


def _canonical(document: Mapping[str, object]) -> str:
    content = {key: value for key, value in document.items() if key not in ("ticket", "dossier")}
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _safe(problem: Problem) -> Problem:
    """The problem with a path that can be encoded and shown."""
    return Problem(CONTROL.sub("?", problem.path)[:80], problem.code, problem.values)
