"""The command line: parse, one call, print. Every command that writes is a dry run unless --commit."""

from flask import Flask

from survey.cli import catalogue, db, demo, points, questionnaire, serve, staff


def init_app(app: Flask) -> None:
    """Add every command group."""
    for group in (catalogue.group, db.group, demo.group, points.group, questionnaire.group, serve.command, staff.group):
        app.cli.add_command(group)
