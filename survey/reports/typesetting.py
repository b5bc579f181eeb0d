"""Typst: data and a template of survey/reports/typst in, pages out. The same data give the same bytes, everywhere.

Data travel as JSON beside the template and are never part of its source, so no text can become markup. Only the fonts
of survey/reports/fonts are used; nothing is fetched. A page costs some 15 ms.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from survey.reports import glyphs
from survey.reports.glyphs import FONTS

TEMPLATES = Path(__file__).parent / "typst"
ACCESSIBLE: Literal["ua-1"] = "ua-1"  # PDF/UA-1: tagged, titled, with words for every picture


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """A tagged PDF that passes PDF/UA-1; the template sets title and language. `data` is plain JSON."""
    return _joined(
        _compiler().compile(_source(template), format="pdf", sys_inputs=_inputs(data), pdf_standards=ACCESSIBLE)
    )


def svg(template: str, data: Mapping[str, Any]) -> tuple[bytes, ...]:
    """Every page as an SVG of its own, text as outlines: it looks the same on a machine without the font."""
    return _pages(_compiler().compile(_source(template), format="svg", sys_inputs=_inputs(data)))


def _source(template: str) -> Path:
    return TEMPLATES / f"{template}.typ"


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(glyphs.printable(data), ensure_ascii=False)}


@cache
def _fonts() -> typst.Fonts:
    """Read once; without them, and without any other, a document would be empty."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _compiler() -> typst.Compiler:
    """One for each document: a compiler is changed by what it compiles, and requests come in several threads."""
    return typst.Compiler(root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)


def _joined(made: bytes | list[bytes] | None) -> bytes:
    return b"".join(_pages(made))


def _pages(made: bytes | list[bytes] | None) -> tuple[bytes, ...]:
    assert made is not None, "nothing is written to a file"
    return (made,) if isinstance(made, bytes) else tuple(made)
