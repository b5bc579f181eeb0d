"""flask responses export: one row a response, in an order made afresh."""

from secrets import SystemRandom

import click
from flask import current_app
from flask.cli import with_appcontext

from survey.cli import exports
from survey.cli.exports import Place
from survey.domain import periods
from survey.domain.periods import Period
from survey.domain.questionnaire import Version
from survey.extensions import reading
from survey.queries import questionnaires, responses, row_keys
from survey.queries.responses import Totals


@click.group("responses")
def group() -> None:
    """Single responses."""


@group.command()
@click.option("--unit", "code", required=True, help="Code of the unit; all units below it are included.")
@click.option("--from", "start", required=True, help="First month or day: YYYY-MM or YYYY-MM-DD.")
@click.option("--to", "end", required=True, help="Last month or day, included.")
@click.option("--questionnaire", "asked_version", help="sipas-2024@1, or sipas-2024 for its newest; else every one.")
@click.option("--complete", is_flag=True, help="Exact keys. For your own checks, not for publishing; audited.")
@click.option("-o", "--output", required=True, type=click.Path(), help="The file; - for standard output.")
@with_appcontext
def export(code: str, start: str, end: str, asked_version: str | None, complete: bool, output: str) -> None:
    """Write one CSV row a counted response: month, unit, questionnaire, channel, assisted, procedure, levels.

    Only released ones (flask rates refresh), in whole lots of ten and more: what is not the same in the whole lot is
    left blank or, of months, the quarter, and a procedure stands where figures tell it. Lots that reach beyond the
    months or units asked for stay out. --complete keeps everything, and has the rows that wait too.
    """
    period = exports.period(start, end, complete)
    place = exports.place(code)
    chosen = exports.version(asked_version, place.units)
    now = exports.recorded("responses", place.unit, period, complete, questionnaire=asked_version or "")
    if complete:
        exports.say_what_is_gone(period, periods.local_day(now), "Rows")
    written, left_out = _write(output, place, period, chosen if asked_version else None, chosen, complete)
    exports.say(f"{written} responses, {period.start} – {period.end}: written to {output}")
    if left_out:
        exports.say(
            f"{left_out} more are in lots that reach beyond these months or units, or of which answers were deleted: "
            "ask for the whole year, or for the unit above"
        )


def _write(
    output: str, place: Place, period: Period, only: Version | None, default: Version, complete: bool
) -> tuple[int, int]:
    """How many were written, and how many released ones not. Counting and reading share a snapshot; without answers
    the header is the default questionnaire's.
    """
    from survey.reports import response_rows

    minimum = current_app.config["SETTINGS"].shown_minimum
    with reading(exports.engine(complete)) as session, exports.replacing(output) as file:
        wanted = (only,) if only else questionnaires.published(session)
        keys = None if complete else row_keys.of_lots(session, period, place.units, wanted, minimum)
        counted: Totals = responses.totals(session, period, place.units) if keys is None else keys.totals
        met = {version_id for version_id, _ in counted}
        versions = tuple(version for version in wanted if version.id in met) or (default,)
        known = {version.id for version in versions}
        total = sum(count for (version_id, _), count in counted.items() if version_id in known)
        rows = responses.rows(session, period, place.units, versions, counted, keys.names if keys else None)
        response_rows.write(file, responses.item_keys(versions), rows, total, SystemRandom())
    return total, keys.left_out if keys else 0
