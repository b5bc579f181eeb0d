"""Keeps requests out of what gunicorn says of them: a line may quote the address asked for, a header, or the sender."""

import logging
import re

from survey.telemetry import impersonal

_SENDER = re.compile(r"\bip=\S+:")
_REQUEST = re.compile(r"(?<=Error handling request).*", re.DOTALL)
_QUOTED = re.compile(r"\s*b?['\"].*", re.DOTALL)  # up to the end: what is quoted may hold quotation marks


class WithoutRequest(logging.Filter):
    """Leaves the kind of complaint, and of an error its kind and where it happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = _REQUEST.sub("", _SENDER.sub("somewhere:", record.getMessage()))
        record.msg, record.args = impersonal.clean(_QUOTED.sub(" …", text)), None
        if record.exc_info and record.exc_info[1] is not None:
            record.msg += "\n" + impersonal.exception(record.exc_info[1], record.exc_info[2])
        record.exc_info = record.exc_text = None
        return True
