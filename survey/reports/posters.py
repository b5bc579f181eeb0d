"""Posters as files: one PDF of many sheets, an SVG of one, a ZIP of SVGs. The same values give the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import segno

from survey.domain.posters import PaperSize, Poster
from survey.reports import typesetting
from survey.wording.posters import PosterLines

TEMPLATE = "poster"
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)  # the least that a ZIP can say


def pdf(posters: Sequence[Poster], size: PaperSize, lines: Sequence[PosterLines]) -> bytes:
    """A sheet a page. `lines` come in the order in which they are to be read, the larger language first."""
    return typesetting.pdf(TEMPLATE, _data(posters, size, lines))


def svg(poster: Poster, size: PaperSize, lines: Sequence[PosterLines]) -> bytes:
    """One sheet."""
    (page,) = typesetting.svg(TEMPLATE, _data([poster], size, lines))
    return page


def svg_archive(posters: Sequence[Poster], size: PaperSize, lines: Sequence[PosterLines]) -> bytes:
    """A ZIP with a sheet a file, named after the points' codes."""
    file = io.BytesIO()
    pages = typesetting.svg(TEMPLATE, _data(posters, size, lines))
    with zipfile.ZipFile(file, "w") as archive:
        for poster, page in zip(posters, pages, strict=True):
            entry = zipfile.ZipInfo(f"{poster.code}_{size.value}.svg", _NO_MOMENT)
            archive.writestr(entry, page, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _data(posters: Sequence[Poster], size: PaperSize, lines: Sequence[PosterLines]) -> dict[str, Any]:
    return {
        "size": size.value,
        "lines": [asdict(each) for each in lines],
        "posters": [_sheet(poster) for poster in posters],
    }


def _sheet(poster: Poster) -> dict[str, Any]:
    shared, code = poster.typed
    return {
        "unit": poster.unit,
        "label": poster.label,
        "address": poster.address,
        "shared": shared,
        "code": code,
        "qr": _symbol(poster.address),
    }


def _symbol(address: str) -> dict[str, Any]:
    """The QR code without its quiet zone: modules a side, and its dark runs as x, y, length in modules.

    Level H: a third of it may be scratched, faded or stained.
    """
    code = segno.make_qr(address, error="h", boost_error=False)
    matrix = tuple(code.matrix)
    return {"modules": len(matrix), "runs": [run for y, row in enumerate(matrix) for run in _runs(y, row)]}


def _runs(y: int, row: Iterable[int]) -> list[tuple[int, int, int]]:
    found, x = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            found.append((x, y, length))
        x += length
    return found
