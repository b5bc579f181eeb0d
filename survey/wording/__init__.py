"""Sentences for people: what codes and values of the domain read like. Tables of marked messages, no gettext here.

Messages are Vietnamese; `translations/en` has the English. Whoever shows one passes a translate function.
"""

from typing import Protocol


class Translate(Protocol):
    """`flask_babel.gettext`, or anything that gives a message in the reader's language with its values filled in."""

    def __call__(self, message: str, /, **values: object) -> str: ...


def N_(message: str) -> str:  # noqa: N802 — the name that gettext's tools know
    """Mark a message for extraction without translating it yet."""
    return message
