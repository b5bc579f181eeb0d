"""gunicorn's settings: `gunicorn app:app` in this folder finds them here. No access log: it would hold addresses."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_host, _port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "5000")
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "waiting_worker.WaitingWorker"  # gthread, whose threads wait for nobody
workers = int(os.environ.get("WORKERS", "2"))
AT_WORK = int(os.environ.get("THREADS", "8"))  # requests at once
PLACES = AT_WORK * 9  # with those that wait: half a second's worth and less
threads = PLACES + 4  # these refuse whoever finds no place
preload_app = False  # each worker makes its own database engines: a connection must not be shared over a fork
forwarder_headers = ""  # no client names another path: underscored headers are dropped from everybody
accesslog = None
control_socket_disable = True  # it would be made in the home directory
loglevel = "warning"

REFRESH_SECONDS = int(os.environ.get("REFRESH_SECONDS", "60"))  # 0: no refresher beside this server


def post_worker_init(worker: Any) -> None:
    """Keep requests out of the log, and more than can be served out of the application."""
    # Not in the first process: a reload brings new workers the new code.
    from survey.telemetry.server_lines import WithoutRequest
    from survey.web.admission import Gate

    worker.wsgi = Gate(worker.wsgi, AT_WORK, PLACES)
    worker.log.error_log.addFilter(WithoutRequest())
    worker.log.info("Worker %s takes requests", worker.pid)
    if worker.replaces_another:
        os.kill(worker.ppid, signal.SIGTTOU)  # one worker less: the oldest ends what it has begun


def on_starting(server: Any) -> None:
    """Give the counters of all processes a fresh folder, where /metrics is wanted."""
    if any(os.environ.get(f"SURVEY_METRICS_TOKEN{kind}") for kind in ("", "_FILE")):
        if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):  # shared with a refresher of its own service
            for file in (*Path(folder).glob("counter_*.db"), *Path(folder).glob("histogram_*.db")):
                file.unlink()
            return
        server.counters = tempfile.mkdtemp(prefix="survey-metrics-")
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = server.counters


def when_ready(server: Any) -> None:
    """Start the one process that keeps the stored tallies fresh; figures are exact without it, only slower."""
    if not REFRESH_SECONDS:
        return
    command = [sys.executable, "-m", "flask", "--app", "app", "refresher", "--every", str(REFRESH_SECONDS)]
    server.refresher = subprocess.Popen(command)  # noqa: S603 — nothing in it comes from outside


def on_reload(server: Any) -> None:
    """A new version, of the refresher too. The old workers serve until the new ones have loaded it, not only until
    these are started. What a reload has to find stands at the server: this file is read anew.
    """
    _end_refresher(server)
    when_ready(server)
    server.num_workers += server.cfg.workers


def post_fork(server: Any, worker: Any) -> None:
    """Remember of a worker that is started during a reload that it takes the place of another."""
    worker.replaces_another = server.num_workers > server.cfg.workers


def nworkers_changed(server: Any, now: int, before: int | None) -> None:
    """Never fewer than are set, also when a worker died during a reload and two took its place."""
    if before is not None and now < server.cfg.workers:
        server.num_workers = server.cfg.workers


def on_exit(server: Any) -> None:
    """End the refresher with the server. It also ends by itself when the server was killed."""
    _end_refresher(server)
    if folder := getattr(server, "counters", None):
        shutil.rmtree(folder, ignore_errors=True)


def _end_refresher(server: Any) -> None:
    process = getattr(server, "refresher", None)
    if process is not None:
        process.terminate()
        process.wait()
