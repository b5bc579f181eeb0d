"""Keeps personal data out of log lines: only scalars pass, no field known to be somebody's, no error's values."""

import logging
import re
import traceback
from collections.abc import Mapping
from types import TracebackType

from survey.database import UNAVAILABLE
from survey.domain import masking

Scalar = str | int | float | bool | None
REFUSED = "[refused]"
LONGEST = 500
# Names under which people, their devices, secrets and answers stand anywhere in this program.
PERSONAL = re.compile(
    r"(e_?mail|addr|^ip$|remote|forwarded|agent|browser|device|client|ticket|token|secret|password|pass$|pin|cookie"
    r"|session|comment|words|answer|body|facts|about|reason|dossier|invitation|name|phone|point|unit|actor|who)",
    re.IGNORECASE,
)
_TRACES = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"  # an address of mail
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\b"  # of a machine
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b",  # a client id
    re.IGNORECASE,
)
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def message(record: logging.LogRecord) -> str:
    """The record's sentence with its arguments, as far as these are scalars of no known key."""
    given = record.args
    if isinstance(given, Mapping) and "%(" in str(record.msg):
        safe: object = {key: _value(key, value) for key, value in given.items()}
    else:
        safe = tuple(_value("", value) for value in (given if isinstance(given, tuple) else (given,) if given else ()))
    try:
        said = str(record.msg) % safe if given else str(record.msg)
    except (TypeError, ValueError):  # %d of something refused
        said = f"{record.msg} {safe}"
    return clean(said)


def extras(record: logging.LogRecord) -> dict[str, Scalar]:
    """What was given as `extra`, by name."""
    return {key: _value(key, value) for key, value in vars(record).items() if key not in _OWN}


def exception(error: BaseException, frames: TracebackType | None) -> str:
    """Where it happened and what kind it was. Its text only where the database is away: others' hold values."""
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(frames)]
    said = clean(str(getattr(error, "orig", error)).partition("\n")[0]) if isinstance(error, UNAVAILABLE) else ""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return "\n".join([*where, f"{kind}: {said}" if said else kind])


def clean(text: str) -> str:
    """A text without what looks like somebody's."""
    return _TRACES.sub(REFUSED, masking.mask(text[:LONGEST]))


def _value(key: object, value: object) -> Scalar:
    if not isinstance(value, str | int | float | bool | None) or PERSONAL.search(str(key)):
        return REFUSED
    return clean(value) if isinstance(value, str) else value
