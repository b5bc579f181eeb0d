"""How a sign-in goes on: counted attempts, the password, a second factor where there is one, then the session."""

import ipaddress
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, request, session
from flask_login import login_user
from werkzeug.wrappers import Response

from survey.domain import throttling
from survey.extensions import reading, writing
from survey.queries import staff as queries
from survey.queries.staff import Credentials
from survey.services import authenticators, passwords, staff, throttles
from survey.services.throttles import Counter
from survey.web import access, clock, cookies

TOKEN_BYTES = 32
COOKIE, COOKIE_PATH = "browser", "/staff"  # known to have signed in before
NETWORK_BITS = 64  # of an IPv6 address: one household or office
HALF, HALF_LENGTH = "half", timedelta(minutes=5)  # the password was right, the code is still to come
_FAMILIES = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")


class WaitError(Exception):
    """Too many attempts failed; carries after how many seconds the next may be made."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = int(wait.total_seconds()) + 1
        super().__init__(self.seconds)


@dataclass(frozen=True, slots=True)
class Half:
    """Whose password was right, and where they want to go once the code is right too."""

    known: Credentials
    wanted: str


def prove(email: str, password: str) -> Credentials | None:
    """Whose password this is, or None. Slow, outside any transaction. Raises WaitError."""
    counters = _counters(email)
    _attempt(counters)
    with reading() as snapshot:
        known = queries.credentials(snapshot, email)
    checked = passwords.check(password, known.password_hash if known else None)
    with writing() as transaction:
        if known is None or not checked.right or access.refused(known.email):
            staff.refuse(transaction, known, clock.now())
            return None
        throttles.succeeded(transaction, counters)
        staff.renew(transaction, known.id, checked.renewed_hash)
    return known


def prove_code(known: Credentials, code: str) -> bool:
    """Use up a code of an account's authenticator or a recovery code. Raises WaitError."""
    counters = [throttles.counter("code", str(known.id), throttling.CODE, _secret())]
    _attempt(counters)
    with writing() as transaction:
        right = authenticators.accept(transaction, known.id, known.email, code, _secret(), clock.now())
        if right:
            throttles.succeeded(transaction, counters)
        else:
            staff.refuse(transaction, known, clock.now())
    return right


def wait_for_code(known: Credentials, wanted: str) -> None:
    """Remember, in the signed cookie and for a few minutes, whose code is to come."""
    session.clear()
    session[HALF] = {"id": known.id, "at": int(clock.now().timestamp()), "wanted": wanted}


def half() -> Half | None:
    """Whose code is to come; None when nobody's is, or it took too long."""
    kept = session.get(HALF)
    if kept is None or clock.now().timestamp() - kept["at"] >= HALF_LENGTH.total_seconds():
        return None
    with reading() as snapshot:
        known = queries.credentials_of(snapshot, kept["id"])
    return None if known is None else Half(known, kept["wanted"])


def begin(known: Credentials, answer: Response) -> Response:
    """Open the session of an account that is proved, and know its browser from now on."""
    token, browser, now = secrets.token_urlsafe(TOKEN_BYTES), _browser_token(), clock.now()
    with writing() as transaction:
        staff.remember(transaction, known.id, browser, now)
        staff.sign_in(transaction, known, token, None, now, browser_name())
    session.clear()  # nothing from before the sign-in survives it
    access.seen(now)
    user = access.sitting(token, now)
    if user is not None:
        login_user(user)
    cookies.keep(answer, COOKIE, browser, int(staff.KNOWN_LENGTH.total_seconds()), "Lax", COOKIE_PATH)
    return answer


def renew() -> None:
    """After a proof the session has a fresh token: who had copied the old one is out."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    with writing() as transaction:
        staff.prove(transaction, access.token(), token, now)
    if (user := access.sitting(token, now)) is not None:
        login_user(user)


def browser_name() -> str:
    """The family of the browser and its system, no versions: enough for its owner to know it again."""
    agent = request.user_agent.string
    family = next((name for mark, name in _FAMILIES if mark in agent), "?")
    system = next((name for name in _SYSTEMS if name in agent), "?")
    return f"{family}, {system}"


def _attempt(counters: list[Counter]) -> None:
    with writing() as transaction:
        wait = throttles.attempt(transaction, counters, clock.now())
    if wait:
        raise WaitError(wait)


def _counters(email: str) -> list[Counter]:
    """By account and network together and each; in a browser that the account has used before by that alone.

    Whoever guesses from one network then keeps its owner out nowhere else, and from many not out of a known browser.
    """
    browser = cookies.value(COOKIE, COOKIE_PATH) or ""
    with reading() as snapshot:
        known = queries.knows_browser(snapshot, email, staff.token_hash(browser), clock.now())
    if known:
        return [throttles.counter("browser", f"{browser} {email}", throttling.ACCOUNT, _secret())]
    place = throttles.counter("place", f"{_network()} {email}", throttling.ACCOUNT, _secret())
    return [
        place,
        throttles.counter("account", email, throttling.ANYWHERE, _secret(), beside=place),
        throttles.counter("network", _network(), throttling.NETWORK, _secret(), clears=False),
    ]


def _network() -> str:
    """The address of the client; of an IPv6 address its network."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "?"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))


def _browser_token() -> str:
    """The token that the browser brings, when it looks like ours, else a new one: colleagues share a computer."""
    brought = cookies.value(COOKIE, COOKIE_PATH) or ""
    return brought if re.fullmatch(r"[\w-]{43}", brought, re.ASCII) else secrets.token_urlsafe(TOKEN_BYTES)


def _secret() -> str:
    key: str = current_app.config["SETTINGS"].secret_key
    return key
