"""What lets pages work without network: the service worker at the root, and the page for when there is nothing else.

The worker itself is static/js/worker.js. What is served here names it and the files that it keeps, by fingerprint: a
release changes these addresses, and with them this answer, so that browsers notice.
"""

import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from survey.web.access import public

blueprint = Blueprint("offline", __name__)
SHELL = ("survey.css", "fonts/NotoSans-Regular.woff2", "fonts/NotoSans-Bold.woff2", "icon.svg", "vendor/idb.js")


def init_app(app: Flask) -> None:
    """Serve the worker, and give templates `recordings(questionnaire)`."""
    app.register_blueprint(blueprint)
    app.add_template_global(recordings)


@blueprint.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker's first file, for the whole origin. Browsers ask for it again by themselves."""
    settings = json.dumps({"shell": [_address(name) for name in _shell()], "offline": "/offline"}, indent=2)
    response = make_response(f'import {{ work }} from "{_address("js/worker.js")}";\n\nwork(self, {settings});\n')
    response.content_type = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/offline")
@public
def offline() -> ResponseReturnValue:
    """What is shown instead of a page that is not at hand without network."""
    return render_template("citizen/offline.html")


def recordings(questionnaire: str) -> tuple[str, ...]:
    """The addresses of a questionnaire's recorded questions: static/audio/<questionnaire>/<item>.<language>.mp3."""
    return tuple(_address(name) for name in _recorded(_folder(), questionnaire))


@cache
def _recorded(folder: Path, questionnaire: str) -> tuple[str, ...]:
    files = sorted((folder / "audio" / questionnaire).glob("*.mp3"))
    return tuple(file.relative_to(folder).as_posix() for file in files)


def _shell() -> tuple[str, ...]:
    """What a phone's page is made of. A kiosk adds its own when it is paired."""
    scripts = sorted(path.relative_to(_folder()).as_posix() for path in (_folder() / "js").glob("*.js"))
    return (*SHELL, *(name for name in scripts if not name.startswith("js/kiosk")))


def _folder() -> Path:
    return Path(current_app.root_path) / "static"


def _address(name: str) -> str:
    return str(current_app.jinja_env.globals["static_url"](name))  # type: ignore[operator]
