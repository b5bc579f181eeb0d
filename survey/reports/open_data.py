"""Open data: the showable figures of all units as CSV, and the Frictionless descriptor that says what is in it."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from survey.domain.disclosure import Minimums, Note
from survey.domain.figures import Figure
from survey.domain.open_data import OpenData
from survey.domain.periods import Month, Period
from survey.reports import csv_files
from survey.reports.rows import NAMES
from survey.wording import N_, Translate
from survey.wording.reports import COLUMNS

NAME, FILE = "khao-sat-hai-long", "rates.csv"
LANGUAGE = "vi"  # of the files: one address, one content
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_INTEGERS = frozenset({"respondents", "answers", "c1", "c2", "c3", "c4", "c5"})
_PERCENTS = frozenset({"rate", "low", "high", "target"})
_REQUIRED = frozenset({"unit_code", "unit_name", "questionnaire", "scope", "label", "respondents", "answers", "rate"})

TITLE = N_("Mức độ hài lòng khi làm thủ tục hành chính, theo đơn vị")
DESCRIPTION = N_(
    "Chỉ gồm các ô số liệu được phép nêu (từ %(minimum)s phiếu) của các tháng đã kết thúc và của cả năm %(year)s, từ "
    "%(start)s đến %(end)s. Dòng có tháng ở cột key là của tháng đó; dòng khác là của cả năm %(year)s. "
    "Tính theo cách tính SIPAS: tỷ lệ = (số câu trả lời mức 4 + mức 5) ÷ số câu có chọn mức × 100; khoảng tin cậy 95%% "
    "theo Wilson. Người trả lời tự chọn tham gia. Mỗi đơn vị gồm cả các đơn vị bên dưới, nên không cộng các dòng."
)


def showable(figures: Iterable[Figure]) -> Iterable[Figure]:
    """Those that are shown and final: no withheld cell leaves even an empty line, no open period is among them."""
    return (
        figure for figure in figures if figure.shown.rate is not None and Note.PROVISIONAL not in figure.shown.notes
    )


def make(
    figures: Iterable[Figure], period: Period, minimums: Minimums, made: datetime, translate: Translate, language: str
) -> OpenData:
    """The data set of these figures; whatever may not be shown is left out."""
    chosen = tuple(showable(figures))
    content = csv_files.rates(chosen, translate, language)
    return OpenData(content, len(chosen), period, minimums, made)


def description(data: OpenData, translate: Translate) -> str:
    """What is in the file and how it was worked out."""
    start, end = (str(Month.of(day)) for day in (data.period.start, data.period.end))
    return translate(DESCRIPTION, minimum=data.minimums.shown, year=data.year, start=start, end=end)


def descriptor(data: OpenData, homepage: str, translate: Translate) -> bytes:
    """The data package (Frictionless, version 1): one resource with its schema, hash, licence and sources."""
    resource = {
        "name": "rates",
        "path": FILE,
        "title": translate(TITLE),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "bytes": len(data.content),
        "hash": f"sha256:{data.sha256}",
        "schema": {"fields": [_field(name, translate) for name in NAMES], "missingValues": [""]},
    }
    package = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": translate(TITLE),
        "description": description(data, translate),
        "homepage": homepage,
        "version": f"{data.period.end:%Y.%m}",
        "created": data.made.isoformat(timespec="seconds"),
        "licenses": [LICENCE],
        "sources": [{"title": "Khảo sát hài lòng", "path": homepage}],
        "temporal": {"start": data.period.start.isoformat(), "end": data.period.end.isoformat()},
        "resources": [resource],
    }
    return json.dumps(package, ensure_ascii=False, indent=2).encode()


def _field(name: str, translate: Translate) -> dict[str, Any]:
    heading, meaning = COLUMNS[name]
    field: dict[str, Any] = {"name": name, "title": translate(heading), "description": translate(meaning)}
    if name in _INTEGERS:
        field |= {"type": "integer"}
    elif name in _PERCENTS:
        field |= {"type": "number", "decimalChar": "."}
    else:
        field |= {"type": "string"}
    constraints: dict[str, Any] = {"required": True} if name in _REQUIRED else {}
    if name in _PERCENTS:
        constraints |= {"minimum": 0, "maximum": 100}
    return field | ({"constraints": constraints} if constraints else {})
