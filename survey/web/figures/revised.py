"""Whether decisions on flagged answers changed the figures of a page or file after they were told."""

from flask_babel import gettext

from survey.domain.disclosure.shifts import Revision
from survey.domain.selections import Selection
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import shifts
from survey.wording import Translate, revised

translate: Translate = gettext


def of_unit(selection: Selection, unit: Unit | None) -> Revision | None:
    """The last revision of a unit with all below it; None where there is none."""
    if unit is None:
        return None
    with reading() as session:
        return shifts.revision(session, selection, unit)


def said(selection: Selection, unit: Unit | None) -> str:
    """The same as a sentence, empty where there is none."""
    found = of_unit(selection, unit)
    return revised.sentence(found, translate) if found else ""
