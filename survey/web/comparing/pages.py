"""/staff/compare: two periods, channels, procedures or groups of citizens, and the interval of their difference."""

from flask import Blueprint, render_template, request
from flask_babel import gettext

from survey.domain.access import Permission
from survey.web import access
from survey.web.comparing import comparisons, grounds, groups
from survey.web.comparing import options as compare_options
from survey.web.comparing import rows as compare_rows
from survey.web.figures import options
from survey.web.figures.figures import NothingPublishedError
from survey.wording import Translate

blueprint = Blueprint("compare", __name__, url_prefix="/staff")
translate: Translate = gettext


@blueprint.get("/compare")
@access.needs(Permission.READ_FIGURES)
def page() -> str:
    """The comparison that the address asks for."""
    found = comparisons.read(request.args)
    offered = options.of(found.choices, found.sides.filters)
    return render_template(
        "staff/compare.html",
        unit=found.unit,
        filters=found.sides.filters,
        sides=found.sides,
        options=offered,
        chosen=compare_rows.chosen(found, offered.summary),
        more=compare_options.of(found),
        names=compare_rows.side_names(found),
        rows=compare_rows.rows(found),
        reach=compare_rows.reach_of(found),
        sentence=compare_rows.sentence(found),
        trends=compare_rows.trends(found),
        groups=groups.table(found),
        grounds=grounds.of(found),
        found=found,
    )


@blueprint.errorhandler(NothingPublishedError)
def nothing_published(error: NothingPublishedError) -> str:
    """Before the first questionnaire there is a page too."""
    return render_template("staff/empty.html")
