"""Fixtures of the faults: a world on the database at hand, and the account that each fault closes with."""

import os
from collections.abc import Callable, Iterator, Sequence

import pytest
from flask import Flask

from survey import create_app
from survey.config import Settings
from survey.extensions import db, writing
from tests.faults import ledger, load
from tests.faults.ledger import Line
from tests.faults.load import Account, Load, Sent
from tests.support import clusters, places
from tests.support.clusters import Cluster
from tests.support.databases import migrate, settings_for
from tests.support.places import World

Closing = Callable[[str, Account, Sequence[Sent], Sequence[str]], None]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if ledger.LINES:
        terminalreporter.write_line("\n" + ledger.table(sorted(ledger.LINES)))
    if ledger.LINES and os.environ.get("SURVEY_FAULTS_WRITE"):
        ledger.write(sorted(ledger.LINES))


@pytest.fixture
def world(app: Flask) -> World:
    with writing() as session:
        return places.build(session)


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that a test may kill."""
    with clusters.cluster() as one:
        migrate(one.url)
        yield one


@pytest.fixture
def on_cluster(own_cluster: Cluster) -> Iterator[tuple[Settings, World]]:
    """An application's context and a world on that server."""
    settings = settings_for(own_cluster.url)
    with create_app(settings).app_context():
        with writing() as session:
            built = places.build(session)
        yield settings, built
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def close_account() -> Closing:
    """Hold the account against what is stored, send all again, and hold that to be exact: each answer once."""

    def close(fault: str, account: Account, all_sent: Sequence[Sent], urls: Sequence[str]) -> None:
        held = load.found()
        assert account.acknowledged <= held, "an acknowledged answer is lost"
        assert set(account.statuses) <= {0, 200, 201, 429, 503}, account.statuses
        assert account.unexplained == 0
        again = Load(urls).run(all_sent)
        assert set(again.statuses) <= {200, 201}, again.statuses
        assert again.statuses[200] == len(held)
        exact = load.is_exact(all_sent)
        numbers = (account.sent, len(account.acknowledged), account.refused, account.statuses[0], len(held))
        ledger.LINES.append(Line(fault, load.kind(), *numbers, after=len(load.found())))
        assert exact

    return close
