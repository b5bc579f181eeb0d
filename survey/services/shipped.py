"""Puts in what comes with the program: Hà Nội's units, procedures, plan and PAR Index, and the questionnaires."""

from datetime import datetime

from sqlalchemy.orm import Session

from survey.config import ROOT
from survey.domain import catalogue as shapes
from survey.domain.tables import Line, Shape
from survey.services import catalogue, questionnaires, sheets, targets

DATA = ROOT / "survey" / "data"
CITY, PLAN_YEAR, PAR_INDEX, PAR_INDEX_YEAR = "HN", 2021, "par_index", 2020


def install(session: Session, now: datetime) -> None:
    """Into an empty catalogue: everything that is shipped, through the same checks as an operator's files."""
    catalogue.import_units(session, _table("hanoi_units.csv", shapes.UNITS))
    catalogue.import_procedures(session, _table("procedures.csv", shapes.PROCEDURES))
    targets.import_targets(session, _table("hanoi_plan_2021.csv", shapes.TARGETS), CITY, PLAN_YEAR)
    figures = _table("hanoi_par_index_2020.csv", shapes.INDICATORS)
    targets.import_indicators(session, figures, PAR_INDEX_YEAR, PAR_INDEX)
    for path in questionnaires.SHIPPED:
        questionnaires.publish(session, questionnaires.read(path.read_bytes()), now)


def _table(name: str, shape: Shape) -> tuple[Line, ...]:
    return sheets.table((DATA / name).read_bytes(), shape)
