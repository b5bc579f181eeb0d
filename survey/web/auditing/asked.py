"""What the address of the record asks for, each part checked against what its reader may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from survey.domain.access import Permission
from survey.domain.audit import Action
from survey.domain.names import normal
from survey.domain.units import Unit
from survey.extensions import reading
from survey.queries import audit as queries
from survey.queries import catalogue
from survey.queries.audit import Reach, Wanted
from survey.web import access
from survey.web.figures import options
from survey.web.figures.options import Option, OptionGroup
from survey.wording.audit_areas import AREAS, OTHERS

LONGEST_WHO = 100
LONGEST_ID = 12  # digits
FIRST_YEAR, LAST_YEAR = 2000, 2200
OTHER = "others"


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as typed and as understood, and whose events the reader may see. `before` pages backwards."""

    units: tuple[Unit, ...]
    reach: Reach | None
    wanted: Wanted
    unit: Unit | None
    area: str
    before: int | None
    typed: Mapping[str, str]
    complaints: tuple[str, ...]

    @property
    def names(self) -> dict[str, str]:
        """The names of the units within reach, by code."""
        return {unit.code: unit.name for unit in self.units}

    @property
    def unit_options(self) -> tuple[OptionGroup, ...]:
        return options.of_units(self.units, self.unit)

    @property
    def area_options(self) -> tuple[Option, ...]:
        named = [(key, words) for key, (words, _actions) in AREAS.items()]
        return tuple(Option(key, _(words), key == self.area) for key, words in (*named, (OTHER, OTHERS)))

    def query(self, **changes: str) -> dict[str, str]:
        """The filters as a query string again, with changes."""
        return {name: text for name, text in (dict(self.typed) | changes).items() if text}


def read(args: Mapping[str, str]) -> Asked:
    """The filters of this query string; what cannot be used is said and left out."""
    typed = {name: normal(args.get(name, ""))[:LONGEST_WHO] for name in ("who", "kind", "unit", "from", "to")}
    with reading() as session:
        every = catalogue.units(session)
        units = access.among(every, Permission.READ_AUDIT)
        reach = queries.reach(session, units, len(every))
    complaints: list[str] = []
    unit = _unit(typed["unit"], units, complaints)
    area = _area(typed["kind"], complaints)
    first, last = _day(typed["from"], complaints), _day(typed["to"], complaints)
    if first is not None and last is not None and last < first:
        complaints.append(_("Ngày cuối đứng trước ngày đầu, nên không có dòng nào. Hãy đổi lại."))
    below = None if unit is None else frozenset(one.code for one in units if one.is_within([unit.id]))
    wanted = Wanted(typed["who"], _actions(area), below, first, last)
    before = args.get("before", "")
    known = before.isascii() and before.isdecimal() and len(before) <= LONGEST_ID
    return Asked(units, reach, wanted, unit, area, int(before) if known else None, typed, tuple(complaints))


def _unit(code: str, units: tuple[Unit, ...], complaints: list[str]) -> Unit | None:
    unit = next((one for one in units if one.code == code), None)
    if code and unit is None:
        complaints.append(_("Không có đơn vị “%(code)s” trong phạm vi của Ông/Bà; đang xem mọi đơn vị.", code=code))
    return unit


def _area(kind: str, complaints: list[str]) -> str:
    if kind in AREAS or kind in ("", OTHER):
        return kind
    complaints.append(_("Không có loại việc “%(kind)s”; đang xem mọi loại việc.", kind=kind))
    return ""


def _actions(area: str) -> frozenset[Action] | None:
    if not area:
        return None
    if area == OTHER:
        return frozenset(Action).difference(*(actions for _words, actions in AREAS.values()))
    return AREAS[area][1]


def _day(text: str, complaints: list[str]) -> date | None:
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        found = None
    if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
        found = None
    if text and found is None:
        complaints.append(_("“%(text)s” không phải là ngày; hãy viết như 2026-11-24.", text=text))
    return found
