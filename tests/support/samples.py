"""Figures made up for tests of files and pictures: every kind of cell that can be shown or withheld."""

from decimal import Decimal

from survey.domain.disclosure import Minimums, show
from survey.domain.figures import Figure, Scope
from survey.domain.periods import Month
from survey.domain.questionnaire import Factor, Item, Text, Version
from survey.domain.tally import Cell, Counts
from survey.domain.units import Unit, UnitKind

TARGET = Decimal(85)
EVIL_NAME = "=cmd|' /C calc'!A0"
FACTOR_NAMES = (
    ("A", "Tiếp cận dịch vụ", "Access to the service"),
    ("B", "Thủ tục hành chính", "Administrative procedure"),
    ("C", "Công chức trực tiếp giải quyết công việc", "Officials who handle the work"),
    ("D", "Kết quả giải quyết", "Result"),
    (
        "E",
        "Tiếp nhận, xử lý góp ý, phản ánh, kiến nghị",
        "Receiving and handling suggestions, feedback and petitions",
    ),
)


def unit(number: int = 4, name: str = "Phường Ba Đình") -> Unit:
    """A ward whose code begins with zeros."""
    return Unit(number, f"{number:05}", name, UnitKind.COMMUNE, (1, number), None, None, "")


def version(key: str = "sipas-2024", number: int = 1, row_id: int = 1) -> Version:
    """Two factors of two and one items, A1, A2 and B1."""
    items = [Item(name, slot, Text(f"Câu {name}?", f"Question {name}?")) for slot, name in enumerate(("A1", "A2"), 1)]
    last = Item("B1", 3, Text("Câu B1?", "Question B1?"))
    factors = (
        Factor("A", Text("Tiếp cận dịch vụ", "Access"), tuple(items)),
        Factor("B", Text("Thủ tục hành chính", "Procedure"), (last,)),
    )
    return Version(
        row_id,
        key,
        number,
        Text("Phiếu khảo sát", "Questionnaire"),
        Text("", ""),
        "satisfaction-5",
        factors,
        (),
        (),
        "ab" * 32,
    )


def overall(place: Unit, counts: Counts, *, month: Month | None = None, provisional: bool = False) -> Figure:
    """An overall figure of respondents with one answer each."""
    shown = show(Cell.of_item(counts), Minimums(), target=TARGET, provisional=provisional)
    return Figure(place, "sipas-2024@1", Scope.OVERALL, None, None, shown, month)


def part(place: Unit, key: str, words: Text, counts: Counts, scope: Scope = Scope.FACTOR) -> Figure:
    """A factor's or an item's figure."""
    return Figure(place, "sipas-2024@1", scope, key, words, show(Cell.of_item(counts), Minimums()))


SPREAD: tuple[Counts, ...] = ((3, 12, 20, 90, 75), (1, 1, 2, 40, 120), (0, 2, 3, 6, 4), (1, 0, 1, 2, 3), (0,) * 5)


def overview() -> tuple[Figure, ...]:
    """Units that meet, miss, leave it open, are few, too few, and without data."""
    names = ("Phường Ba Đình", "Xã Mỹ Đức", "Phường Văn Miếu – Quốc Tử Giám", EVIL_NAME, "Phường Yên Hoà")
    return tuple(
        overall(unit(number, name), counts) for number, (name, counts) in enumerate(zip(names, SPREAD, strict=True), 4)
    )


def factors() -> tuple[Figure, ...]:
    """The five factors of one unit, each with another kind of cell."""
    return tuple(
        part(unit(), key, Text(vi, en), counts) for (key, vi, en), counts in zip(FACTOR_NAMES, SPREAD, strict=True)
    )


def months(count: int = 12) -> tuple[Figure, ...]:
    """Months in a row, some of them withheld."""
    return tuple(
        overall(unit(), SPREAD[index % 5], month=Month(2026, 1).plus(index), provisional=index == count - 1)
        for index in range(count)
    )
