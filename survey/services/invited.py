"""How an invited dossier's code travels: encrypted under its link's token, then within a ticket."""

from datetime import date

from survey.domain import dossiers
from survey.domain.dossiers import Dossier
from survey.services import seals

LETTER, TICKET = "invitation", "invited dossier"


def sealed(dossier: Dossier, token: str, secret: str) -> bytes:
    """What is stored beside a link's hash: only whoever holds the link's token can have it read."""
    return seals.close(dossier.code, secret, f"{LETTER} {token}")


def enclosed(stored: bytes, token: str, secret: str) -> str | None:
    """The dossier as it travels in a ticket, where nothing names the link; None under another token or secret."""
    code = seals.open_(stored, secret, f"{LETTER} {token}")
    return None if code is None else seals.close(code, secret, TICKET).decode()


def disclosed(text: str, secret: str, today: date) -> Dossier | None:
    """The dossier that a ticket encloses; None when it was enclosed under another secret."""
    code = seals.open_(text.encode(), secret, TICKET)
    return None if code is None else dossiers.parse(code, today)
