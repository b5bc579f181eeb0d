"""Single responses for export, one after the other and never all in memory. What a row may say is `coarsening`'s rule.

Only counted responses. Never a client id, day, clock time, duration, fact or anything about the citizen.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Text, cast, func, select
from sqlalchemy.orm import Session

from survey.domain import coarsening
from survey.domain.coarsening import Key
from survey.domain.periods import Period
from survey.domain.questionnaire import Version
from survey.domain.units import Unit
from survey.models import SLOT_COLUMNS, Layer, Released, Response

AT_ONCE = 5000  # rows from one fetch
Totals = dict[tuple[int, int], int]
Row = tuple[Key, str]
_TRUE = ("1", "t")  # as the databases write it


def totals(session: Session, period: Period, units: Iterable[Unit], complete: bool) -> Totals:
    """The number of responses of each questionnaire version and unit, by their ids; none where there is none.

    Released ones only, unless complete.
    """
    statement = (
        select(Response.questionnaire_id, Response.unit_id, func.count())
        .where(
            Response.unit_id.in_([unit.id for unit in units]),
            Response.day.between(period.start, period.end),
            *_counted(complete),
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
    minimum: int | None,
) -> Iterator[Row]:
    """Each response as its key and its answers, the levels by `item_keys` with commas between, blank for no opinion.

    `counted` are the `totals` of the same snapshot. Keys are coarsened until `minimum` rows share each; None leaves
    them exact, and has the responses too that wait to be released. The order tells when a response arrived: whoever
    writes the rows down must shuffle them.
    """
    keys = item_keys(versions)
    for version in versions:
        own = {unit: counted[version.id, unit.id] for unit in units if (version.id, unit.id) in counted}
        few = {} if minimum is None else {unit.code: total for unit, total in own.items()}
        hidden = coarsening.hidden_units(few, minimum or 0)
        for unit in own:
            names = _names(session, period, unit, version, minimum, unit.code in hidden)
            columns = (_cell(session, minimum is None), _answers(session, version, keys))
            statement = _selected(period, unit, version, columns, complete=minimum is None)
            for cell, answers in session.execute(statement, execution_options={"yield_per": AT_ONCE}):
                yield names[cell], answers


class _Exact(defaultdict[str, Key]):
    """The exact key of every cell, made when the cell is first met."""

    def __init__(self, unit: Unit, version: Version) -> None:
        self.unit, self.version = unit, version

    def __missing__(self, cell: str) -> Key:
        self[cell] = _key(self.unit, self.version, cell)
        return self[cell]


def _names(
    session: Session, period: Period, unit: Unit, version: Version, minimum: int | None, hidden: bool
) -> dict[str, Key]:
    """What each cell of the unit is called in the export."""
    exact = _Exact(unit, version)
    if minimum is None:
        return exact
    column = _cell(session, complete=False)
    statement = _selected(period, unit, version, (column, func.count()), complete=False).group_by(column)
    counts: dict[str, int] = dict(map(tuple, session.execute(statement)))
    coarse = coarsening.coarsened({exact[cell]: count for cell, count in counts.items()}, minimum)
    return {cell: coarsening.blanked(exact[cell]) if hidden else coarse[exact[cell]] for cell in counts}


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


def _cell(session: Session, complete: bool) -> ColumnElement[str]:
    """What tells two keys of a unit apart, as one text: month, channel, assisted, quarantined, procedure.

    One text a row is read much faster than five values. Whether a released row is in quarantine is said as its lot
    says it: who compares two exports must not see which rows a decision took.
    """
    row = Response.__table__.c
    kept = select(Released.id).where(Released.layer == Layer.LOT, Released.quarantined)
    quarantined = row.quarantined if complete else row.lot.in_(kept)
    if session.get_bind().dialect.name == "sqlite":
        columns = (func.substr(row.day, 1, 7), row.channel, row.assisted, quarantined, row.procedure)
        return func.printf("%s|%s|%d|%d|%s", *columns, type_=String)
    month, pattern = func.to_char(row.day, "YYYY-MM"), cast("%s|%s|%s|%s|%s", Text)
    return func.format(pattern, month, row.channel, row.assisted, quarantined, row.procedure, type_=String)


def _counted(complete: bool) -> tuple[ColumnElement[bool], ...]:
    counted = Response.counted.is_(True)
    return (counted,) if complete else (counted, Response.lot.is_not(None))


def _selected(period: Period, unit: Unit, version: Version, columns: Iterable[Any], *, complete: bool) -> Select[Any]:
    return select(*columns).where(
        Response.unit_id == unit.id,
        Response.day.between(period.start, period.end),
        Response.questionnaire_id == version.id,
        *_counted(complete),
    )


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
