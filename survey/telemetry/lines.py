"""Log lines as JSON with a request id. Never an address, a device, or a client id."""

import json
import logging
import sys
import uuid

from flask import Flask, Response, g, has_request_context, request

from survey.telemetry import impersonal


class JsonFormatter(logging.Formatter):
    """One line of JSON a record; the path is the route's pattern, so no code or id of anyone is in it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = dict(impersonal.extras(record))
        line |= {"level": record.levelname, "logger": record.name, "message": impersonal.message(record)}
        if has_request_context():
            line["request_id"] = g.get("request_id")
            line["method"] = request.method
            line["route"] = str(request.url_rule or "")
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = impersonal.exception(record.exc_info[1], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def init_app(app: Flask) -> None:
    """Send the application's log to standard error and give every request an id."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    app.logger.handlers[:] = [handler]
    app.logger.propagate = False
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    g.request_id = uuid.uuid4().hex[:16]


def _finish(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response
