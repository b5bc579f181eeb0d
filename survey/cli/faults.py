"""What the command line says when the database fails it, or a word is no text: a sentence, never a stack trace."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from weakref import WeakSet

import click
from flask.cli import ScriptInfo

from survey.database import FAULTS
from survey.domain.submissions import CONTROL
from survey.extensions import reading
from survey.queries import schema

_WATCHED: WeakSet[click.Command] = WeakSet()


def watch(command: click.Command) -> None:
    """Let a command, and all below it, end with a sentence where the database fails. Harmless when done again."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            watch(below)
    if command.callback is not None and command not in _WATCHED:
        command.callback = _watched(command.callback)
        _WATCHED.add(command)


def _watched(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def call(*args: Any, **options: Any) -> Any:
        _check(options)
        try:
            return callback(*args, **options)
        except FAULTS as fault:
            raise click.ClickException(_sentence(fault)) from fault

    return call


def _check(options: Mapping[str, Any]) -> None:
    """Refuse words with bytes that are no text: no database keeps them. Names of files may have them."""
    for parameter in click.get_current_context().command.params:
        given = options.get(parameter.name or "")
        words = given if isinstance(given, tuple | list) else (given,)
        is_file = isinstance(parameter.type, click.Path | click.File)
        if not is_file and any(isinstance(word, str) and CONTROL.search(word) for word in words):
            raise click.ClickException(
                f"{parameter.opts[0]} holds bytes that are no text. Is the terminal set to UTF-8?"
            )


def _sentence(fault: Exception) -> str:
    app = click.get_current_context().ensure_object(ScriptInfo).load_app()
    with app.app_context(), reading() as session:
        found = schema.revision(session)
    if found is None:
        return "The database has no tables yet, or cannot be reached. Check SURVEY_DATABASE_URL, then: flask db upgrade"
    if found != schema.newest():
        return f"The database is at migration {found}, this program needs {schema.newest()}. Run: flask db upgrade"
    first = str(fault).splitlines()[0]
    return f"The database refused; nothing was changed. Try again, or look at its log. It said: {first}"
