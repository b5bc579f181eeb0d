"""The moment at which an answer came is stored, so that a resend and a hurried series are known; it goes nowhere.

Whoever reads it to show, export or order something by has to come past this test, and past survey/docs/privacy.md.
"""

import re

from survey.config import ROOT
from survey.models import Response

# Which of the files that read or show anything name it, and what for.
READ_BY = {
    "survey/queries/forms.py": "flags on series that came too fast",
    "survey/queries/comments.py": "whether a comment had come in before its batch was made",
}
READING = ("queries", "reports", "web", "cli", "templates", "static/js", "openapi", "telemetry")


def test_the_moment_of_an_answer_is_read_for_nothing_that_leaves() -> None:
    assert "received_at" in Response.__table__.c
    files = [path for folder in READING for path in sorted((ROOT / "survey" / folder).rglob("*")) if path.is_file()]
    assert len(files) > 200
    found = {
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix in (".py", ".html", ".js", ".yaml") and re.search(r"\breceived_at\b", path.read_text("utf-8"))
    }
    assert found == set(READ_BY)


def test_no_column_holds_an_address_or_a_browsers_string_of_a_citizen() -> None:
    kept = {column.name for column in Response.__table__.c}
    assert not [name for name in kept if re.search(r"ip\b|addr|agent|browser|device|host|referr|fingerprint|geo", name)]
