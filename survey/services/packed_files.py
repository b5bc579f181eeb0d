"""The archive of a workbook, whose parts are looked through before anything makes trees of them.

Unpacked sizes alone do not do: sixty megabytes of empty elements, which pack to sixty kilobytes, become five gigabytes
of objects. So parts that are read at once are small, and of those that are read row by row no row is long and little
stands between rows.
"""

import zipfile
from typing import IO, Any
from xml.parsers import expat

from survey.domain.problems import InvalidError, Problem
from survey.domain.tables import FILE

LARGEST_CONTENT = 64 * 1024 * 1024  # bytes after unpacking: a file of 100.000 units has about 40 MB
LARGEST_PART = 1_000_000  # bytes of styles, the workbook, its relations: a tree each
MOST_IN_A_ROW = 50_000  # elements of one row, or of one shared text
MOST_BETWEEN = 50_000  # elements that are in neither
MOST_TEXTS = 1_000_000  # shared ones
PIECE = 1 << 16
_ROWS = ("row", "si")


class WorkbookArchive(zipfile.ZipFile):
    """A ZIP whose parts are refused where they would become too large in memory. Raises InvalidError."""

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        """A part as a whole, from which a tree is made."""
        if self.getinfo(str(name)).file_size > LARGEST_PART:
            raise too_large()
        with super().open(name) as part:
            return part.read()

    def open(self, name: Any, mode: Any = "r", pwd: bytes | None = None, *, force_zip64: bool = False) -> IO[bytes]:
        """A part that is read row by row, after it was looked through."""
        with super().open(name) as part:
            _Scan().through(part)
        return super().open(name)


class _Scan:
    """Counts elements, in constant memory."""

    def __init__(self) -> None:
        self.inside = self.between = self.rows = self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def through(self, part: IO[bytes]) -> None:
        while piece := part.read(PIECE):
            self.parser.Parse(piece, False)
        self.parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.depth:
            self.depth += 1
            self.inside += 1
            if self.inside > MOST_IN_A_ROW:
                raise too_large()
        elif name.rpartition(":")[2] in _ROWS:
            self.depth, self.inside, self.rows = 1, 0, self.rows + 1
            if self.rows > MOST_TEXTS:
                raise too_large()
        else:
            self.between += 1
            if self.between > MOST_BETWEEN:
                raise too_large()

    def _end(self, name: str) -> None:
        if self.depth:
            self.depth -= 1


def too_large() -> InvalidError:
    """What is said of a workbook that would not fit into memory."""
    return InvalidError([Problem(FILE, "xlsx_too_large", {"megabytes": LARGEST_CONTENT // 1024 // 1024})])
