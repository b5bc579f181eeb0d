"""What a phone's camera sees on a printed sheet, and what a reader sees: pictures, codes, text."""

import io
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser

DOTS_PER_INCH = 100
POINTS_PER_INCH = 72
MILLIMETRES_PER_INCH = 25.4


def of_pdf(content: bytes) -> list[Image.Image]:
    """Every page as a picture of DOTS_PER_INCH."""
    return [page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil() for page in _pages(content)]


def text_of(content: bytes) -> list[str]:
    """The text of every page of a PDF, white space single."""
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in _pages(content)]


def paper_of(content: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages, in whole millimetres."""
    per_point = MILLIMETRES_PER_INCH / POINTS_PER_INCH
    return {(round(width * per_point), round(height * per_point)) for width, height in map(_size, _pages(content))}


def of_svg(content: bytes, chromium: Browser) -> Image.Image:
    """An SVG as a browser draws it, for a screen of A4."""
    page = chromium.new_page(viewport={"width": 794, "height": 1123})
    page.set_content(content.decode(), wait_until="load")
    picture = page.screenshot()
    page.close()
    return Image.open(io.BytesIO(picture))


def scanned(picture: Image.Image) -> list[str]:
    """What the QR codes in a picture say."""
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def side(picture: Image.Image) -> float:
    """Millimetres from edge to edge of the code in a picture of DOTS_PER_INCH."""
    (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    place = found.position
    return (place.top_right.x - place.top_left.x) / DOTS_PER_INCH * MILLIMETRES_PER_INCH


def _pages(content: bytes) -> Iterator[pypdfium2.PdfPage]:
    return iter(pypdfium2.PdfDocument(content))


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    size: tuple[float, float] = page.get_size()
    return size
