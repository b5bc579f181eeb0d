"""What comments of a batch are about: the rules for a theme and its answer."""

from survey.domain import names
from survey.domain.problems import InvalidError, Problem
from survey.domain.submissions import CONTROL

LONGEST_NAME, LONGEST_NOTE = 120, 2000


def holds(comment: str, phrase: str) -> bool:
    """Whether a comment holds the phrase, with or without diacritics."""
    wanted = names.fold(phrase)
    return bool(wanted) and f" {wanted} " in f" {names.fold(comment)} "


def checked_name(text: str) -> str:
    """The name of a theme in its normal form. Raises InvalidError: name_missing, name_long or text_control."""
    return _checked(names.normal(text), "name", "name_missing", LONGEST_NAME)


def checked_note(text: str) -> str:
    """An answer for the board, lines kept. Raises InvalidError: note_missing, note_long or text_control."""
    lines = (names.normal(line) for line in text.replace("\r\n", "\n").split("\n"))
    return _checked("\n".join(lines).strip(), "note", "note_missing", LONGEST_NOTE)


def _checked(text: str, path: str, missing: str, longest: int) -> str:
    if not text:
        raise InvalidError([Problem(path, missing)])
    if CONTROL.search(text):
        raise InvalidError([Problem(path, "text_control")])
    if len(text) > longest:
        raise InvalidError(
            [Problem(path, "name_long" if path == "name" else "note_long", {"limit": longest, "length": len(text)})]
        )
    return text
