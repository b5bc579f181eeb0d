"""Problems of the catalogue as sentences in the operator's language."""

from collections.abc import Iterable

from flask import current_app
from flask_babel import force_locale, gettext

from survey.domain.problems import Problem
from survey.wording import catalogue


def sentences(problems: Iterable[Problem]) -> list[str]:
    """A sentence for each problem, with the number of its line where it has one."""
    with force_locale(current_app.config["SETTINGS"].language):
        return [catalogue.sentence(problem, gettext) for problem in problems]
