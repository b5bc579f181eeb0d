"""What an account may look like: e-mail addresses, names, and which passwords are too weak to guard figures."""

import re
from enum import StrEnum
from random import Random

from survey.domain import names
from survey.domain.problems import Problem

EMAIL_LENGTH, NAME_LENGTH = 254, 120
PASSWORD_LEAST, PASSWORD_MOST = 12, 200
LEAST_DIFFERENT = 5  # different characters of a password
# One mailbox as browsers check it (HTML's e-mail input), with a dot in the domain.
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)
# Most guessed passwords are only these words once digits, signs and diacritics are taken off.
_COMMON = re.compile(
    "(?:admin|administrator|password|pass|matkhau|moi|qwerty|qwertyuiop|asdfghjkl|abc|abcd|abcdef|letmein|welcome|hanoi"
    "|vietnam|viet|nam|khaosat|hailong|survey|motcua|changeme|change|secret|iloveyou|xin|chao|anh|em|yeu)*"
)
_RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
# No look-alikes: the password is read from a screen and typed once.
_ALPHABET = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"

# The domain of the demonstration's accounts, whose password everybody knows: never let in in production. What remains
# of that password without digits and signs is nobody else's either.
DEMONSTRATION_DOMAIN = "@minh-hoa.example"
_DEMONSTRATION_WORDS = "hoasenhotay"


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"


def is_demonstration(email: str) -> bool:
    """Whether the account is one of the demonstration's."""
    return email.endswith(DEMONSTRATION_DOMAIN)


def normal_email(text: str) -> str:
    """An address as it is kept and compared: NFC, lower case, outer white space off."""
    return names.normal(text).lower()


def check(email: str, name: str, password: str) -> list[Problem]:
    """Every complaint about a new account; `email` and `name` in their normal form."""
    return [*check_person(email, name), *check_password(password, email)]


def check_person(email: str, name: str) -> list[Problem]:
    """Every complaint about an address and a name in their normal form."""
    problems = []
    if len(email) > EMAIL_LENGTH or not _EMAIL.fullmatch(email):
        problems.append(Problem("email", "email_invalid", {"email": email}))
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        problems.append(Problem("name", "name_invalid", {"most": NAME_LENGTH}))
    return problems


def check_password(password: str, email: str) -> list[Problem]:
    """The first reason why a password is too weak, or none. Length counts most; no rule on kinds of characters."""
    if len(password) < PASSWORD_LEAST:
        return [Problem("password", "password_short", {"least": PASSWORD_LEAST})]
    if len(password) > PASSWORD_MOST:
        return [Problem("password", "password_long", {"most": PASSWORD_MOST})]
    if _is_easy(password, email):
        return [Problem("password", "password_easy")]
    return []


def _is_easy(password: str, email: str) -> bool:
    bare = names.fold(password).replace(" ", "")
    letters = re.sub(r"[\d_]", "", bare)
    person = email.partition("@")[0]
    return (
        len(set(password)) < LEAST_DIFFERENT
        or _COMMON.fullmatch(letters) is not None
        or any(bare in run for run in _RUNS)
        or (_DEMONSTRATION_WORDS in letters and not is_demonstration(email))
        or (len(person) >= LEAST_DIFFERENT and person in password.lower())
    )


def draw_password(random: Random) -> str:
    """A password of four groups of five characters, about 112 bits when `random` is the system's."""
    return "-".join("".join(random.choice(_ALPHABET) for _ in range(5)) for _ in range(4))
