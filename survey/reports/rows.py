"""Figures as rows of the fixed columns that every file shares, and the book that a workbook is made from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from survey.domain.disclosure import Minimums
from survey.domain.disclosure.shifts import Revision
from survey.domain.figures import Beside, Figure
from survey.domain.frozen import ORIGINAL as FIRST
from survey.domain.selections import Selection
from survey.queries.sums import UnitSums
from survey.wording import Translate
from survey.wording import numbers as wording_numbers
from survey.wording.figures import NOTES, SCOPES
from survey.wording.freezing import ORIGINAL, SUPPLEMENT
from survey.wording.reports import COLUMNS

Value = str | int | Decimal | None
NAMES = tuple(COLUMNS)

# What makes a spreadsheet read a text as a formula. The numbers here are never negative, so no minus is ever needed.
# Also in full width, as some programs take ＝ for =, and after what they throw away or cannot show.
_SIGNS, _UNSEEN = r"=+\-@＝＋－＠﹦﹢﹣﹫", r"\s\x00-\x1f\u200b-\u200f\u2060\ufeff"
_FORMULA = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*[{_SIGNS}]")
# A program that cuts lines at semicolons or tabs, as where the comma is decimal, begins a cell behind one, and at each
# line; a dash with a space behind it only begins a point of a list there.
_INSIDE = re.compile(rf"(?<=[;\t\r\n])(?=[{_UNSEEN}]*[{_SIGNS}])(?!\s*[-－﹣]\s)")
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Seal:
    """Which frozen figures a file is made from: the number of the freeze, and the hash of the figures."""

    number: int
    sha256: str

    def standing(self, translate: Translate) -> str:
        """The first freeze of its period, or a supplement."""
        return translate(ORIGINAL) if self.number == FIRST else translate(SUPPLEMENT, number=self.number)


@dataclass(frozen=True, slots=True)
class RatesBook:
    """Figures with all that the method sheet must say of them. `title` is in the reader's language."""

    title: str
    selection: Selection
    figures: tuple[Figure, ...]
    cut_off: datetime  # aware: the moment whose answers the figures hold
    minimums: Minimums
    beside: Beside | None = None  # where the book is about one unit
    sums: UnitSums | None = None  # the same unit's other sums, with Decision 766's indicator
    seal: Seal | None = None  # of frozen figures, whose cut-off is the moment of the freeze
    revision: Revision | None = None  # by which decisions changed live figures that were told before


def inert(text: str) -> str:
    """The text, with an apostrophe wherever a spreadsheet would begin a formula: before it, or after a semicolon."""
    cut = _INSIDE.sub("'", text)
    return f"'{cut}" if _FORMULA.match(cut) else cut


def rows(figures: Iterable[Figure], translate: Translate, language: str) -> Iterator[tuple[Value, ...]]:
    """A row a figure, in the order of `NAMES`; None where there is nothing to say or it is withheld."""
    return (row(figure, translate, language) for figure in figures)


def row(figure: Figure, translate: Translate, language: str) -> tuple[Value, ...]:
    """One figure: counts as int, percents as Decimal with two decimals, texts inert, verdict and scope as codes."""
    shown = figure.shown
    return (
        inert(figure.unit.code),
        inert(figure.unit.name),
        figure.questionnaire,
        figure.scope.value,
        _key(figure),
        inert(label(figure, translate, language)),
        shown.respondents,
        shown.answers,
        *(shown.counts or (None,) * 5),
        shown.rate,
        shown.low,
        shown.high,
        None if shown.target is None else shown.target.quantize(HUNDREDTH),
        None if shown.verdict is None else shown.verdict.value,
        note(figure, translate),
    )


def label(figure: Figure, translate: Translate, language: str) -> str:
    """What the figure is about besides its unit: a factor, an item, a month, or everything."""
    if figure.month is not None:
        return wording_numbers.month(figure.month)
    return translate(SCOPES[figure.scope]) if figure.label is None else figure.label.get(language)


def note(figure: Figure, translate: Translate) -> str | None:
    """Code and words of each note, for a script and for a person: "too_few: chưa đủ phiếu; provisional: tạm tính"."""
    return "; ".join(f"{code.value}: {translate(NOTES[code])}" for code in figure.shown.notes) or None


def _key(figure: Figure) -> str | None:
    if figure.month is not None:
        return str(figure.month)
    return None if figure.key is None else inert(figure.key)
