"""The PIN that leaves kiosk mode, and what a kiosk holds to check it without network.

A kiosk gets salt, iterations and hash, never the PIN, and derives the hash anew with WebCrypto. Four to eight digits
are few: whoever copies the verifier out of the browser finds the PIN by trying. That is the limit of checking offline;
the PIN only keeps citizens at the questionnaire. It opens no answers, no account and not the device's secret.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from survey.domain.problems import Problem

FEWEST, MOST = 4, 8
ITERATIONS = 300_000  # about half a second on a cheap tablet: short for staff, long for a thousand tries
SALT_BYTES = 16
_RUNS = ("01234567890", "09876543210")


@dataclass(frozen=True, slots=True)
class Verifier:
    """PBKDF2 with HMAC-SHA-256, 32 bytes."""

    salt: bytes
    iterations: int
    hash: bytes

    def as_table(self) -> dict[str, str | int]:
        """For WebCrypto's `deriveBits`."""
        return {
            "name": "PBKDF2",
            "hash": "SHA-256",
            "iterations": self.iterations,
            "salt": b64encode(self.salt).decode(),
            "verifier": b64encode(self.hash).decode(),
        }


def check(pin: str) -> list[Problem]:
    """What is wrong with a new PIN: pin_form or pin_easy."""
    if not (pin.isascii() and pin.isdigit() and FEWEST <= len(pin) <= MOST):
        return [Problem("pin", "pin_form", {"fewest": FEWEST, "most": MOST})]
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        return [Problem("pin", "pin_easy")]
    return []


def derive(pin: str, salt: bytes) -> Verifier:
    """The verifier of a PIN. Slow on purpose: never called inside a write transaction."""
    return Verifier(salt, ITERATIONS, hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, ITERATIONS))
