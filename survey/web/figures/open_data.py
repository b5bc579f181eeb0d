"""/open-data: showable figures of all units for everybody, where the operator publishes them.

The files are the same for everybody and may be cached. The refresher makes them, once an hour at most, and every server
serves what it kept. Before the first, a request makes them for its own process, one at a time: asking often costs
nothing.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Flask, abort, current_app, make_response, render_template, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from survey.database import REPORT
from survey.domain.open_data import FRESH, OpenData, is_due
from survey.extensions import reading
from survey.queries import open_data as queries
from survey.reports import open_data
from survey.web import clock
from survey.web.access import public
from survey.web.figures import figures
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.reports import COLUMNS

blueprint = Blueprint("open_data", __name__, url_prefix="/open-data")
translate: Translate = gettext


@dataclass
class Store:
    """The last data set of this process."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    data: OpenData | None = None


def init_app(app: Flask) -> None:
    """Register the pages, with nothing made yet."""
    app.extensions["open_data"] = Store()
    app.add_template_global(is_on, "open_data_is_on")
    app.register_blueprint(blueprint)


def is_on() -> bool:
    """Whether the operator publishes."""
    return bool(current_app.config["SETTINGS"].open_data)


@blueprint.before_request
def refuse_when_off() -> None:
    """As if the addresses did not exist."""
    if not is_on():
        abort(HTTPStatus.NOT_FOUND)


@blueprint.get("")
@public
def page() -> str:
    """What there is, in which licence, and how to read it."""
    data = _data()
    return render_template(
        "open_data.html",
        title=translate(open_data.TITLE),
        description=open_data.description(data, translate),
        rows=numbers.integer(data.rows, current()),
        size=numbers.integer(-(-len(data.content) // 1024), current()),
        made=numbers.moment(data.made),
        sha256=data.sha256,
        licence=open_data.LICENCE,
        columns=[(name, translate(heading), translate(meaning)) for name, (heading, meaning) in COLUMNS.items()],
    )


@blueprint.get("/rates.csv")
@public
def rates_csv() -> Response:
    """The figures."""
    data = _data()
    return _file(data, data.content, "text/csv; charset=utf-8", open_data.FILE)


@blueprint.get("/datapackage.json")
@public
def descriptor() -> Response:
    """What is in them, for programs."""
    data = _data()
    base = current_app.config["SETTINGS"].public_url
    homepage = f"{base}{url_for('open_data.page')}" if base else url_for("open_data.page", _external=True)
    with force_locale(open_data.LANGUAGE):
        body = open_data.descriptor(data, homepage, translate)
    return _file(data, body, "application/json; charset=utf-8", "datapackage.json")


def _file(data: OpenData, body: bytes, kind: str, name: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.cache_control.public = True
    response.cache_control.max_age = int(FRESH.total_seconds())
    response.last_modified = data.made
    response.set_etag(f"{data.sha256[:32]}-{name}")
    return response.make_conditional(request)


def _data() -> OpenData:
    """The file that the refresher kept; before the first, one of this process, an hour old at most."""
    store: Store = current_app.extensions["open_data"]
    now, least = clock.now(), figures.minimums()
    with store.lock:
        with reading(REPORT) as session:
            made = queries.made_at(session, least)
            if made is not None and (store.data is None or store.data.made != made):
                store.data = queries.kept(session)
        own_is_void = store.data is None or store.data.minimums != least or is_due(store.data.made, now)
        if store.data is None or (made is None and own_is_void):
            store.data = _made(now)
        return store.data


def _made(now: datetime) -> OpenData:
    today, least = clock.today(), figures.minimums()
    with reading(REPORT) as session, force_locale(open_data.LANGUAGE):
        found = queries.figures(session, least, today)
        return open_data.make(found, queries.span(today), least, now, translate, open_data.LANGUAGE)
