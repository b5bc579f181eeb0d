"""The table of faults: what was sent, acknowledged, refused and found, printed at the end and held by the docs."""

from dataclasses import dataclass
from pathlib import Path

from survey.config import ROOT

PAGE: Path = ROOT / "survey" / "docs" / "faults.md"
BEGIN, END = "<!-- counts: written by make faults -->", "<!-- end of counts -->"
HEADINGS = (
    "fault",
    "database",
    "answers",
    "acknowledged",
    "told to come again (times)",
    "no answer",
    "found",
    "after resending",
)


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One fault on one database. `found` is counted before anything is sent again, `after` when all was."""

    fault: str
    database: str
    sent: int
    acknowledged: int
    refused: int
    unanswered: int
    found: int
    after: int

    @property
    def cells(self) -> tuple[str, ...]:
        numbers = (self.sent, self.acknowledged, self.refused, self.unanswered, self.found, self.after)
        return self.fault, self.database, *map(str, numbers)


LINES: list[Line] = []


def table(lines: list[Line]) -> str:
    """As Markdown."""
    rule = ("---", "---", *["--:"] * (len(HEADINGS) - 2))
    return "\n".join(f"| {' | '.join(row)} |" for row in (HEADINGS, rule, *(line.cells for line in lines)))


def write(lines: list[Line]) -> None:
    """Put the table into the page of the docs, in the place of the one before."""
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table(lines)}\n\n{END}{after}", "utf-8")
