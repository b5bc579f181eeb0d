"""One-time codes: the secret of an authenticator, kept encrypted, and recovery codes, kept as keyed hashes.

The key comes from the application's secret: who reads the database alone cannot make codes. With another secret
nobody's codes are right any more; administrators then remove the authenticators, and people set them up anew.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from random import Random

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from survey.domain.audit import Action
from survey.models import RecoveryCode, Staff
from survey.services import audit

STEP_SECONDS = 30
SKEW = (-1, 0, 1)  # steps by which a phone's clock may be off
RECOVERY_CODES = 10
ISSUER = "Khảo sát hài lòng"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no look-alikes: the codes are written down


def new_secret() -> str:
    """A random secret for an authenticator."""
    import pyotp

    return pyotp.random_base32()


def address(secret: str, email: str) -> str:
    """What the QR code says to the authenticator."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step of which this is the code, of those that are near enough; None when it is no code."""
    import pyotp

    bare, generator = "".join(code.split()), pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    fitting = (
        [present + skew for skew in SKEW if hmac.compare_digest(generator.generate_otp(present + skew), bare)]
        if bare.isascii()
        else []
    )
    return fitting[0] if fitting else None


def enable(session: Session, staff_id: int, email: str, secret: str, step: int, key: str, now: datetime) -> None:
    """Keep the secret of an authenticator whose first code, that of `step`, was right."""
    values = {"totp_secret": _cipher(key)[0](secret.encode()), "totp_step": step}
    session.execute(update(Staff).where(Staff.id == staff_id).values(values))
    audit.record(session, now, email, Action.AUTHENTICATOR_SET, email)


def remove(session: Session, staff_id: int, email: str, actor: str, now: datetime) -> None:
    """Forget an authenticator and its recovery codes: its owner lost both."""
    session.execute(update(Staff).where(Staff.id == staff_id).values(totp_secret=None, totp_step=None))
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    audit.record(session, now, actor, Action.AUTHENTICATOR_REMOVED, email)


def draw_codes(random: Random) -> tuple[str, ...]:
    """New recovery codes, about 50 bits each, in two groups for the eye."""
    drawn = ("".join(random.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES))
    return tuple(f"{code[:5]}-{code[5:]}" for code in drawn)


def replace_codes(session: Session, staff_id: int, email: str, codes: Iterable[str], key: str, now: datetime) -> None:
    """Keep new recovery codes; the ones before open nothing any more."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    session.add_all([RecoveryCode(staff_id=staff_id, code_hash=_code_hash(staff_id, code, key)) for code in codes])
    audit.record(session, now, email, Action.RECOVERY_CODES_MADE, email)


def accept(session: Session, staff_id: int, email: str, code: str, key: str, now: datetime) -> bool:
    """Use up a code of the authenticator or a recovery code; whether it was right, and not used before.

    Two sign-ins with one code at the same moment: the row is changed only where the step is older, so one fails.
    """
    stored = session.scalar(select(Staff.totp_secret).where(Staff.id == staff_id))
    secret = None if stored is None else _opened(stored, key)
    step = None if secret is None else step_of(secret, code, now)
    if step is not None:
        fresh = update(Staff).where(Staff.id == staff_id, func.coalesce(Staff.totp_step, 0) < step)
        return session.scalar(fresh.values(totp_step=step).returning(Staff.id)) is not None
    used = delete(RecoveryCode).where(
        RecoveryCode.staff_id == staff_id, RecoveryCode.code_hash == _code_hash(staff_id, code, key)
    )
    if session.scalar(used.returning(RecoveryCode.id)) is None:
        return False
    audit.record(session, now, email, Action.RECOVERY_CODE_USED, email)
    return True


def _code_hash(staff_id: int, code: str, key: str) -> bytes:
    """Keyed: fifty bits could be tried out against a plain hash by whoever reads the database."""
    bare = "".join(character for character in code.lower() if character in _ALPHABET)
    return hmac.digest(key.encode(), f"recovery|{staff_id}|{bare}".encode(), hashlib.sha256)


def _cipher(key: str) -> tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]:
    """Fernet under a key of its own, derived (HKDF's extract and expand of one block, RFC 5869)."""
    from cryptography.fernet import Fernet

    extracted = hmac.new(b"authenticators", key.encode(), hashlib.sha256).digest()
    derived = hmac.new(extracted, b"totp\x01", hashlib.sha256).digest()
    fernet = Fernet(base64.urlsafe_b64encode(derived))
    return fernet.encrypt, fernet.decrypt


def _opened(stored: bytes, key: str) -> str | None:
    """The secret; None when it was kept under another key."""
    from cryptography.fernet import InvalidToken

    try:
        return _cipher(key)[1](stored).decode()
    except InvalidToken:
        return None
