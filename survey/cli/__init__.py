"""The command line: parse, one call, print. Every command that writes is a dry run unless --commit."""

from flask import Flask

from survey.cli import (
    accounts,
    auditing,
    backups,
    catalogue,
    comments,
    db,
    demo,
    faults,
    freezes,
    invitations,
    kiosks,
    openings,
    paper,
    plans,
    points,
    posters,
    privacy,
    procedures,
    quality,
    questionnaire,
    queues,
    rates,
    refresher,
    responses,
    retention,
    serve,
    staff,
    tokens,
    units,
)


def init_app(app: Flask) -> None:
    """Add every command group."""
    for group in (
        auditing.group,
        backups.backup,
        backups.key,
        backups.restore,
        catalogue.group,
        comments.group,
        db.group,
        demo.group,
        invitations.group,
        points.group,
        privacy.group,
        quality.group,
        questionnaire.group,
        rates.group,
        refresher.command,
        responses.group,
        retention.group,
        serve.command,
        staff.group,
        tokens.group,
    ):
        app.cli.add_command(group)
    for command in accounts.COMMANDS:
        staff.group.add_command(command)
    catalogue.group.add_command(units.group)
    catalogue.group.add_command(procedures.group)
    catalogue.group.add_command(plans.group)
    points.group.add_command(posters.command)
    points.group.add_command(kiosks.pair)
    points.group.add_command(kiosks.revoke)
    points.group.add_command(openings.arrange)
    responses.group.add_command(queues.load)
    responses.group.add_command(paper.command)
    rates.group.add_command(freezes.freeze)
    rates.group.add_command(freezes.frozen)
    for command in app.cli.commands.values():
        faults.watch(command)
