"""Counters for /metrics, over all workers. No unit, point or device is a label, and answers show only in tens: who asks
every few seconds learns no moment of an answer (METHOD §6).

Without SURVEY_METRICS_TOKEN nothing is counted and the library is not loaded.
"""

import os
import time
from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from flask import Flask, Response, current_app, g, request

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric
    from prometheus_client.samples import Sample

P = ParamSpec("P")
T = TypeVar("T")
STEP = 10  # as many answers as a lot holds at least
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where processes put their counts together; gunicorn.conf.py makes it
_WHOLE = ("_total", "_count")
_COUNTS = (*_WHOLE, "_bucket")


class Counters:
    """What one process counts, and with FOLDER what all of them counted."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.own = CollectorRegistry()
        self.answers = Counter("survey_answers", "Answers by outcome, in tens.", ["outcome"], registry=self.own)
        self.requests = Histogram(
            "survey_request_seconds",
            "Requests by endpoint and status class, in tens.",
            ["endpoint", "status"],
            buckets=BUCKETS,
            registry=self.own,
        )
        self.round = Gauge(
            "survey_refresher_last_round_timestamp_seconds",
            "When the refresher last ended a round.",
            multiprocess_mode="max",
            registry=self.own,
        )

    def collect(self) -> "Iterator[Metric]":
        """All counts, rounded down to tens. The sum of seconds is left out: it moves with each request."""
        from prometheus_client.metrics_core import Metric
        from prometheus_client.registry import CollectorRegistry

        registry = self.own
        if os.environ.get(FOLDER):
            from prometheus_client.multiprocess import MultiProcessCollector

            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        for metric in registry.collect():
            coarse = Metric(metric.name, metric.documentation, metric.type)
            coarse.samples.extend(_coarsened(metric.samples))
            yield coarse


def _coarsened(samples: "list[Sample]") -> "Iterator[Sample]":
    """What has not happened ten times is not there at all: else its first time would show."""
    often = {_labels(sample) for sample in samples if sample.name.endswith(_WHOLE) and sample.value >= STEP}
    for sample in samples:
        if not sample.name.endswith(_COUNTS):
            if not sample.name.endswith(("_sum", "_created")):
                yield sample
        elif _labels(sample) in often:
            yield sample._replace(value=sample.value // STEP * STEP)


def _labels(sample: "Sample") -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in sample.labels.items() if name != "le"))


def init_app(app: Flask) -> None:
    """Count every request of an application whose settings hold a token for /metrics."""
    app.extensions["counters"] = Counters() if app.config["SETTINGS"].metrics_token else None
    if app.extensions["counters"] is not None:
        app.before_request(_begin)
        app.after_request(_finish)


def current() -> Counters | None:
    """The counters of this application; None where nobody asks for them."""
    found: Counters | None = current_app.extensions["counters"]
    return found


def counting_answers(receive: Callable[P, T]) -> Callable[P, T]:
    """Count what becomes of answers: the outcome's name, or the error's: conflict, invalid, refused, operational."""

    @wraps(receive)
    def counted(*args: P.args, **kwargs: P.kwargs) -> T:
        counters = current()
        if counters is None:
            return receive(*args, **kwargs)
        try:
            outcome = receive(*args, **kwargs)
        except Exception as error:
            counters.answers.labels(type(error).__name__.removesuffix("Error").lower()).inc()
            raise
        counters.answers.labels(str(outcome)).inc()
        return outcome

    return counted


def end_of_round() -> None:
    """The refresher ended a round."""
    if (counters := current()) is not None:
        counters.round.set_to_current_time()


def _begin() -> None:
    g.began = time.perf_counter()


def _finish(response: Response) -> Response:
    counters = current()
    if counters is not None and "began" in g:
        labels = (request.endpoint or "none", f"{response.status_code // 100}xx")
        counters.requests.labels(*labels).observe(time.perf_counter() - g.began)
    return response
