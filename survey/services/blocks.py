"""Tells what can be told about single procedures of released lots: blocks of their answers, which have company."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey.domain.disclosure import company
from survey.domain.disclosure.company import Beside, Block
from survey.domain.tally import Tally
from survey.models import Layer, Released
from survey.queries import waiting
from survey.queries.waiting import People
from survey.services import released_rows
from survey.services.released_rows import Place, Row, Told


@dataclass(frozen=True, slots=True)
class _Lot:
    """A lot with the people of each procedure that waits, and those that keep them company."""

    row: Released
    waiting: dict[str, People]
    company: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A block that can be told, of these lots."""

    code: str
    block: Block
    lots: Sequence[Released]


def tell(session: Session, place: Place) -> None:
    """Tell every block that has enough answers and company: of one office, of lots that count overall."""
    rows = waiting.lots_with_procedures(session, place.version, place.unit_ids)
    by_unit: defaultdict[int, list[_Lot]] = defaultdict(list)
    for lot in _lots(session, place, rows):
        by_unit[lot.row.unit_id].append(lot)
    for unit_id, lots in by_unit.items():
        found = [
            block
            for code in sorted({code for lot in lots for code in lot.waiting})
            for block in _blocks(place, code, [lot for lot in lots if code in lot.waiting])
        ]
        _write(session, place, unit_id, found)


def _blocks(place: Place, code: str, lots: Sequence[_Lot]) -> Iterable[_Found]:
    factors = place.version.items_of_factors
    while found := company.block(
        [Beside(lot.waiting[code].items, lot.company) for lot in lots], factors, place.minimum
    ):
        yield _Found(code, found, [lot.row for lot in lots[: found.lots]])
        lots = lots[found.lots :]


def _write(session: Session, place: Place, unit_id: int, blocks: Sequence[_Found]) -> None:
    lot_ids = {row.id for block in blocks for row in block.lots}
    if not blocks:
        return
    tallies = waiting.sums_by_procedure(session, place.version, lot_ids, [unit_id], {block.code for block in blocks})
    factors = place.version.items_of_factors
    rows: list[Row] = []
    for block in blocks:
        first, *others = (tallies[row.id, block.code] for row in block.lots)
        tally: Tally = sum(others, start=first)
        numbers = [number for factor in block.block.factors for number in factors[factor]]
        sums = released_rows.overall(tally) | released_rows.factors(tally) | released_rows.items(tally, numbers)
        told = Told(Layer.BLOCK, sums, tally.responses, block.code)
        rows.append(Row(told, block.lots, [row.id for row in block.lots]))
    released_rows.add(session, rows, place.moment)


def _lots(session: Session, place: Place, rows: Sequence[Released]) -> Iterable[_Lot]:
    """The lots in which a procedure waits. Who is company follows from the lot alone, so it is the same for ever.

    A pool of several offices is left as it is, and so is a lot of which answers were deleted since.
    """
    known = {row.id: row for row in rows}
    told = waiting.told(session, known)
    by_lot: defaultdict[int, dict[str | None, People]] = defaultdict(dict)
    for (lot_id, code), people in waiting.people(session, place.version, known, place.unit_ids).items():
        by_lot[lot_id][code] = people
    for lot_id, by_code in by_lot.items():
        sizes = {code: people.answers for code, people in by_code.items() if code is not None}
        if sum(people.answers for people in by_code.values()) != known[lot_id].respondents:
            continue
        chosen = company.companions(sizes, known[lot_id].respondents - sum(sizes.values()))
        own = {code: by_code[code] for code in sizes if code not in chosen and (lot_id, code) not in told}
        beside = [people.items for code, people in by_code.items() if code is None or code in chosen]
        if own and beside:
            yield _Lot(known[lot_id], own, tuple(map(sum, zip(*beside, strict=True))))
