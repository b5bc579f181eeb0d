"""A report made up for tests of its files: a city, four units below it with all that names can do to a file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from survey.domain.comparison import difference
from survey.domain.disclosure import Minimums
from survey.domain.figures import Beside, Scope, UnitFigures
from survey.domain.handled import Handled
from survey.domain.measures import of_shown
from survey.domain.periods import Period
from survey.domain.questionnaire import Text
from survey.domain.selections import Selection
from survey.queries.report_figures import Compared, ReportFigures
from survey.reports.report import Report
from survey.reports.rows import RatesBook
from tests.support import samples

NOW = datetime(2026, 11, 24, 2, 3, 4, tzinfo=UTC)
LONG = "Trung tâm Phục vụ hành chính công thành phố Hà Nội – Chi nhánh số 12, điểm tiếp nhận và trả kết quả phường Ẩm Ỡ"
BESIDE = Beside(Decimal("81.25"), None, Decimal("97.00"))


def unit(number: int, name: str, spread: int) -> UnitFigures:
    """A unit with one of the spreads of `samples`: shown, few, or withheld."""
    place = samples.unit(number, name)
    factors = tuple(replace(figure, unit=place) for figure in samples.factors())
    items = tuple(
        samples.part(place, key, words, counts, Scope.ITEM)
        for key, words, counts in zip(
            ("A1", "A2"), (Text("@Câu hỏi?", "Question?"),) * 2, samples.SPREAD[:2], strict=True
        )
    )
    return UnitFigures(samples.overall(place, samples.SPREAD[spread]), BESIDE, factors, items, samples.months(3))


NAMES = ("Phường Ba Đình", LONG, samples.EVIL_NAME, "Xã Mỹ Đức")  # of units with codes from 00004


def report(names: Sequence[str] = NAMES) -> Report:
    """Of a year, with every kind of part that a report has."""
    own = unit(2, "Thành phố Hà Nội", 0)
    below = tuple(unit(number, name, (number - 4) % 4) for number, name in enumerate(names, 4))
    every = (own, *below)
    compared = tuple(
        Compared(f.overall, f.overall, difference(of_shown(f.overall.shown), of_shown(f.overall.shown))) for f in every
    )
    figures = ReportFigures(
        own, below, Period(date(2025, 1, 1), date(2025, 12, 31)), compared, {4: Handled(4000, 1000, 2960, 40)}
    )
    assert figures.coverage(below[0]) == Fraction(200, 4000)
    selection = Selection(samples.version(), Period(date(2026, 1, 1), date(2026, 12, 31)))
    given = (own.overall, *own.factors, *own.items)
    book = RatesBook("Tỷ lệ hài lòng – Thành phố Hà Nội", selection, given, NOW, Minimums(), BESIDE)
    return Report(book, figures, "01/2026 – 12/2026", whole=True)
