"""/staff/integrity: figures of a year on harassment and fees, of the units below those that the reader inspects."""

from flask import Blueprint, current_app, render_template, request

from survey.domain import integrity as rules
from survey.domain.access import Permission
from survey.domain.units import Unit
from survey.extensions import reading, writing
from survey.queries import catalogue, integrity
from survey.services import integrity as services
from survey.web import access, clock
from survey.web.figures import options
from survey.web.figures.options import Option
from survey.web.integrity import lines

blueprint = Blueprint("integrity", __name__, url_prefix="/staff/integrity")


@blueprint.get("")
@access.needs(Permission.INSPECT)
def show() -> str:
    """One year, of one unit or of all below. Looking is recorded."""
    units = _units()
    code = request.args.get("unit", "").strip()
    chosen = access.unit_or_404(tuple(units.values()), code) if code else None
    with reading() as session:
        years = integrity.years(session)
        year = _year(request.args.get("year", ""), years)
        found = integrity.figures(session, year, units if chosen is None else [chosen.id])
    if found:
        with writing() as session:
            services.viewed(session, year, access.me().email, clock.now())
    minimum = current_app.config["SETTINGS"].ranked_minimum
    return render_template(
        "staff/integrity.html",
        asked=lines.asked(found, units, minimum),
        year=year,
        years=[Option(str(each), str(each), each == year) for each in years],
        units=options.of_units(tuple(units.values()), chosen),
        minimum=minimum,
    )


def _units() -> dict[int, Unit]:
    with reading() as session:
        every = catalogue.units(session)
    return {unit.id: unit for unit in every if rules.stands_above(access.me().grants, unit)}


def _year(text: str, years: tuple[int, ...]) -> int:
    """The year that is asked for where it was counted, else the newest; 0 where none was."""
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return wanted if wanted in years else next(iter(years), 0)
