"""Single responses as CSV, written in an order made afresh, in memory that does not grow with their number.

A uniform shuffle of any size: each row falls on one of some piles at random, then each pile is sorted by numbers
drawn afresh.
"""

import csv
import io
import struct
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from itertools import islice
from random import Random
from typing import IO

from survey.domain.coarsening import Key
from survey.reports.csv_files import BOM
from survey.reports.rows import inert

PILE = 40_000  # rows that are shuffled in memory at once: about 5 MB
MOST_PILES = 256  # one random byte a row chooses; also open files
BATCH = 4096
END = b"\r\n"


def write(
    output: IO[bytes], item_keys: Sequence[str], rows: Iterable[tuple[Key, str]], total: int, random: Random
) -> None:
    """Header and rows; `total` is about how many there are. Never give a `random` whose state others may know."""
    output.write(BOM + _line((*Key._fields, *item_keys)) + END)
    with ExitStack() as stack:
        piles = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(_piles(total))]
        _deal(rows, piles, random)
        for pile in piles:
            pile.seek(0)
            output.write(_sorted_afresh(pile.read(), random))


def _sorted_afresh(pile: bytes, random: Random) -> bytes:
    """The rows of a pile in the order of a fresh number a row: several times faster than `shuffle` with a system's
    random source, which is asked once instead of once a row.
    """
    lines = pile.split(END)[:-1]
    keys = struct.unpack(f"{len(lines)}Q", random.randbytes(8 * len(lines)))
    ordered = sorted(range(len(lines)), key=keys.__getitem__)
    return END.join([*map(lines.__getitem__, ordered), b""])


def _piles(total: int) -> int:
    """A power of two, so that a random byte chooses among them evenly."""
    piles = 1
    while piles < MOST_PILES and piles * PILE < total:
        piles *= 2
    return piles


def _deal(rows: Iterable[tuple[Key, str]], piles: Sequence[IO[bytes]], random: Random) -> None:
    mask, writes, place = len(piles) - 1, [pile.write for pile in piles], _places()
    for batch in _batches(iter(rows)):
        for (key, answers), chance in zip(batch, random.randbytes(len(batch)), strict=True):
            writes[chance & mask](place(key) + answers.encode() + END)


def _batches(rows: Iterator[tuple[Key, str]]) -> Iterator[list[tuple[Key, str]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _places() -> Callable[[Key], bytes]:
    """The fields of a key with the comma after them, kept for the keys met lately."""
    return lru_cache(maxsize=8192)(lambda key: _line(key) + b",")


def _line(values: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([inert(value) for value in values])
    return text.getvalue().encode()
