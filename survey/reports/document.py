"""A report as parts that every format can show: headings, texts, tables, pictures. Made once, written in each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from survey.reports.canvas import Format

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1; none is left out between two."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a `lead` says the answer and stands out."""

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its part of the width, and how its cells stand."""

    name: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts. `shades` are those of a heat map, from 0, row by row; None is a cell without one."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    shades: tuple[tuple[int | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, made in the format that is wanted, with words for those who do not see it."""

    words: str
    draw: Callable[[Format], bytes]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head and the end of an office's letter, with dots where the office writes (Decree 30/2020)."""

    above: str  # the office above, to be filled in
    office: str
    nation: str
    motto: str
    number: str
    day: str
    kind: str
    subject: str
    recipients: str
    recipient_lines: tuple[str, ...]
    signer: str
    signature: str


Part = Heading | Text | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """Everything of a report. `answer` fills the first page between head and end of the letter; `parts` follow it."""

    language: str
    title: str
    letterhead: Letterhead
    answer: tuple[Part, ...]
    parts: tuple[Part, ...]
    page: str  # "Trang {page} / {pages}"
    footer: str
    author: str = field(default="Khảo sát hài lòng")
