"""Khảo sát hài lòng: satisfaction surveys for one-stop shops. This file puts the parts together, nothing else."""

import hashlib
import os

from flask import Flask

from survey import cli, extensions, telemetry, web, windows
from survey.config import INSTANCE, ROOT, Settings
from survey.web import cookies


def create_app(settings: Settings | None = None) -> Flask:
    """The application: config, telemetry, extensions, web, cli. Raises ConfigError when a setting is wrong."""
    settings = settings or Settings.from_environ(os.environ)
    app = Flask("survey", root_path=str(ROOT / "survey"), instance_path=str(INSTANCE), static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        BABEL_DEFAULT_LOCALE=settings.language,
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        RATELIMIT_STORAGE_URI=settings.redis_url or f"{windows.SCHEME}://",
        # A Redis that does not answer holds nobody up for longer than this.
        RATELIMIT_STORAGE_OPTIONS={"socket_connect_timeout": 1, "socket_timeout": 1} if settings.redis_url else {},
        SESSION_COOKIE_NAME=cookies.full_name(cookies.SESSION, settings.production),
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session, which ends by itself
        MAX_CONTENT_LENGTH=1024 * 1024,
    )
    app.session_interface.digest_method = hashlib.sha256  # type: ignore[attr-defined]  # Flask's own is SHA-1
    telemetry.init_app(app)
    extensions.init_app(app)
    web.init_app(app)
    cli.init_app(app)
    return app
