"""Invitations in tests: files of dossiers that are done, and the links that come of them."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tests.support.places import WARD

HEADER = "dossier,unit_code,procedure_code,closed_day"


def dossier(number: int) -> str:
    return f"H15.50.05.13-261{number // 100 % 2}20-{number:04}"


def file(numbers: Sequence[int], unit: str = WARD, day: str = "2026-11-20", procedure: str = "1.001193") -> str:
    return "\n".join([HEADER, *(f"{dossier(number)},{unit},{procedure},{day}" for number in numbers), ""])


@dataclass(frozen=True)
class Imported:
    """What the command said, and the links that it wrote."""

    code: int
    output: str
    links: tuple[Mapping[str, str], ...]

    @property
    def tokens(self) -> list[str]:
        return [link["url"].rpartition("/")[2] for link in self.links]


def run(app: Flask, folder: Path, text: str, *options: str, commit: bool = True) -> Imported:
    """flask invitations import, with the links read back."""
    source, target = folder / "closed.csv", folder / "links.csv"
    source.write_text(text, "utf-8")
    target.unlink(missing_ok=True)
    writing = ["--commit", "-o", str(target)] if commit else []
    done = app.test_cli_runner().invoke(args=["invitations", "import", str(source), *options, *writing])
    links = read(target.read_bytes()) if target.exists() else ()
    return Imported(done.exit_code, done.output, links)


def read(content: bytes) -> tuple[Mapping[str, str], ...]:
    """The lines of a file of links."""
    return tuple(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
