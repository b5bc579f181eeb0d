"""flask tokens: a token is shown once, kept as a hash, listed without its secret, revoked at once; all recorded."""

import hashlib
import re

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from survey.domain.access import Role
from survey.extensions import reading, writing
from survey.models import ApiToken, AuditEvent
from tests.support import places, staff
from tests.support.places import CITY, WARD


@pytest.fixture
def site(app: Flask, clock: time_machine.Traveller) -> Flask:
    with writing() as session:
        world = places.build(session)
    staff.account(world, WARD, "lan@hanoi.gov.vn", Role.VIEWER)
    return app


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["tokens", *words])
    return result.exit_code, result.output


def test_a_token_is_shown_once_and_kept_as_a_hash(site: Flask) -> None:
    code, output = run(site, "create", "--unit", CITY, "--name", "Cổng dữ liệu thành phố", "--days", "30")
    assert code == 0
    (token,) = re.findall(r"^Token: (khsl_\S{43})$", output, re.MULTILINE)
    with reading() as session:
        row = session.scalars(select(ApiToken)).one()
        assert row.token_hash == hashlib.sha256(token.encode()).digest()
        assert (row.expires_at - row.created_at).days == 30
        details = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "token_created")).all()
    listed = run(site, "list")[1]
    assert (
        listed.partition("\t")[2] == f"valid\t{CITY}\tservice account\t2026-11-24\t2026-12-24\tCổng dữ liệu thành phố\n"
    )
    assert len(details) == 1
    assert token not in listed + details[0]


def test_a_revoked_or_expired_token_says_so(site: Flask, clock: time_machine.Traveller) -> None:
    run(site, "create", "--unit", CITY, "--name", "một")
    run(site, "create", "--unit", WARD, "--name", "hai", "--staff", "LAN@hanoi.gov.vn", "--days", "10")
    first, second = (line.partition("\t")[0] for line in run(site, "list")[1].splitlines())
    assert [run(site, "revoke", row_id)[0] for row_id in (first, first, "99999")] == [0, 1, 1]
    clock.shift(11 * 86400)
    lines = [line.split("\t")[:4] for line in run(site, "list")[1].splitlines()]
    assert lines == [[first, "revoked", CITY, "service account"], [second, "expired", WARD, "lan@hanoi.gov.vn"]]
    with reading() as session:
        assert len(session.scalars(select(AuditEvent).where(AuditEvent.action == "token_revoked")).all()) == 1


def test_wrong_tokens_are_not_made(site: Flask) -> None:
    for words, said in (
        (("--unit", "XX", "--name", "x"), "XX"),
        (("--unit", CITY, "--name", " "), "Tên mã truy cập"),
        (("--unit", CITY, "--name", "x", "--staff", "ai@do.vn"), "ai@do.vn"),
    ):
        code, output = run(site, "create", *words)
        assert code == 1
        assert said in output
    assert run(site, "create", "--unit", CITY, "--name", "x", "--days", "5000")[0] == 2
    assert run(site, "list")[1] == ""
