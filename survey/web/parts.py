"""Which part of the addresses this server answers: citizens', staff's or all. The others are not there, for anybody.

Both parts are one program: a link from one to the other is right when a proxy puts them under one name.
"""

from flask import Flask, abort, request

STAFF = ("/staff", "/open-data", "/gallery", "/api/v1/rates")
BOTH = ("/static", "/healthz", "/readyz", "/metrics", "/api/v1/openapi.json")


def init_app(app: Flask) -> None:
    """Answer 404 to whatever belongs to the other part, before anything else is looked at."""
    part: str = app.config["SETTINGS"].part

    def refuse() -> None:
        if not is_served(part, request.path):
            abort(404)

    if part != "all":
        app.before_request(refuse)


def is_served(part: str, path: str) -> bool:
    """Whether a server of this part answers at a path, or at the pattern of a route."""
    if part == "all" or _below(path, BOTH):
        return True
    return _below(path, STAFF) is (part == "staff")


def _below(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith((f"{root}/", f"{root}.")) for root in roots)
