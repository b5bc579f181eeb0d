"""How far the making of a file has come: whoever makes it says so here, the process around it passes it on."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Told = Callable[[int, int], None]  # so many parts of so many
_listeners: list[Told] = []


def listen(told: Told) -> None:
    """From now on tell this one, in this process."""
    _listeners[:] = [told]


def each(parts: Sequence[T]) -> Iterator[T]:
    """The parts, one after the other; what is told is how many are done."""
    for number, part in enumerate(parts):
        _tell(number, len(parts))
        yield part
    _tell(len(parts), len(parts))


def _tell(done: int, total: int) -> None:
    for told in _listeners:
        told(done, total)
