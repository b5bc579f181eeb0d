"""Files that only the holder of a key can read: age (age-encryption.org), with a key pair made here or by age itself.

The public key encrypts and stands on the server; the secret one opens, and is kept elsewhere.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pyrage

from survey.domain.backups import BackupError

PRIVATE = 0o600


def new_key(path: Path) -> str:
    """Make a key pair, write the secret one to a new file that only its owner reads; the public one."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(handle, "w") as file:
        file.write(f"# public key: {public}\n{identity}\n")
    return public


def seal(plain: Path, sealed: Path, public_keys: Sequence[str]) -> None:
    """Encrypt a file to one or several public keys. It appears under its name only when it is whole and on the disk."""
    recipients = [_recipient(key) for key in public_keys]
    part = sealed.with_name(f"{sealed.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(handle, "wb") as target, plain.open("rb") as source:
        pyrage.encrypt_io(source, target, recipients)
        target.flush()
        os.fsync(target.fileno())
    part.replace(sealed)


def check_keys(public_keys: Sequence[str]) -> None:
    """Raises BackupError where one of them is no public key: before an hour's work."""
    for key in public_keys:
        _recipient(key)


def unseal(sealed: Path, plain: Path, key_file: Path) -> None:
    """Decrypt a file. Raises BackupError where it is altered, cut off, or sealed to another key."""
    identities = _identities(key_file)
    handle = os.open(plain, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    try:
        with os.fdopen(handle, "wb") as target, sealed.open("rb") as source:
            pyrage.decrypt_io(source, target, identities)
    except pyrage.DecryptError as error:
        wrong = "no matching keys" in str(error).lower()
        raise BackupError("key_wrong" if wrong else "altered") from None
    except OSError:
        raise BackupError("altered") from None


def _recipient(key: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise BackupError("public_key_wrong", key=key[:80]) from None


def _identities(path: Path) -> list[pyrage.x25519.Identity]:
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (pyrage.IdentityError, OSError, UnicodeDecodeError):
        raise BackupError("key_file_wrong", file=path.name) from None
