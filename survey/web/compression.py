"""Compresses citizens' pages, which reach phones on slow lines.

Only these: each carries a ticket drawn for itself alone, so its length tells an onlooker nothing that lasts. Staff
pages hold tokens of a session and stay as they are (BREACH).
"""

import gzip

from flask import Response, request

LEVEL = 6
WORTH_COMPRESSING = 1400  # bytes: less fits into one packet anyway


def compress(response: Response) -> Response:
    """The answer with its body as gzip where the browser takes that."""
    if response.mimetype != "text/html" or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) >= WORTH_COMPRESSING and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
