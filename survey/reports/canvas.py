"""The sheet that every chart is drawn on: typeface, measured text, title and source, bytes that do not change.

Everything is laid out in inches, so that no text is cut and a long list makes a taller picture.
"""

import io
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from survey.config import INSTANCE

Format = Literal["svg", "png"]
FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = FONTS / "NotoSans-Regular.ttf", FONTS / "NotoSans-Bold.ttf"
DPI = 160
WIDTH = 8.0  # inches: A4 with its margins
MARGIN = 0.25
LINE = 1.4  # most distance of lines, in font sizes: what capitals with two marks need at this spacing
SPACING = 1.1
TITLE, BODY, SMALL = 13, 9, 8  # font sizes in points
INK, GREY, FAINT = "#1a1a1a", "#555555", "#d0d0d0"
# A letter that our subset of Noto lacks comes from the typeface that matplotlib brings.
FAMILY = ["Noto Sans", "DejaVu Sans"]


@lru_cache(maxsize=1)
def library() -> Any:
    """matplotlib, imported when the first chart is drawn, and set up once for the whole process.

    Its settings are global and not safe between threads, so nothing changes them afterwards.
    """
    folder = INSTANCE / "matplotlib"  # its list of fonts; a folder of ours, because the home may not be writable
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("MPLCONFIGDIR", str(folder))
    import matplotlib
    from matplotlib import font_manager

    known = font_manager.fontManager
    for path in (REGULAR, BOLD):
        known.addfont(path)
        known.ttflist.insert(0, known.ttflist.pop())  # before a typeface of the same name on the machine
    matplotlib.rcParams.update(
        {
            "font.family": FAMILY,
            "font.size": BODY,
            "text.color": INK,
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "text.parse_math": False,  # a name with two dollar signs is no formula
            "svg.hashsalt": "khao-sat-hai-long",
            "svg.fonttype": "path",  # whole on every machine, whatever typefaces it has
            "hatch.linewidth": 0.6,
        }
    )
    return matplotlib


@dataclass(slots=True)
class Canvas:
    """A figure of so many inches; `place` puts axes on it, counted from the top left corner."""

    width: float
    height: float
    figure: Any

    def place(self, left: float, top: float, width: float, height: float) -> Any:
        """Axes of this size, in inches."""
        bottom = self.height - top - height
        return self.figure.add_axes((left / self.width, bottom / self.height, width / self.width, height / self.height))

    def write(self, left: float, top: float, text: str, size: int, **style: Any) -> None:
        """A text whose first line begins at this place, in inches."""
        self.figure.text(
            left / self.width, 1 - top / self.height, text, fontsize=size, va="top", linespacing=SPACING, **style
        )


def canvas(width: float, height: float) -> Canvas:
    """An empty white sheet."""
    library()
    from matplotlib.figure import Figure

    return Canvas(width, height, Figure(figsize=(width, height), dpi=DPI, facecolor="white"))


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every drawing: title and subtitle above, source and reading help below."""

    title: str
    subtitle: str
    source: str

    def head(self, width: float) -> float:
        """Inches that title and subtitle take."""
        return MARGIN + _height(self._titles(width)[0], TITLE) + _height(self._titles(width)[1], BODY) + 0.12

    def foot(self, width: float) -> float:
        """Inches that the lines below take."""
        return MARGIN + _height(self._source(width), SMALL) + 0.1

    def write(self, on: Canvas) -> None:
        title, subtitle = self._titles(on.width)
        on.write(MARGIN, MARGIN, title, TITLE, fontweight="bold")
        on.write(MARGIN, MARGIN + _height(title, TITLE), subtitle, BODY, color=GREY)
        on.write(MARGIN, on.height - self.foot(on.width) + 0.1, self._source(on.width), SMALL, color=GREY)

    def _titles(self, width: float) -> tuple[str, str]:
        room = width - 2 * MARGIN
        return wrap(self.title, room, TITLE, bold=True), wrap(self.subtitle, room, BODY)

    def _source(self, width: float) -> str:
        return wrap(self.source, width - 2 * MARGIN, SMALL)


def _height(text: str, size: int) -> float:
    return lines(text) * line_height(size) if text else 0.0


def lines(text: str) -> int:
    """How many lines a wrapped text has."""
    return text.count("\n") + 1


def line_height(size: int) -> float:
    """Inches from one line to the next."""
    return size * LINE / 72


def wrap(text: str, inches: float, size: int, *, bold: bool = False) -> str:
    """The text broken into lines no wider than this; a word that is wider is broken inside."""
    wrapped: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in (piece for whole in paragraph.split() for piece in _pieces(whole, inches, size, bold)):
            longer = f"{line} {word}" if line else word
            if line and measure(longer, size, bold=bold) > inches:
                wrapped.append(line)
                longer = word
            line = longer
        wrapped.append(line)
    return "\n".join(wrapped)


def _pieces(word: str, inches: float, size: int, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, size, bold=bold) > inches:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache(maxsize=8192)
def measure(text: str, size: int, *, bold: bool = False) -> float:
    """The width of one line in inches."""
    library()
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, _properties(size, bold), ismath=False)
    return float(width) / 72


@lru_cache(maxsize=16)
def _properties(size: int, bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")


def saved(drawn: Canvas, fmt: Format, title: str) -> bytes:
    """The picture as bytes, the same for the same values: no date, no name of a program's version."""
    output = io.BytesIO()
    if fmt == "svg":
        metadata: dict[str, Any] = {"Date": None, "Creator": None, "Title": title}
    else:
        metadata = {"Software": None, "Title": title}
    drawn.figure.savefig(output, format=fmt, dpi=DPI, metadata=metadata, facecolor="white")
    return output.getvalue()
