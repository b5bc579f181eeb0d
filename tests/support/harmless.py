"""What an answer to something hostile must be like."""

from werkzeug.test import TestResponse


def harmless(answer: TestResponse) -> str:
    """What an answer says; fails when something broke inside, or is told of it."""
    body = answer.get_data(as_text=True)
    assert answer.status_code < 500, (answer.request.path, answer.request.query_string)
    for word in ("Traceback (most", "sqlalchemy", "sqlite3", "psycopg", "syntax error", "site-packages"):
        assert word not in body, (answer.request.path, word)
    return body
