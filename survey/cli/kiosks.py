"""flask points pair|revoke: a code that makes a browser the kiosk of a point, and the end of one."""

import secrets
from datetime import UTC, datetime
from random import Random

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli.staff import OPERATOR
from survey.cli.units import COMMIT, outcome
from survey.domain import pins
from survey.domain.audit import Action
from survey.domain.periods import VIETNAM
from survey.domain.points import PointKind
from survey.extensions import reading, writing
from survey.queries import points
from survey.queries.points import Point
from survey.services import audit, kiosks
from survey.services.kiosks import CODE_LIFE
from survey.wording.kiosks import of_point

DRAWN_DIGITS = 6


@click.command()
@click.argument("code")
@click.option("--pin", help="Digits that leave kiosk mode; drawn and printed when left out.")
@with_appcontext
def pair(code: str, pin: str | None) -> None:
    """Make a pairing code for the kiosk point CODE, good once and for 15 minutes; the one before it ends.

    Open /k on the kiosk and enter it there. A device that was paired before can send no more once it is used.
    """
    random, now = secrets.SystemRandom(), datetime.now(UTC)
    point, digits = _kiosk(code), _drawn(random) if pin is None else _checked(pin)
    verifier = pins.derive(digits, secrets.token_bytes(pins.SALT_BYTES))
    with writing() as session:
        made = kiosks.invite(session, point.id, verifier, current_app.config["SETTINGS"].secret_key, random, now)
        audit.record(session, now, OPERATOR, Action.PAIRING_CREATED, point.code)
    click.echo(f"Code: {made} (once, until {(now + CODE_LIFE).astimezone(VIETNAM):%H:%M} in Vietnam)")
    if pin is None:
        click.echo(f"PIN: {digits}")


@click.command()
@click.argument("code")
@COMMIT
@with_appcontext
def revoke(code: str, commit: bool) -> None:
    """Take the right to send from the machine that is paired with the kiosk point CODE, and end an open code.

    What it still holds can be exported on it and imported with `flask responses import`; pair it anew to go on.
    """
    point, now = _kiosk(code), datetime.now(UTC)
    click.echo(f"{point.code} {point.unit.name}: its machine can send no more")
    if commit:
        with writing() as session:
            if kiosks.cancel(session, point.id, now):
                audit.record(session, now, OPERATOR, Action.PAIRING_REVOKED, point.code)
            if kiosks.revoke(session, point.id, now):
                audit.record(session, now, OPERATOR, Action.DEVICE_REVOKED, point.code)
    click.echo(outcome(False, commit))


def _kiosk(code: str) -> Point:
    with reading() as session:
        point = points.by_code(session, code)
    if point is None or point.kind is not PointKind.KIOSK:
        raise click.ClickException(f"no kiosk point has the code {code}")
    return point


def _drawn(random: Random) -> str:
    while pins.check(digits := "".join(random.choice("0123456789") for _ in range(DRAWN_DIGITS))):
        pass
    return digits


def _checked(pin: str) -> str:
    if problems := pins.check(pin):
        with force_locale(current_app.config["SETTINGS"].language):
            raise click.ClickException(of_point(problems[0], gettext))
    return pin
