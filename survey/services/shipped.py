"""Puts in what comes with the program: Hà Nội's units and procedures, and the questionnaires."""

from datetime import datetime

from sqlalchemy.orm import Session

from survey.config import ROOT
from survey.domain import catalogue as shapes
from survey.services import catalogue, questionnaires, sheets

DATA = ROOT / "survey" / "data"


def install(session: Session, now: datetime) -> None:
    """Into an empty catalogue: units, procedures, questionnaires."""
    catalogue.import_units(session, sheets.table((DATA / "hanoi_units.csv").read_bytes(), shapes.UNITS))
    catalogue.import_procedures(session, sheets.table((DATA / "procedures.csv").read_bytes(), shapes.PROCEDURES))
    for path in questionnaires.SHIPPED:
        questionnaires.publish(session, questionnaires.read(path.read_bytes()), now)
