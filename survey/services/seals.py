"""Encrypts what must lie in the database for a while and must not be read from a copy of it."""

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def close(text: str, key: str, purpose: str) -> bytes:
    """The text, encrypted under the server's secret for one purpose."""
    return _cipher(key, purpose).encrypt(text.encode())


def open_(sealed: bytes, key: str, purpose: str) -> str | None:
    """The text; None when it was encrypted under another secret or for another purpose."""
    from cryptography.fernet import InvalidToken

    try:
        return _cipher(key, purpose).decrypt(sealed).decode()
    except InvalidToken:
        return None


def _cipher(key: str, purpose: str) -> "Fernet":
    """Fernet under a key of its own, derived (HKDF's extract and expand of one block, RFC 5869)."""
    from cryptography.fernet import Fernet

    extracted = hmac.new(b"seals", key.encode(), hashlib.sha256).digest()
    derived = hmac.new(extracted, purpose.encode() + b"\x01", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
