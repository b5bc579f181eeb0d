"""The command line: parse, one call, print. Every command that writes is a dry run unless --commit."""

from flask import Flask

from survey.cli import (catalogue, db, demo, points, posters, questionnaire, rates, refresher, responses, serve, staff, kiosks, queues)


def init_app(app: Flask) -> None:
    """Add every command group."""
    for group in (
        catalogue.group,
        db.group,
        demo.group,
        points.group,
        questionnaire.group,
        rates.group,
        refresher.command,
        responses.group,
        serve.command,
        staff.group,
    ):
        app.cli.add_command(group)
    points.group.add_command(posters.command)
    points.group.add_command(kiosks.pair)
    responses.group.add_command(queues.load)
