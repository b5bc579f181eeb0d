"""The downloads that a staff page offers: the page's own query string, at the addresses of files and pictures."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from survey.web.filters import By, Filters


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
        _table(gettext("Bảng các đơn vị"), {**query, "by": By.UNIT.value}),
        _picture(gettext("Hình tổng quan"), "overview", query),
    )


def of_unit(filters: Filters) -> tuple[Offer, ...]:
    """The tables and pictures of a unit's page."""
    query: dict[str, Any] = filters.query(sort=None)
    return (
        _table(gettext("Bảng số liệu của đơn vị"), query),
        _table(gettext("Bảng theo tháng"), {**query, "by": By.MONTH.value}),
        _picture(gettext("Hình theo yếu tố"), "factors", query),
        _picture(gettext("Hình phân bố mức hài lòng"), "levels", query),
        _picture(gettext("Hình theo tháng"), "trend", query),
    )


def _table(name: str, query: dict[str, Any]) -> Offer:
    files = (
        File("CSV", url_for("downloads.rates_csv", **query)),
        File("XLSX", url_for("downloads.rates_xlsx", **query)),
    )
    return Offer(name, files)


def _picture(name: str, chart: str, query: dict[str, Any]) -> Offer:
    files = tuple(File(fmt.upper(), url_for("downloads.chart", name=chart, fmt=fmt, **query)) for fmt in ("svg", "png"))
    return Offer(name, files)
