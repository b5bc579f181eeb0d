"""flask serve: everything from an empty database to a running server, and where to look. What `make run` calls."""

import os
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.cli import demo
from survey.cli.db import upgraded
from survey.config import ROOT, Settings
from survey.demo import ACCOUNTS, PASSWORD, tokens
from survey.domain.invitations import Standing, token_hash
from survey.domain.periods import local_day
from survey.domain.points import PointKind
from survey.extensions import close, reading
from survey.queries import catalogue, demonstration, invitations, points

LINKS = 2  # of the demonstration's invitations that are printed


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen at ($HOST).")
@click.option("--port", envvar="PORT", type=click.IntRange(1, 65535), default=5000, show_default=True, help="($PORT)")
@click.option("--responses", type=click.IntRange(0), default=demo.RESPONSES, help="How many to make up, once.")
@with_appcontext
def command(host: str, port: int, responses: int) -> None:
    """Bring the database up to date, fill an empty one, say where to look, and serve.

    Outside production an empty database gets demonstration data, once; a database in use is left as it is.
    """
    _check_free(host, port)
    upgraded("head")
    settings: Settings = current_app.config["SETTINGS"]
    _fill(settings, responses)
    for line in _directions(f"http://{_shown(host)}:{port}"):
        click.echo(line)
    sys.stdout.flush()
    close()
    os.environ.update(HOST=host, PORT=str(port))
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    os.chdir(ROOT)
    os.execv(gunicorn, [gunicorn, "app:app"])  # noqa: S606 — no shell is wanted


def _check_free(host: str, port: int) -> None:
    """Say early and plainly when something else listens there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = f"cannot listen at {host}:{port}: {error.strerror}"
        raise click.ClickException(f"{reason}. Another port: PORT=5001 make run") from error


def _fill(settings: Settings, responses: int) -> None:
    with reading() as session:
        empty, marked = demonstration.is_empty(session), demonstration.is_loaded(session)
    if settings.production:
        if marked:
            raise click.ClickException("this database holds demonstration data and must not be used in production")
        return
    demo.install()
    if empty and not marked and responses:
        demo.load(responses, demo.SEED)


def _directions(base: str) -> Iterator[str]:
    """Where to look and how to sign in."""
    with reading() as session:
        marked = demonstration.is_loaded(session)
        known = {unit.code: unit for unit in catalogue.units(session)}
        shown = [known[account.unit_code] for account in ACCOUNTS if account.unit_code in known]
        ward = points.of_units(session, [shown[-1].id]) if marked and shown else ()
    yield f"\nKhảo sát hài lòng · Satisfaction survey: {base}/\n"
    for point in (point for point in ward if point.kind is not PointKind.INVITE):  # that one has no page of its own
        yield f"  answer    {base}/p/{point.code}   {point.unit.name}, {point.kind.value}: {point.label}"
    for token in _links() if marked else ():
        yield f"  invited   {base}/i/{token}   {ward[0].unit.name}"
    yield f"  figures   {base}/staff/"
    if not marked:
        yield "  accounts  .venv/bin/flask staff create EMAIL --role administrator --unit CODE\n"
        return
    for account in ACCOUNTS:
        if account.unit_code in known:
            yield f"            {account.email:<28} {account.role.value:<14} {known[account.unit_code].name}"
    yield f"            password of all of them: {PASSWORD}"
    yield "\n  All answers are made up (demonstration data). Ctrl-C ends the server; the data stays.\n"


def _links() -> Iterator[str]:
    """Links of the demonstration that open today."""
    today, settings = local_day(datetime.now(UTC)), current_app.config["SETTINGS"]
    with reading() as session:
        for seed in sorted(demonstration.seeds(session)):
            for token in tokens(seed, LINKS):
                found = invitations.by_hash(session, token_hash(settings.secret_key, token))
                if found is not None and found.draw.standing(today) is Standing.OPEN:
                    yield token


def _shown(host: str) -> str:
    """The host of an address that a browser can open."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 — compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
