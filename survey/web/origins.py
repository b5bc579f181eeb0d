"""Where a request says that it comes from and whom it asks: proxies are believed by number, host names by list."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from survey.config import Settings


def init_app(app: Flask) -> None:
    """Believe so many proxies about sender and scheme, never about the host; refuse requests for other hosts."""
    settings: Settings = app.config["SETTINGS"]
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies, x_host=0
        )
    if settings.hosts:
        app.config["TRUSTED_HOSTS"] = list(settings.hosts)
    elif settings.production:
        app.logger.warning("any host name is answered: set SURVEY_PUBLIC_URL or SURVEY_HOSTS")
