"""Reports that are being made or are there, each for the one who asked. Session in, frozen values out."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.domain.report_jobs import SILENCE, Job, State
from survey.models import ReportJob


def of(session: Session, job_id: str, staff_id: int) -> Job | None:
    """The job, for the one who asked for it."""
    row = session.scalar(select(ReportJob).where(ReportJob.id == job_id, ReportJob.staff_id == staff_id))
    if row is None:
        return None
    state = State(row.state)
    return Job(row.id, row.name, row.again, state, row.complaint, row.done, row.total, row.told_at)


def being_made(session: Session, staff_id: int, now: datetime) -> int:
    """How many jobs of somebody are being made: begun, not over, and heard of lately."""
    mine = select(func.count()).select_from(ReportJob).where(ReportJob.staff_id == staff_id)
    running = mine.where(ReportJob.state == State.MAKING.value, ReportJob.told_at >= now - SILENCE)
    return session.scalar(running) or 0


def content(session: Session, job_id: str, staff_id: int) -> bytes | None:
    """The file, once it is made."""
    wanted = select(ReportJob.content).where(ReportJob.id == job_id, ReportJob.staff_id == staff_id)
    return session.scalar(wanted.where(ReportJob.state == State.MADE.value))
