"""flask points sheet: posters with QR codes as a file."""

from datetime import UTC, datetime
from pathlib import PurePath

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext

from survey.cli import exports
from survey.config import LANGUAGES
from survey.domain import posters
from survey.domain.periods import local_day
from survey.domain.posters import PaperSize, Poster
from survey.extensions import reading
from survey.queries import points
from survey.wording.posters import PosterLines, lines

FORMATS = (".pdf", ".svg", ".zip")


@click.command("sheet")
@click.option("--unit", "code", required=True, help="Code of the unit whose posters are wanted.")
@click.option("--below", is_flag=True, help="Those of all units below it too.")
@click.option("--size", type=click.Choice([size.value for size in PaperSize]), default="a4", show_default=True)
@click.option("-o", "--output", required=True, type=click.Path(), help="FILE.pdf, FILE.svg, or FILE.zip of many SVGs.")
@with_appcontext
def command(code: str, below: bool, size: str, output: str) -> None:
    """Write the posters with QR codes of a unit's poster points; SURVEY_PUBLIC_URL is the address on them."""
    suffix = PurePath(output).suffix.lower()
    if suffix not in FORMATS:
        raise click.UsageError(f"the file must end in {', '.join(FORMATS)}")
    found = _posters(code, below)
    if suffix == ".svg" and len(found) > 1:
        raise click.UsageError(f"{len(found)} posters do not fit into one SVG; choose .pdf or .zip")
    with exports.replacing(output) as file:
        file.write(_content(found, PaperSize(size), suffix))
    exports.say(f"{len(found)} posters written to {output}")


def _posters(code: str, below: bool) -> tuple[Poster, ...]:
    public_url = current_app.config["SETTINGS"].public_url
    if public_url is None:
        raise click.ClickException("set SURVEY_PUBLIC_URL to the address that citizens can open; it is printed")
    place, today = exports.place(code), local_day(datetime.now(UTC))
    wanted = place.units if below else (place.unit,)
    with reading() as session:
        found = points.of_units(session, [unit.id for unit in wanted])
    found = tuple(point for point in found if posters.has_poster(point, today))
    if not found:
        raise click.ClickException("no poster point is open there; flask points create --kind poster makes one")
    return posters.posters(found, public_url)


def _content(found: tuple[Poster, ...], size: PaperSize, suffix: str) -> bytes:
    from survey.reports import posters as files

    spoken = tuple(_lines(language) for language in LANGUAGES)
    if suffix == ".pdf":
        return files.pdf(found, size, spoken)
    return files.svg(found[0], size, spoken) if suffix == ".svg" else files.svg_archive(found, size, spoken)


def _lines(language: str) -> PosterLines:
    with force_locale(language):
        return lines(gettext, language)
