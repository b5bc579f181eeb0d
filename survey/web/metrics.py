"""/metrics for Prometheus: only for who shows SURVEY_METRICS_TOKEN, and totals only; not there without that setting."""

import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue

from survey.config import Settings
from survey.domain.periods import local_day
from survey.extensions import csrf, reading
from survey.queries import operation
from survey.queries.operation import Waiting
from survey.telemetry import counters
from survey.telemetry.counters import STEP
from survey.web import clock
from survey.web.access import TOKEN

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

blueprint = Blueprint("metrics", __name__)
csrf.exempt(blueprint)


@blueprint.get("/metrics")
def show() -> ResponseReturnValue:
    """Counters of all workers and what waits in the database, as Prometheus' text."""
    settings: Settings = current_app.config["SETTINGS"]
    counted = counters.current()
    if counted is None:
        abort(404)
    given = request.headers.get("Authorization", "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, f"Bearer {settings.metrics_token}".encode()):
        return "401\n", 401, {"WWW-Authenticate": "Bearer", "Content-Type": "text/plain"}
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    now = clock.now()
    with reading() as session:
        waiting = operation.waiting(session, now)
    return (
        generate_latest(_All([*counted.collect(), *_gauges(waiting, now)])),
        200,
        {"Content-Type": CONTENT_TYPE_LATEST},
    )


show.access = TOKEN  # type: ignore[attr-defined]


class _All:
    """What `generate_latest` takes for a registry."""

    def __init__(self, metrics: "list[Metric]") -> None:
        self.metrics = metrics

    def collect(self) -> "Iterator[Metric]":
        return iter(self.metrics)


def _gauges(waiting: Waiting, now: datetime) -> "Iterator[Metric]":
    from prometheus_client.metrics_core import GaugeMetricFamily

    oldest = (local_day(now) - waiting.oldest).days if waiting.oldest else 0
    released = waiting.released_at.replace(tzinfo=UTC).timestamp() if waiting.released_at else 0
    for name, said, value in (
        ("pending", "Answers that no tally holds yet, in tens.", waiting.pending // STEP * STEP),
        ("pending_oldest_days", "Age of the oldest of them, in days.", oldest),
        ("kiosks", "Paired kiosks.", waiting.kiosks),
        ("kiosks_silent", "Those not heard of for an hour.", waiting.silent),
        ("kiosks_holding", "Those that keep answers back.", waiting.holding),
        ("kiosk_answers", "Answers that they keep back, in tens.", waiting.held // STEP * STEP),
        ("released_timestamp_seconds", "When answers were last released to staff.", released),
    ):
        yield GaugeMetricFamily(f"survey_{name}", said, value)
