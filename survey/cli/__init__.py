"""The command line: parse, one call, print. Every command that writes is a dry run unless --commit."""

from flask import Flask

from survey.cli import db, staff


def init_app(app: Flask) -> None:
    """Add every command group."""
    for group in (db.group, staff.group):
        app.cli.add_command(group)
