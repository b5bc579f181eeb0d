"""What the staff pages say, for tests to compare: the headline, the lines of tables, numbers as they are written."""

from decimal import Decimal
from xml.etree.ElementTree import Element

from tests.support.pages import Page, words
from tests.support.recount import Recount, percent


def headline(page: Page) -> str:
    """The sentence with which a page begins."""
    return words(page.one("p", class_="headline-sentence"))


def cells(page: Page, name: str, table: int = 0) -> list[str]:
    """The words of the cells of the first line, from the so-manyth table on, whose first cell holds the name."""
    found = [
        line
        for body in bodies(page)[table:]
        for tr in body.iter("tr")
        if name in (line := [words(cell) for cell in tr])[0]
    ]
    assert found, f"no line of {name}"
    return found[0]


def bodies(page: Page) -> list[Element]:
    """The lines of each table of figures, in their order; tables of other sums come after them."""
    return [body for table in sorted(page.all("table"), key=_holds_sums) for body in table.iter("tbody")]


def _holds_sums(table: Element) -> bool:
    return "sums" in table.get("class", "").split()


def listed(page: Page) -> list[str]:
    """The names of the units in the order of the page."""
    tables = [table for table in page.all("table") if not _holds_sums(table)]
    return [words(cell) for table in tables for cell in table.iter("th") if cell.get("scope") == "row"]


def vietnamese(value: Decimal | float | None) -> str:
    """A percentage with two decimals and a comma."""
    assert value is not None
    return f"{value:.2f}%".replace(".", ",")


def expected(counted: Recount) -> tuple[str, str]:
    """Overall rate and respondents of a recount as pages write them."""
    return vietnamese(percent(counted.overall[1])), str(counted.overall[0])
