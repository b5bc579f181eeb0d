"""The staff of the demonstration: one of each role, all with one password that everybody may know."""

from dataclasses import dataclass

from survey.domain.access import Role

PASSWORD = "hoa-sen-ho-tay-2026"  # noqa: S105 — public on purpose; production refuses demonstration data


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff with a role at a unit."""

    email: str
    name: str
    role: Role
    unit_code: str


CITY, DEPARTMENT, WARD = "HN", "HN-SO-XAY-DUNG", "00166"  # Hà Nội, Sở Xây dựng, Phường Cầu Giấy
ACCOUNTS = (
    Account("quan-tri@minh-hoa.example", "Quản trị (minh họa)", Role.ADMINISTRATOR, CITY),
    Account("lanh-dao@minh-hoa.example", "Lãnh đạo thành phố (minh họa)", Role.VIEWER, CITY),
    Account("thanh-tra@minh-hoa.example", "Thanh tra (minh họa)", Role.INSPECTOR, CITY),
    Account("giam-doc@minh-hoa.example", "Giám đốc sở (minh họa)", Role.MANAGER, DEPARTMENT),
    Account("chu-tich@minh-hoa.example", "Chủ tịch phường (minh họa)", Role.MANAGER, WARD),
    Account("mot-cua@minh-hoa.example", "Cán bộ Một cửa (minh họa)", Role.CLERK, WARD),
)
