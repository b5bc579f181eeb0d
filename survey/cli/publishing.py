"""Makes the file of open data, where the authority publishes one: not in the process that citizens wait for."""

from datetime import datetime

from flask import current_app
from flask_babel import force_locale, gettext

from survey.config import Settings
from survey.database import REPORT
from survey.domain import open_data as rules
from survey.domain.disclosure import Minimums
from survey.domain.periods import local_day
from survey.extensions import reading, writing
from survey.queries import open_data as queries
from survey.services import open_data as services


def open_data(now: datetime) -> bool:
    """Make it where it is wanted and due; whether it was made."""
    from survey.reports import open_data as reports

    settings: Settings = current_app.config["SETTINGS"]
    if not settings.open_data:
        return False
    least, today = Minimums(settings.shown_minimum, settings.ranked_minimum), local_day(now)
    with reading() as session:
        if not rules.is_due(queries.made_at(session, least), now):
            return False
    with reading(REPORT) as session, force_locale(reports.LANGUAGE):
        figures = queries.figures(session, least, today)
        data = reports.make(figures, queries.span(today), least, now, gettext, reports.LANGUAGE)
    with writing() as session:
        services.keep(session, data)
    return True
