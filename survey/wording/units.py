"""What kinds of unit are called, one and many."""

from survey.domain.units import UnitKind
from survey.wording import N_

UNIT_KINDS: dict[UnitKind, str] = {
    UnitKind.CITY: N_("Thành phố"),
    UnitKind.DEPARTMENT: N_("Sở, ban, ngành"),
    UnitKind.DISTRICT: N_("Quận, huyện, thị xã"),
    UnitKind.COMMUNE: N_("Phường, xã"),
    UnitKind.AGENCY: N_("Cơ quan, đơn vị khác"),
}

GROUPS: dict[UnitKind, str] = {
    UnitKind.CITY: N_("Các thành phố"),
    UnitKind.DEPARTMENT: N_("Các sở, ban, ngành"),
    UnitKind.DISTRICT: N_("Các quận, huyện, thị xã (đến ngày 30/06/2025)"),
    UnitKind.COMMUNE: N_("Các phường, xã"),
    UnitKind.AGENCY: N_("Các cơ quan, đơn vị khác"),
}
