"""Imports units and procedures: compare with what is stored, refuse everything when one line is bad, else write.

Nothing is ever deleted. Each import exists twice: `compare_…` only tells the difference, `import_…` also writes it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.orm import Session

from survey.domain import catalogue, names, unit_trees
from survey.domain.catalogue import Entries, Entry, ProcedureEntry, UnitEntry
from survey.domain.differences import Difference, difference
from survey.domain.problems import InvalidError
from survey.domain.tables import Line
from survey.models import Base, Procedure, Unit, unit_successor
from survey.queries import entries

CHUNK = 500  # rows a statement: well under SQLite's limit on values, and a step of the progress bar
Progress = Callable[[int], None]
Item = TypeVar("Item")


def silent(written: int) -> None:
    """Progress that nobody watches."""


def compare_units(session: Session, lines: Iterable[Line]) -> Difference:
    """What importing these units would change; raises InvalidError with every bad line."""
    return unit_difference(entries.units(session), lines)[0]


def import_units(session: Session, lines: Iterable[Line], progress: Progress = silent) -> Difference:
    """Add and change units, and return what was changed; raises InvalidError with every bad line, nothing written.

    `progress` is called with the number of units written in each step.
    """
    alone(session, Unit.__tablename__)
    found, wanted = unit_difference(entries.units(session), lines)
    added = [wanted[key] for key in found.added]
    changed = [wanted[key] for key in found.changed]
    for some in chunks(added):
        session.execute(insert(Unit), [_unit_values(entry) for entry in some])
    ids = dict(session.execute(select(Unit.code, Unit.id)).all())
    for some in chunks([*added, *changed]):
        # Parents last, when every unit has its id: a parent may stand later in the file.
        session.execute(
            update(Unit),
            [_unit_values(entry) | {"id": ids[entry.code], "parent_id": ids.get(entry.parent_code)} for entry in some],
        )
        _write_successors(session, some, ids)
        progress(len(some))
    return found


def compare_procedures(session: Session, lines: Iterable[Line]) -> Difference:
    """What importing these procedures would change; raises InvalidError with every bad line."""
    return difference(entries.procedures(session), sound(catalogue.procedures(lines)))


def import_procedures(session: Session, lines: Iterable[Line], progress: Progress = silent) -> Difference:
    """Add and change procedures, and return what was changed; raises InvalidError with every bad line."""
    alone(session, Procedure.__tablename__)
    wanted = sound(catalogue.procedures(lines))
    found = difference(entries.procedures(session), wanted)
    save(session, Procedure, found, {key: _procedure_values(entry) for key, entry in wanted.items()}, progress)
    return found


def sound(file: Entries[Entry]) -> Mapping[str, Entry]:
    """The entries of a file without problems; raises InvalidError with all of them otherwise."""
    if file.problems:
        raise InvalidError(list(file.problems))
    return file.by_key


def save(
    session: Session, model: type[Base], found: Difference, values: Mapping[str, Mapping[str, Any]], progress: Progress
) -> None:
    """Insert the added and update the changed rows of a table whose primary key is among the values."""
    for keys, statement in ((list(found.added), insert(model)), (list(found.changed), update(model))):
        for some in chunks(keys):
            session.execute(statement, [dict(values[key]) for key in some])
            progress(len(some))


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items in runs of CHUNK."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def alone(session: Session, table: str) -> None:
    """Let one import of a table compare and write at a time. SQLite has one writer anyway; readers never wait."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE'))


def unit_difference(
    stored: Mapping[str, UnitEntry], lines: Iterable[Line]
) -> tuple[Difference, Mapping[str, UnitEntry]]:
    """What these lines would change of the stored units, and the units that they name; raises InvalidError."""
    file = catalogue.units(lines)
    problems = [*file.problems, *unit_trees.problems(file, stored)]
    if problems:
        raise InvalidError(sorted(problems, key=lambda problem: _line_number(problem.path)))
    return difference(stored, file.by_key), file.by_key


def _line_number(path: str) -> int:
    return int(path.rpartition(" ")[2])


def _unit_values(entry: UnitEntry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "name": entry.name,
        "folded": names.fold(entry.name),
        "sort_key": names.sort_key(entry.name),
        "kind": entry.kind,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
    }


def _procedure_values(entry: ProcedureEntry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "name": entry.name,
        "domain_name": entry.domain_name,
        "sort_key": names.sort_key(entry.name),
    }


def _write_successors(session: Session, some: Sequence[UnitEntry], ids: Mapping[str, int]) -> None:
    table: Table = unit_successor
    session.execute(delete(table).where(table.c.unit_id.in_([ids[entry.code] for entry in some])))
    pairs = [{"unit_id": ids[entry.code], "successor_id": ids[code]} for entry in some for code in entry.replaced_by]
    if pairs:
        session.execute(insert(table), pairs)
