"""Reading and publishing questionnaires: a version is frozen under the next number; the database refuses any change.

The shipped ones are files of the package, in the order in which they are offered.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey.config import ROOT
from survey.domain import authoring
from survey.domain.audit import Action
from survey.domain.authoring import Draft
from survey.domain.problems import InvalidError
from survey.domain.questionnaire import Version, from_content
from survey.models import Questionnaire
from survey.queries import questionnaires
from survey.services import audit, documents

_ATTEMPTS = 50  # each lost race means that another publisher got the number: nobody loses this many

SHIPPED: tuple[Path, ...] = tuple(
    ROOT / "survey" / "questionnaires" / f"{key}.yaml" for key in ("sipas-2024", "sipas-2017", "quick")
)


def read(data: bytes) -> Draft:
    """The draft in a YAML file; raises InvalidError with everything that is wrong, as YAML and as questionnaire."""
    document, problems = documents.parse(data)
    if document is None and problems:
        raise InvalidError(list(problems))
    problems += authoring.problems(document)
    if problems:
        raise InvalidError(list(problems))
    return authoring.check(document)


def publish(session: Session, draft: Draft, now: datetime) -> Version:
    """The draft as a published version: the latest one when the content is the same, otherwise the next number."""
    for _ in range(_ATTEMPTS):
        current = questionnaires.latest(session, draft.key)
        if current is not None and current.sha256 == draft.sha256:
            return current
        added = _added(session, draft, current.number + 1 if current else 1, now)
        if added is not None:
            return added
    raise RuntimeError(f"no free number for {draft.key}")


def announce(session: Session, draft: Draft, actor: str, now: datetime) -> Version:
    """Publish the draft, and record who did where that made a new version."""
    before = questionnaires.latest(session, draft.key)
    version = publish(session, draft, now)
    if before is None or before.id != version.id:
        audit.record(session, now, actor, Action.QUESTIONNAIRE_PUBLISHED, version.name, {"sha256": version.sha256})
    return version


def _added(session: Session, draft: Draft, number: int, now: datetime) -> Version | None:
    """The version under this number; None when another publisher took the number since we looked."""
    row = Questionnaire(key=draft.key, version=number, content=draft.content, sha256=draft.sha256, published_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return from_content(row.id, number, draft.content)
