"""Published questionnaires. Session in, frozen values out."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from survey.domain.questionnaire import Version, from_content
from survey.models import Questionnaire

_TABLE = Questionnaire.__table__.c
# A version never changes, so it is parsed once a process. Number and hash are part of the key because a process may
# see more than one database.
_parsed: dict[tuple[int, int, str], Version] = {}


def by_name(session: Session, name: str) -> Version | None:
    """The version with a name such as "sipas-2024@1"; None when there is none."""
    parts = parted(name)
    if parts is None:
        return None
    return _first(session, _known().where(_TABLE.key == parts[0], _TABLE.version == parts[1]))


def parted(name: str) -> tuple[str, int] | None:
    """The key and the number in a name; None where it is none."""
    key, _, number = name.rpartition("@")
    if not (number.isascii() and number.isdigit()) or len(number) > 6 or number.startswith("0"):
        return None
    return key, int(number)


def by_id(session: Session, row_id: int) -> Version:
    """The version that a stored row names; it exists, because rows point at it."""
    version = _first(session, _known().where(Questionnaire.id == row_id))
    assert version is not None, "a foreign key holds it"
    return version


def latest(session: Session, key: str) -> Version | None:
    """The version of a questionnaire with the highest number: what is asked from now on."""
    statement = _known().where(Questionnaire.key == key).order_by(Questionnaire.version.desc()).limit(1)
    return _first(session, statement)


def published(session: Session) -> tuple[Version, ...]:
    """All versions, by key and number."""
    return _versions(session, _known().order_by(Questionnaire.key, Questionnaire.version))


def content(session: Session, version: Version) -> str:
    """The canonical JSON that was published, byte for byte what its hash is of."""
    return session.scalars(select(Questionnaire.content).where(Questionnaire.id == version.id)).one()


def _known() -> Select[int, int, str]:
    return select(_TABLE.id, _TABLE.version, _TABLE.sha256)


def _first(session: Session, statement: Select[int, int, str]) -> Version | None:
    return next(iter(_versions(session, statement)), None)


def _versions(session: Session, statement: Select[int, int, str]) -> tuple[Version, ...]:
    found = session.connection().execute(statement).all()
    return tuple(known(session, *row) for row in found)


def known(session: Session, row_id: int, number: int, sha256: str) -> Version:
    """The version with this row, number and hash."""
    key = (row_id, number, sha256)
    if key not in _parsed:
        text = session.scalars(select(Questionnaire.content).where(Questionnaire.id == row_id)).one()
        _parsed[key] = from_content(row_id, number, text)
    return _parsed[key]
