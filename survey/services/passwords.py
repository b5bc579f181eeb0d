"""Argon2id over passwords. Slow on purpose (about 50 ms): never called inside a write transaction of a request."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's least parameters for Argon2id. A change here renews every hash at its owner's next sign-in.
_HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
# Checked for accounts that do not exist, so that an answer takes as long as for those that do. Its password is lost.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$rp8sPqmtxJ+ao0rP0qtjYw$cdKWWR+exE2lRG2SC22JSpUb504Cq6Dodmjr1QQ6IrM"


NONE = ""  # the hash of an account without password


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password was right, and its hash under today's parameters where the stored one is of older ones."""

    right: bool
    renewed_hash: str | None = None


def hashed(password: str) -> str:
    """The hash to store."""
    return _HASHER.hash(password)


def check(password: str, stored: str | None) -> Checked:
    """Compare a password with a stored hash; with none it takes the same time and is wrong."""
    try:
        _HASHER.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return Checked(False)
    if not stored:
        return Checked(False)
    return Checked(True, hashed(password) if _HASHER.check_needs_rehash(stored) else None)
