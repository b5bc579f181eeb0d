"""What the style sheets say, read from the files: tokens, classes, and states as classes that a page can set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from survey.domain import colours

FOLDER = Path(__file__).parents[2] / "static"
SURFACES = ("paper", "card", "accent")  # on which texts and parts stand
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+)")
_CLASS = re.compile(r"\.([a-zA-Z_][\w-]*)")
_HEX = re.compile(r"#[0-9a-f]{6}")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
# The pseudo-classes of the pointer and the keyboard, each with the class that stands for it.
STATES = {":hover": ".is-hover", ":focus-visible": ".is-focus", ":focus-within": ":is(*)", ":active": ".is-active"}


@dataclass(frozen=True, slots=True)
class Ratio:
    """The contrast of a colour on a surface; `enough` is "text", "parts" or "" by WCAG AA."""

    value: float
    enough: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token where it is set. `colour` is "" for other values; `ratios` go by SURFACES."""

    name: str
    value: str
    colour: str
    ratios: tuple[Ratio, ...]


@dataclass(frozen=True, slots=True)
class Palette:
    """The tokens that one selector sets."""

    sheet: str
    selector: str
    tokens: tuple[Token, ...]


def names() -> tuple[str, ...]:
    """The style sheets of the application, the shared one first; the gallery's own is none of them."""
    found = sorted(path.stem for path in FOLDER.glob("*.css") if path.stem != "gallery")
    return tuple(sorted(found, key=lambda name: name != "survey"))


def palettes(sheets: tuple[str, ...]) -> Iterator[Palette]:
    """Every set of tokens, with contrasts on the surfaces that hold in it."""
    root: dict[str, str] = {}
    for sheet in sheets:
        for selector, body in _RULE.findall(_read(sheet)):
            found = {name: value.strip() for name, value in _TOKEN.findall(body)}
            if found:
                root = root or found
                holding = {**root, **found}
                surfaces = [holding[name] for name in SURFACES]
                yield Palette(sheet, selector.strip(), tuple(_token(*pair, surfaces) for pair in found.items()))


def classes(sheets: tuple[str, ...]) -> frozenset[str]:
    """Every class that a selector names."""
    selectors = (selector for sheet in sheets for selector, _ in _RULE.findall(_read(sheet)))
    return frozenset(name for selector in selectors for name in _CLASS.findall(selector))


def states(sheet: str) -> str:
    """The style sheet once more, with classes in place of hovering, focus and pressing."""
    text = _FONT_FACE.sub("", _read(sheet))
    for pseudo, name in STATES.items():
        text = text.replace(pseudo, name)
    return text


def _read(sheet: str) -> str:
    return _COMMENT.sub("", (FOLDER / f"{sheet}.css").read_text("utf-8"))


def _token(name: str, value: str, surfaces: list[str]) -> Token:
    colour = value if _HEX.fullmatch(value) else ""
    return Token(name, value, colour, tuple(_ratio(colour, surface) for surface in surfaces) if colour else ())


def _ratio(colour: str, surface: str) -> Ratio:
    value = colours.contrast(colour, surface)
    enough = "text" if value >= colours.LEAST_TEXT else "parts" if value >= colours.LEAST_PARTS else ""
    return Ratio(value, enough)
