"""Where a request says that it comes from and whom it asks: proxies are believed by number, host names by list.

The host is looked at before Flask is: with a broken one it can build no address, and so not even an error page.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from survey.config import Settings
from survey.web.headers import CACHE_CONTROL, everywhere

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HOST = re.compile(r"([a-z0-9.-]{1,253}|\[[a-f0-9:.]{2,45}\])(?::([1-9][0-9]{0,4}))?", re.ASCII)
REFUSAL = "Máy chủ này không phục vụ tên miền đó. This server does not serve that host name.\n"


def init_app(app: Flask) -> None:
    """Believe so many proxies about sender and scheme, never about the host; refuse requests for other hosts."""
    settings: Settings = app.config["SETTINGS"]
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies, x_host=0
        )
    app.wsgi_app = OwnHosts(app.wsgi_app, settings)  # type: ignore[method-assign]
    if settings.production and not settings.hosts:
        app.logger.warning("any host name is answered: set SURVEY_PUBLIC_URL or SURVEY_HOSTS")


class OwnHosts:
    """Answers 400 to a request for a host that is none of ours, or no host at all."""

    def __init__(self, application: "WSGIApplication", settings: Settings) -> None:
        self.application, self.settings = application, settings

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", environ.get("SERVER_NAME")) or ""
        if is_served(host.lower(), self.settings.hosts):
            return self.application(environ, start_response)
        refusal = Response(REFUSAL, 400, [*everywhere(self.settings.production), ("Cache-Control", CACHE_CONTROL)])
        return refusal(environ, start_response)


def is_served(host: str, served: tuple[str, ...]) -> bool:
    """Whether a host, perhaps with a port, is one of these; a name with a dot before it stands for all below it.

    With none stated every well-formed one is.
    """
    found = _HOST.fullmatch(host)
    if found is None or int(found[2] or 0) > 65535:
        return False
    name = found[1].removesuffix(".")
    return not served or any(name == one or (one.startswith(".") and name.endswith(one)) for one in served)
