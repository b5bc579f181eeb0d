"""Every file that can be ordered from the report process. Plain values; what makes the file is imported by `make`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from survey.domain.figures import Figure, UnitFigures
from survey.domain.posters import PaperSize, Poster
from survey.domain.questionnaire import Version
from survey.domain.ranking import Ranking
from survey.domain.units import UnitKind
from survey.reports.canvas import Format
from survey.reports.frozen_files import Part
from survey.reports.report import Report
from survey.reports.rows import RatesBook
from survey.wording import Translate
from survey.wording.posters import PosterLines


@dataclass(frozen=True, slots=True)
class Table:
    """Figures as XLSX."""

    book: RatesBook

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import workbook

        return workbook.rates(self.book, translate, language)


@dataclass(frozen=True, slots=True)
class Frozen:
    """Frozen figures as a table or a report: "xlsx", "pdf", "docx", or "zip" of its pictures."""

    part: Part
    fmt: str

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import frozen_files

        return frozen_files.content(self.part, self.fmt, translate, language)


@dataclass(frozen=True, slots=True)
class Picture:
    """One of the charts by name."""

    name: str
    figures: tuple[Figure, ...]
    subtitle: str
    fmt: Format

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import charts

        draw = charts.BY_NAME[self.name]
        return draw(self.figures, translate, language, self.fmt, subtitle=self.subtitle)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The funnel of one group."""

    kind: UnitKind
    members: tuple[Figure, ...]
    subtitle: str
    fmt: Format

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import funnel_chart

        return funnel_chart.draw(self.kind, self.members, translate, language, self.fmt, subtitle=self.subtitle)


@dataclass(frozen=True, slots=True)
class Heat:
    """Units by factors."""

    units: tuple[UnitFigures, ...]
    subtitle: str
    fmt: Format

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import heat_chart

        return heat_chart.draw(self.units, translate, language, self.fmt, subtitle=self.subtitle)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Respondents beside dossiers, both known."""

    lines: tuple[tuple[Figure, int], ...]
    subtitle: str
    fmt: Format

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import coverage_chart

        return coverage_chart.draw(self.lines, translate, language, self.fmt, subtitle=self.subtitle)


@dataclass(frozen=True, slots=True)
class RankingTable:
    """Rankings as XLSX."""

    rankings: tuple[Ranking, ...]
    title: str
    asked: str
    moment: datetime

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import ranking_files

        return ranking_files.as_xlsx(self.rankings, self.title, self.asked, self.moment, translate)


@dataclass(frozen=True, slots=True)
class Posters:
    """Sheets with QR codes: "pdf", "svg" of the only one, or "zip" of SVGs."""

    posters: tuple[Poster, ...]
    size: PaperSize
    lines: Sequence[PosterLines]
    fmt: str

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import posters

        if self.fmt == "pdf":
            return posters.pdf(self.posters, self.size, self.lines)
        if self.fmt == "svg":
            return posters.svg(self.posters[0], self.size, self.lines)
        return posters.svg_archive(self.posters, self.size, self.lines)


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """The paper form of a questionnaire as PDF; number and day of its batch where they are known."""

    version: Version
    unit: str
    number: str
    day: str

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import paper_sheet

        return paper_sheet.pdf(self.version, self.unit, self.number, self.day, translate, language)


@dataclass(frozen=True, slots=True)
class Document:
    """A report: "pdf", "docx", or "zip" of its pictures as PNG."""

    report: Report
    fmt: str

    def make(self, translate: Translate, language: str) -> bytes:
        from survey.reports import report_files

        return report_files.content(self.report, self.fmt, translate, language)
