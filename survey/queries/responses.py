"""Single responses for export, one after the other and never all in memory. What a row may say is
`row_keys`' matter.

Only counted responses. Never a client id, day, clock time, duration, fact or anything about the citizen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, String, Text, cast, func, select
from sqlalchemy.orm import Session

from survey.domain import coarsening
from survey.domain.coarsening import Key, Names
from survey.domain.periods import Period
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.models import SLOT_COLUMNS, Response

AT_ONCE = 5000  # rows from one fetch
Totals = Mapping[tuple[int, int], int]
Row = tuple[Key, str]
_TRUE = ("1", "t")  # as the databases write it


def totals(session: Session, period: Period, units: Iterable[Unit]) -> Totals:
    """The number of counted responses of each questionnaire version and unit, by their ids, where there are any."""
    statement = (
        select(Response.questionnaire_id, Response.unit_id, func.count())
        .where(
            Response.unit_id.in_([unit.id for unit in units]),
            Response.day.between(period.start, period.end),
            Response.counted.is_(True),
        )
        .group_by(Response.questionnaire_id, Response.unit_id)
    )
    return {(version_id, unit_id): count for version_id, unit_id, count in session.execute(statement)}


def item_keys(versions: Iterable[Version]) -> tuple[str, ...]:
    """The columns of answers: every item of the versions once, in the order in which they are first met."""
    return tuple(dict.fromkeys(item.key for version in versions for item in version.items))


def rows(
    session: Session,
    period: Period,
    units: Sequence[Unit],
    versions: Sequence[Version],
    counted: Totals,
    names: Names | None,
) -> Iterator[Row]:
    """Each response as its key and its answers, the levels by `item_keys` with commas between, blank for no opinion.

    `counted` are the totals of the same snapshot, and `names` what rows of released lots are called: no others come.
    Without names every response that counts comes with its exact key, those too that wait to be released. The order
    tells when a response arrived: whoever writes the rows down must shuffle them.
    """
    keys = item_keys(versions)
    for version in versions:
        for unit in units:
            if (version.id, unit.id) not in counted:
                continue
            called = _Exact(unit, version) if names is None else _Released(names)
            cell = _exact_cell(session) if names is None else _released_cell(session)
            only = Response.counted.is_(True) if names is None else Response.lot.is_not(None)
            statement = select(cell, _answers(session, version, keys)).where(
                Response.unit_id == unit.id,
                Response.day.between(period.start, period.end),
                Response.questionnaire_id == version.id,
                only,
            )
            # Not through the session, which would look at every row once more.
            found = session.connection().execute(statement, execution_options={"yield_per": AT_ONCE})
            for place, answers in found:
                if (key := called[place]) is not None:
                    yield key, answers


class _Exact(dict[str, Key | None]):
    """The exact key of every cell, made when the cell is first met."""

    def __init__(self, unit: Unit, version: Version) -> None:
        self.unit, self.version = unit, version

    def __missing__(self, cell: str) -> Key | None:
        self[cell] = _key(self.unit, self.version, cell)
        return self[cell]


class _Released(dict[str, Key | None]):
    """What a lot and procedure are called; None where the lot is not for this export."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def __missing__(self, cell: str) -> Key | None:
        number, _, procedure = cell.partition("|")
        lot = int(number)
        self[cell] = self.names.get((lot, procedure)) or self.names.get((lot, coarsening.BLANK))
        return self[cell]


def _key(unit: Unit, version: Version, cell: str) -> Key:
    month, channel, assisted, quarantined, procedure = cell.split("|", 4)
    return Key(
        month=month,
        unit_code=unit.code,
        questionnaire=version.name,
        channel=channel,
        assisted="true" if assisted in _TRUE else "false",
        procedure=procedure or coarsening.BLANK,
        quarantined="true" if quarantined in _TRUE else "false",
    )


def _exact_cell(session: Session) -> ColumnElement[str]:
    """What tells two exact keys of a unit apart, as one text: it is read much faster than five values."""
    row = Response.__table__.c
    if session.get_bind().dialect.name == "sqlite":
        columns = (func.substr(row.day, 1, 7), row.channel, row.assisted, row.quarantined, row.procedure)
        return func.printf("%s|%s|%d|%d|%s", *columns, type_=String)
    month, pattern = func.to_char(row.day, "YYYY-MM"), cast("%s|%s|%s|%s|%s", Text)
    return func.format(pattern, month, row.channel, row.assisted, row.quarantined, row.procedure, type_=String)


def _released_cell(session: Session) -> ColumnElement[str]:
    """The lot, or the shift where there is one, and the procedure as one text: both are ids of one table."""
    row = Response.__table__.c
    held = func.coalesce(row.shift, row.lot)
    if session.get_bind().dialect.name == "sqlite":
        return func.printf("%d|%s", held, row.procedure, type_=String)
    return func.format(cast("%s|%s", Text), held, row.procedure, type_=String)


def _answers(session: Session, version: Version, keys: Sequence[str]) -> ColumnElement[str]:
    """The levels as one text. One formatting call of the database is twice as fast as joining in SQL or in Python.

    Both databases write NULL as nothing there; only the name of the function differs.
    """
    table, found = Response.__table__.c, version.item_by_key
    pattern = ",".join("%s" if key in found else "" for key in keys)
    levels = [table[SLOT_COLUMNS[found[key].slot - 1]] for key in keys if key in found]
    if session.get_bind().dialect.name == "sqlite":
        return func.printf(pattern, *levels, type_=String)
    return func.format(cast(pattern, Text), *levels, type_=String)
