"""Begins reports that take long, and writes down how far they are and what became of them."""

import secrets
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from survey.domain.report_jobs import KEPT, State
from survey.models import ReportJob


def begin(session: Session, staff_id: int, name: str, again: str, now: datetime) -> str:
    """A new job; its id. Jobs of yesterday and earlier are forgotten."""
    session.execute(delete(ReportJob).where(ReportJob.started_at < now - KEPT))
    job = ReportJob(
        id=secrets.token_urlsafe(18),
        staff_id=staff_id,
        name=name,
        again=again,
        state=State.MAKING.value,
        done=0,
        total=0,
        started_at=now,
        told_at=now,
    )
    session.add(job)
    return job.id


def tell(session: Session, job_id: str, done: int, total: int, now: datetime) -> None:
    """How far it is."""
    session.execute(update(ReportJob).where(ReportJob.id == job_id).values(done=done, total=total, told_at=now))


def end(session: Session, job_id: str, content: bytes, now: datetime) -> None:
    """The file is there."""
    values = {"state": State.MADE.value, "content": content, "told_at": now}
    session.execute(update(ReportJob).where(ReportJob.id == job_id).values(values))


def fail(session: Session, job_id: str, complaint: str, now: datetime) -> None:
    """There will be no file."""
    values = {"state": State.FAILED.value, "complaint": complaint, "told_at": now}
    session.execute(update(ReportJob).where(ReportJob.id == job_id).values(values))
