"""kill -9 in the middle of load, of an app server, PostgreSQL, Redis: what was acknowledged is there."""

import os
import signal

from survey.config import Settings
from tests.faults.conftest import Closing
from tests.faults.load import Load, Step, answers
from tests.support import clusters
from tests.support.clusters import Cluster
from tests.support.places import World
from tests.support.servers import gone, serving


def test_a_killed_worker_and_then_a_killed_server_lose_nothing(
    settings: Settings, world: World, close_account: Closing
) -> None:
    all_sent = answers(settings, world, 300)
    with serving(settings.database_url, settings.secret_key, WORKERS="2") as server:

        def kill_worker() -> None:
            worker = server.children[0]
            os.kill(worker, signal.SIGKILL)
            gone(worker)

        account = Load(
            [server.url], [Step("acknowledged", 60, kill_worker), Step("acknowledged", 150, server.kill)]
        ).run(all_sent)
    assert 150 <= len(account.acknowledged) < 300
    with serving(settings.database_url, settings.secret_key, WORKERS="2") as server:
        close_account("app server: kill -9 of a worker, then of all", account, all_sent, [server.url])


def test_a_killed_and_a_restarted_postgresql_lose_nothing(
    own_cluster: Cluster, on_cluster: tuple[Settings, World], close_account: Closing
) -> None:
    settings, world = on_cluster
    all_sent = answers(settings, world, 400)
    steps = [
        Step("acknowledged", 60, own_cluster.kill),
        Step("refused", 40, own_cluster.start),
        Step("acknowledged", 200, own_cluster.restart),
    ]
    with serving(settings.database_url, settings.secret_key, WORKERS="2") as server:
        account = Load([server.url], steps).run(all_sent)
        assert account.refused >= 40
        assert len(account.acknowledged) == len(all_sent)  # it went on by itself, twice, and nobody was left unanswered
        close_account("PostgreSQL: kill -9, start, restart", account, all_sent, [server.url])


def test_a_killed_redis_is_missed_by_nobody(settings: Settings, world: World, close_account: Closing) -> None:
    all_sent = answers(settings, world, 200)
    limits = {"SURVEY_POINT_LIMIT": "100000", "SURVEY_TICKET_LIMIT": "100000"}
    with (
        clusters.redis() as redis,
        serving(settings.database_url, settings.secret_key, SURVEY_REDIS_URL=redis.url, **limits) as server,
    ):
        steps = [Step("acknowledged", 50, redis.kill), Step("acknowledged", 130, redis.start)]
        account = Load([server.url], steps).run(all_sent)
        assert len(account.acknowledged) == len(all_sent)  # limits are counted by each process meanwhile
        close_account("Redis: kill -9, start", account, all_sent, [server.url])
