"""Tables and their constraints, nothing else."""

from survey.models.accounts import KnownBrowser, RecoveryCode, SignInFailure, StaffLink
from survey.models.base import Base
from survey.models.catalogue import Indicator, Point, Procedure, Questionnaire, Target, Unit, unit_successor
from survey.models.changes import Merger, Upload
from survey.models.comments import BatchComment, CommentBatch, CommentTheme
from survey.models.demonstration import Demonstration
from survey.models.frozen import ApiToken, FrozenPeriod
from survey.models.handled import Handled
from survey.models.integrity import IntegrityFigure
from survey.models.invitations import Invitation, InvitationDraw
from survey.models.kiosks import Device, Opening, Pairing, point_procedure
from survey.models.open_data import OpenDataFile
from survey.models.paper import PaperBatch, PaperForm
from survey.models.quarantines import Quarantine
from survey.models.releases import (
    FACTOR_SUMS,
    RELEASED_SUMS,
    FigureRevision,
    Layer,
    LotContent,
    Released,
    ReleasedPart,
)
from survey.models.report_jobs import ReportJob
from survey.models.responses import SLOT_COLUMNS, Comment, DossierKey, Pending, Response
from survey.models.staff import AuditEvent, AuditHead, Grant, Staff, StaffSession
from survey.models.tallies import FACTOR_COLUMNS, LEVEL_COLUMNS, OVERALL_COLUMNS, SUM_COLUMNS, Tally

__all__ = [
    "FACTOR_COLUMNS",
    "FACTOR_SUMS",
    "LEVEL_COLUMNS",
    "OVERALL_COLUMNS",
    "RELEASED_SUMS",
    "SLOT_COLUMNS",
    "SUM_COLUMNS",
    "ApiToken",
    "AuditEvent",
    "AuditHead",
    "Base",
    "BatchComment",
    "Comment",
    "CommentBatch",
    "CommentTheme",
    "Demonstration",
    "Device",
    "DossierKey",
    "FigureRevision",
    "FrozenPeriod",
    "Grant",
    "Handled",
    "Indicator",
    "IntegrityFigure",
    "Invitation",
    "InvitationDraw",
    "KnownBrowser",
    "Layer",
    "LotContent",
    "Merger",
    "OpenDataFile",
    "Opening",
    "Pairing",
    "PaperBatch",
    "PaperForm",
    "Pending",
    "Point",
    "Procedure",
    "Quarantine",
    "Questionnaire",
    "RecoveryCode",
    "Released",
    "ReleasedPart",
    "ReportJob",
    "Response",
    "SignInFailure",
    "Staff",
    "StaffLink",
    "StaffSession",
    "Tally",
    "Target",
    "Unit",
    "Upload",
    "point_procedure",
    "unit_successor",
]
