"""PINs: which are taken, and a verifier that PBKDF2 written out by hand (RFC 8018) confirms."""

import hmac
from base64 import b64decode

import pytest

from survey.domain import pins


@pytest.mark.parametrize("pin", ["2580", "482915", "90210377"])
def test_four_to_eight_digits_are_taken(pin: str) -> None:
    assert pins.check(pin) == []


@pytest.mark.parametrize(
    ("pin", "code"),
    [("123", "pin_form"), ("123456789", "pin_form"), ("12a4", "pin_form"), ("", "pin_form"), ("²³²³", "pin_form")]
    + [(easy, "pin_easy") for easy in ("0000", "1234", "87654321", "56789")],
)
def test_other_pins_are_refused(pin: str, code: str) -> None:
    assert [problem.code for problem in pins.check(pin)] == [code]


def by_hand(pin: bytes, salt: bytes, iterations: int) -> bytes:
    """The first block of PBKDF2, which is all of 32 bytes."""
    keyed = hmac.new(pin, digestmod="sha256")

    def prf(message: bytes) -> bytes:
        step = keyed.copy()
        step.update(message)
        return step.digest()

    last = prf(salt + (1).to_bytes(4))
    total = int.from_bytes(last)
    for _ in range(iterations - 1):
        last = prf(last)
        total ^= int.from_bytes(last)
    return total.to_bytes(32)


def test_the_verifier_is_plain_pbkdf2() -> None:
    made = pins.derive("2580", b"0123456789abcdef")
    table = made.as_table()
    salt, iterations = b64decode(str(table["salt"])), int(table["iterations"])
    assert b64decode(str(table["verifier"])) == by_hand(b"2580", salt, iterations)
    assert (table["name"], table["hash"], iterations) == ("PBKDF2", "SHA-256", pins.ITERATIONS)
    assert "2580" not in str(table)
