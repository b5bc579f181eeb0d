"""The downloads that a staff page offers: the page's own query string, at the addresses of files and pictures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from survey.domain.units import UnitKind
from survey.web.figures.filters import By, Filters
from survey.wording import Translate
from survey.wording.units import GROUPS

translate: Translate = gettext


@dataclass(frozen=True, slots=True)
class File:
    """One file: its format, and where it is."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What one can take away, in each of its formats."""

    name: str
    files: tuple[File, ...]


def of_overview(filters: Filters) -> tuple[Offer, ...]:
    """The table and the picture of the overview."""
    query: dict[str, Any] = filters.query(sort=None)
    return (
        _report({**query, "whole": "1"}),
        _table(gettext("Bảng các đơn vị"), {**query, "by": By.UNIT.value}),
        _picture(gettext("Hình tổng quan"), "overview", query),
    )


def of_unit(filters: Filters) -> tuple[Offer, ...]:
    """The tables and pictures of a unit's page."""
    query: dict[str, Any] = filters.query(sort=None)
    return (
        _report(query),
        _table(gettext("Bảng số liệu của đơn vị"), query),
        _table(gettext("Bảng theo tháng"), {**query, "by": By.MONTH.value}),
        _picture(gettext("Hình theo yếu tố"), "factors", query),
        _picture(gettext("Hình phân bố mức hài lòng"), "levels", query),
        _picture(gettext("Hình theo tháng"), "trend", query),
    )


def of_heat(filters: Filters) -> tuple[Offer, ...]:
    """The heat map, and the report that holds it."""
    query: dict[str, Any] = filters.query(sort=None)
    return (
        _report({**query, "whole": "1"}),
        Offer(gettext("Bản đồ nhiệt"), _files("heat.picture", query)),
        _table(gettext("Bảng các đơn vị"), {**query, "by": By.UNIT.value}),
    )


def of_coverage(filters: Filters) -> tuple[Offer, ...]:
    """The picture of coverage, and the report that holds it."""
    query: dict[str, Any] = filters.query(sort=None)
    return _report({**query, "whole": "1"}), Offer(gettext("Hình độ bao phủ"), _files("coverage.picture", query))


def of_ranking(filters: Filters, kinds: Iterable[UnitKind]) -> tuple[Offer, ...]:
    """The ranking as a table, and the funnel of each group."""
    query: dict[str, Any] = filters.query(sort=None)
    files = (File("CSV", url_for("ranking.as_csv", **query)), File("XLSX", url_for("ranking.as_xlsx", **query)))
    funnels = (
        Offer(
            gettext("Hình phễu: %(group)s", group=translate(GROUPS[kind])),
            tuple(
                File(fmt.upper(), url_for("ranking.funnel", fmt=fmt, group=kind.value, **query))
                for fmt in ("svg", "png")
            ),
        )
        for kind in kinds
    )
    return (Offer(gettext("Bảng xếp hạng"), files), *funnels)


def _report(query: dict[str, Any]) -> Offer:
    """For an office: to send, to go on writing, and the pictures alone."""
    files = [File(fmt.upper(), url_for("report_files.report", fmt=fmt, **query)) for fmt in ("pdf", "docx")]
    return Offer(gettext("Báo cáo"), (*files, File("ZIP (PNG)", url_for("report_files.charts", **query))))


def _table(name: str, query: dict[str, Any]) -> Offer:
    files = (
        File("CSV", url_for("downloads.rates_csv", **query)),
        File("XLSX", url_for("downloads.rates_xlsx", **query)),
    )
    return Offer(name, files)


def _picture(name: str, chart: str, query: dict[str, Any]) -> Offer:
    return Offer(name, _files("downloads.chart", {**query, "name": chart}))


def _files(endpoint: str, values: dict[str, Any]) -> tuple[File, ...]:
    """A picture in both of its formats."""
    return tuple(File(fmt.upper(), url_for(endpoint, fmt=fmt, **values)) for fmt in ("svg", "png"))
