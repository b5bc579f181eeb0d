"""Divides released lots into factors, and factors into items, as soon as enough people stand behind every part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from survey.domain.disclosure import groups
from survey.domain.questionnaire import Version
from survey.domain.tally import Tally
from survey.models import Layer, Released
from survey.queries import waiting
from survey.services import released_rows
from survey.services.released_rows import Place, Row, Told


def divide(session: Session, place: Place) -> None:
    """Tell the factors and then the items of all lots there that wait for it."""
    known: dict[int, Tally] = {}
    _layer(session, place, Layer.FACTORS, known)
    for number in range(len(place.version.factors)):
        _layer(session, place, Layer.ITEMS + number, known)


def _layer(session: Session, place: Place, layer: int, known: dict[int, Tally]) -> None:
    """`known` are the tallies of lots read so far, to which it adds: every layer is about much the same lots."""
    rows = waiting.undivided(session, place.version, place.unit_ids, layer)
    if not rows:
        return
    lots = waiting.lots_of(session, rows)
    unread = {lot for ids in lots.values() for lot in ids} - known.keys()
    if unread:
        known |= waiting.sums(session, place.version, unread, place.holders)
    tallies = {row.id: released_rows.added(known, lots[row.id]) for row in rows if known.keys() >= set(lots[row.id])}
    found: list[Row] = []
    for stream in _streams([row for row in rows if row.id in tallies and _is_complete(row, tallies[row.id])]):
        for group in groups.told([_parts(place.version, layer, tallies[row.id]) for row in stream], place.minimum):
            members = [stream[index] for index in group]
            told = _told(place.version, layer, released_rows.added(tallies, [row.id for row in members]))
            lot_ids = [lot for row in members for lot in lots[row.id]]
            found.append(Row(told, members, lot_ids))
    released_rows.add(session, found, place.moment)


def _is_complete(row: Released, tally: Tally) -> bool:
    """Whether all answers are at hand: not those of a pool when only some of its offices are, nor deleted ones."""
    return tally.responses == row.respondents


def _streams(rows: Sequence[Released]) -> Iterable[list[Released]]:
    """Only rows of one unit, channel and kind are put together, so that a cut by channel is a sum of whole rows."""
    found: defaultdict[tuple[int, str | None, bool, bool], list[Released]] = defaultdict(list)
    for row in rows:
        found[row.unit_id, row.channel, row.quarantined, row.whole].append(row)
    return found.values()


def _parts(version: Version, layer: int, tally: Tally) -> list[int]:
    """The respondents of each factor, or of each item of the layer's factor."""
    if layer == Layer.FACTORS:
        return [cell.k for cell in tally.factors]
    return [sum(tally.items[number]) for number in version.items_of_factors[layer - Layer.ITEMS]]


def _told(version: Version, layer: int, tally: Tally) -> Told:
    if layer == Layer.FACTORS:
        return Told(layer, released_rows.factors(tally), tally.responses)
    factor = layer - Layer.ITEMS
    return Told(layer, released_rows.items(tally, version.items_of_factors[factor]), tally.factors[factor].k)
