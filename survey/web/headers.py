"""Security and cache headers of every answer that the application makes."""

from collections.abc import Iterator

from flask import Flask, Response

# Nothing but our own files, no inline script or style anywhere, nobody may frame us. `data:` lets the style sheet hold
# its tick mark and arrow.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": Flask-WTF compares the referrer of a staff form under HTTPS. Nothing leaves for other sites.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT_SECURITY = "max-age=31536000"  # a year; other hosts of the domain are not ours to bind
# Tickets, figures and somebody's entries stand on our pages: no cache keeps them unless a view says otherwise.
CACHE_CONTROL = "no-store"


def init_app(app: Flask) -> None:
    """Set the headers on every answer; a view's own header wins."""
    common = dict(everywhere(app.config["SETTINGS"].production))

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in common.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response


def everywhere(production: bool) -> Iterator[tuple[str, str]]:
    """What stands on every answer, pages and static files alike."""
    yield from HEADERS.items()
    if production:
        yield "Strict-Transport-Security", STRICT_TRANSPORT_SECURITY
