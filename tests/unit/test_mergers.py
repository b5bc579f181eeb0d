"""The rules of a merger and of who decides about a unit, without a database."""

from datetime import date

from survey.domain import mergers, unit_changes
from survey.domain.access import Grant, Permission, Role, governs, governs_all
from survey.domain.catalogue import UnitEntry
from survey.domain.differences import Change, Difference, digest
from survey.domain.mergers import Below, Done, Wanted
from survey.domain.units import Unit, UnitKind

FIRST = date(2027, 1, 1)
NEEDED = Permission.MANAGE_CATALOGUE


def entry(code: str, parent: str = "", end: date | None = None, heirs: tuple[str, ...] = ()) -> UnitEntry:
    return UnitEntry(code, f"Đơn vị {code}", "commune", parent, None, end, heirs)


def forest(*entries: UnitEntry) -> dict[str, UnitEntry]:
    return {one.code: one for one in entries}


STORED = forest(
    entry("T"),
    entry("A", "T"),
    entry("B", "T"),
    entry("A1", "A"),
    entry("A11", "A1"),
    entry("A2", "A", date(2020, 1, 1)),
)


def test_all_below_end_with_the_unit_and_only_the_next_move() -> None:
    closing = Wanted(("A",), FIRST, "B")
    assert [unit.code for unit in mergers.below(STORED, closing)] == ["A1", "A11"], "what ended long ago is left alone"
    ended = {
        row["code"]: (row["valid_to"], row["replaced_by"], row["parent_code"]) for row in mergers.rows(STORED, closing)
    }
    assert ended == {
        "A": ("2026-12-31", "B", "T"),
        "A1": ("2026-12-31", "B", "A"),
        "A11": ("2026-12-31", "B", "A1"),
    }
    moving = Wanted(("A",), FIRST, "B", below=Below.MOVE)
    assert {row["code"]: row["parent_code"] for row in mergers.rows(STORED, moving)} == {"A": "T", "A1": "B"}


def test_a_unit_that_takes_over_from_below_is_not_ended_with_the_others() -> None:
    assert [unit.code for unit in mergers.below(STORED, Wanted(("A",), FIRST, "A1"))] == ["A11"]


def test_a_ring_in_what_is_stored_is_walked_once() -> None:
    ring = forest(entry("X", "Y"), entry("Y", "X"), entry("Z", "Z"))
    assert [unit.code for unit in mergers.below(ring, Wanted(("X",), FIRST, "Z"))] == ["Y"]


def test_heirs_that_a_unit_had_stay_beside_the_new_one() -> None:
    stored = forest(entry("A", end=date(2026, 12, 31), heirs=("C",)), entry("B"), entry("C"))
    (row,) = mergers.rows(stored, Wanted(("A",), FIRST, "B"))
    assert row["replaced_by"] == "B;C"


def test_what_was_done_is_read_as_it_was_written() -> None:
    row = unit_changes.cells(STORED["A2"])
    done = Done({"A": row}, {"A": row, "N": row}, founded=True, points=("K7QAMX",), grants=((3, "viewer"),))
    assert mergers.read(mergers.written(done)) == done


def test_a_seal_knows_every_part_of_what_was_shown() -> None:
    shown = Difference({"A": (Change("name", "", "một"),)}, {"B": (Change("name", "cũ", "mới"),)}, 1, 2)
    others = (
        Difference({"A": (Change("name", "", "hai"),)}, shown.changed, 1, 2),
        Difference(shown.added, {"B": (Change("name", "cũ hơn", "mới"),)}, 1, 2),
        Difference(shown.added, {}, 1, 2),
        Difference(shown.added, shown.changed, 1, 3),
    )
    assert len({digest(shown), digest(shown, "K7QAMX"), digest(shown, "K7", "QAMX"), *map(digest, others)}) == 7
    assert digest(shown) == digest(Difference(dict(shown.added), dict(shown.changed), 1, 2))


def unit(*path: int) -> Unit:
    return Unit(path[-1], str(path[-1]), "", UnitKind.COMMUNE, path, None, None, "")


def test_whoever_is_above_decides_about_a_unit_and_at_the_top_whoever_is_there() -> None:
    top, ward, below, other = unit(1), unit(1, 2), unit(1, 2, 3), unit(9)
    at_ward, at_top = [Grant(Role.ADMINISTRATOR, 2)], [Grant(Role.ADMINISTRATOR, 1)]
    assert [governs(at_ward, NEEDED, one) for one in (top, ward, below, other)] == [False, False, True, False]
    assert [governs(at_top, NEEDED, one) for one in (top, ward, below, other)] == [True, True, True, False]
    assert not governs([Grant(Role.MANAGER, 1)], NEEDED, ward)
    assert governs_all(at_top, NEEDED, (top, ward, below))
    assert not governs_all(at_top, NEEDED, (top, ward, other))
    assert not governs_all([], NEEDED, ())
