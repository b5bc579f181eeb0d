"""One unit as its administrator sees it: what it is, what it came from and became, what stands there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from survey.domain.units import Unit, UnitKind
from survey.extensions import reading
from survey.queries import catalogue, mergers
from survey.queries.mergers import Standing
from survey.web.admin.reach import Reach
from survey.web.figures import options
from survey.web.figures.options import Option, OptionGroup
from survey.wording import Translate, numbers
from survey.wording.units import UNIT_KINDS

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class UnitView:
    """What the page shows. `below` counts the units right below that are open; links lead only to units in reach."""

    unit: Unit
    kind: str
    above: Unit | None
    first: str
    last: str
    predecessors: tuple[Unit, ...]
    successors: tuple[Unit, ...]
    below: int
    standing: Standing
    governed: bool
    parents: tuple[OptionGroup, ...]
    kinds: tuple[Option, ...]
    entered: Mapping[str, str]


def view(unit: Unit, reach: Reach, entered: Mapping[str, str], today: date) -> UnitView:
    """The unit, and its forms as they begin or as they were sent."""
    by_id = {one.id: one for one in reach.seen}
    with reading() as session:
        heirs = catalogue.every_successor(session)
        standing = mergers.standing(session, [unit.code])
        codes = {one.id: one.code for one in catalogue.units(session)}
    stored = {
        "name": unit.name,
        "kind": unit.kind.value,
        "parent_code": codes[unit.path[-2]] if len(unit.path) > 1 else "",
        "valid_from": "" if unit.valid_from is None else unit.valid_from.isoformat(),
        "valid_to": "" if unit.valid_to is None else unit.valid_to.isoformat(),
        "replaced_by": " ".join(sorted(codes[heir] for heir in heirs.get(unit.id, ()))),
    }
    now = {**stored, **{name: entered[name] for name in stored if name in entered}}
    offered = tuple(one for one in reach.seen if not one.is_within([unit.id]) and one.is_open(today))
    return UnitView(
        unit=unit,
        kind=translate(UNIT_KINDS[unit.kind]),
        above=by_id.get(unit.path[-2]) if len(unit.path) > 1 else None,
        first="" if unit.valid_from is None else numbers.day(unit.valid_from),
        last="" if unit.valid_to is None else numbers.day(unit.valid_to),
        predecessors=tuple(one for one in reach.seen if unit.id in heirs.get(one.id, ())),
        successors=tuple(by_id[heir] for heir in heirs.get(unit.id, ()) if heir in by_id),
        below=sum(len(one.path) > 1 and one.path[-2] == unit.id and one.is_open(today) for one in reach.seen),
        standing=standing,
        governed=reach.governs(unit),
        parents=options.of_units(offered, next((one for one in offered if one.code == now["parent_code"]), None)),
        kinds=kinds(now["kind"]),
        entered=now,
    )


def kinds(chosen: str) -> tuple[Option, ...]:
    """Every kind of unit."""
    return tuple(Option(kind.value, translate(words), kind == chosen) for kind, words in UNIT_KINDS.items())


def new_kinds(parent: Unit | None, chosen: str) -> tuple[Option, ...]:
    """The kinds, with the usual one below that unit chosen until another is."""
    usual = UnitKind.COMMUNE if parent is None or parent.kind is UnitKind.CITY else UnitKind.AGENCY
    return kinds(chosen or usual.value)
