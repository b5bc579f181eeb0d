"""Dossier codes (METHOD §8): `<unit identifier>-<yymmdd>-<4 to 7 digits>`, as people type them."""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_CODE = re.compile(r"([0-9A-Z.]{1,35})-(\d{2})(\d{2})(\d{2})-(\d{4,7})", re.ASCII)
_DASHES = str.maketrans("–—−‐‑", "-----")
CENTURY = 2000


class DossierError(ValueError):
    """A text is no dossier code. `code` names why: dossier_form, dossier_date or dossier_future."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier code in its normal form, and the day on which the dossier was received."""

    code: str
    day: date


def parse(text: str, today: date) -> Dossier:
    """The dossier that was typed: capitals, without spaces, any dash as hyphen. Raises DossierError.

    An unknown unit part is accepted: a citizen is never blocked on it.
    """
    code = "".join(unicodedata.normalize("NFKC", text).upper().translate(_DASHES).split())
    match = _CODE.fullmatch(code)
    if match is None:
        raise DossierError("dossier_form")
    try:
        day = date(CENTURY + int(match[2]), int(match[3]), int(match[4]))
    except ValueError:
        raise DossierError("dossier_date") from None
    if day > today:
        raise DossierError("dossier_future")
    return Dossier(code, day)


def keyed_hash(key: bytes, dossier: Dossier) -> bytes:
    """What is stored instead of the code: HMAC-SHA256 under the key of the answer's year."""
    return hmac.digest(key, dossier.code.encode(), hashlib.sha256)
