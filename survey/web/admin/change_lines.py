"""A difference as pages show it: the same lines as the command line prints, with the fields in words."""

from dataclasses import dataclass

from flask_babel import gettext

from survey.domain.differences import Difference
from survey.web.language import current
from survey.wording import Translate, numbers
from survey.wording.changes import field

translate: Translate = gettext
LISTED = 500  # lines that a page shows; all are counted


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A new key with its entry, or one field that changes."""

    key: str
    new: bool
    text: str
    field: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries there are of each fate, as text; `more` lines are not listed."""

    added: str
    changed: str
    unchanged: str
    not_in_file: str
    more: str


def lines(found: Difference) -> tuple[ChangeLine, ...]:
    """Every new key, then every change as old → new."""
    new = [ChangeLine(key, True, text) for key, text in found.added.items()]
    changed = [
        ChangeLine(key, False, one.new, field(one.field, translate), one.old)
        for key, parts in found.changed.items()
        for one in parts
    ]
    return (*new, *changed)


def counts(found: Difference) -> Counts:
    """The last line of the command."""
    more = max(0, len(lines(found)) - LISTED)
    return Counts(
        added=_text(len(found.added)),
        changed=_text(len(found.changed)),
        unchanged=_text(found.unchanged),
        not_in_file=_text(found.not_in_file),
        more=_text(more) if more else "",
    )


def _text(value: int) -> str:
    return numbers.integer(value, current())
