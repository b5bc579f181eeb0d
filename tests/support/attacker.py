"""Somebody who has every figure that was ever shown and solves for what was not: exact linear algebra over forms.

An unknown is whether one form was satisfied with one item. A shown figure is a sum of some of them, and the attacker
is taken to know of which: far more than a reader of figures knows.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

PRIME = 2**31 - 1  # products of two residues fit into 64 bits
Matrix = npt.NDArray[np.int64]
Unknown = tuple[int, str]  # number of the form, key of the item


class Attacker:
    """All sums that can be made of the shown ones, as a basis; what hides in it is what can be computed."""

    def __init__(self, shown: Iterable[frozenset[Unknown]]) -> None:
        sums = [each for each in dict.fromkeys(shown) if each]
        self.unknowns: list[Unknown] = sorted(set().union(*sums)) if sums else []
        place = {unknown: number for number, unknown in enumerate(self.unknowns)}
        matrix = np.zeros((len(sums), len(self.unknowns)), np.int64)
        for row, each in enumerate(sums):
            matrix[row, [place[unknown] for unknown in each]] = 1
        self.basis = reduced(matrix)

    def learns_about(self, forms: Iterable[int]) -> bool:
        """Whether any sum of answers of these forms alone, however weighted, follows from what was shown."""
        chosen = set(forms)
        others = [number for number, (form, _) in enumerate(self.unknowns) if form not in chosen]
        return len(reduced(self.basis[:, others])) < len(self.basis)


def reduced(matrix: Matrix) -> Matrix:
    """A basis of the rows, by Gauss's elimination in the field of a large prime."""
    rows = matrix % PRIME
    done = 0
    for column in range(rows.shape[1]):
        found = np.flatnonzero(rows[done:, column])
        if not found.size:
            continue
        pivot = done + int(found[0])
        rows[[done, pivot]] = rows[[pivot, done]]
        rows[done] = rows[done] * pow(int(rows[done, column]), -1, PRIME) % PRIME
        below = np.flatnonzero(rows[done + 1 :, column]) + done + 1
        rows[below] = (rows[below] - rows[below, column][:, None] * rows[done] % PRIME) % PRIME
        done += 1
        if done == len(rows):
            break
    return rows[:done]


def small_sets(cells: Iterable[Sequence[int]], least: int) -> set[frozenset[int]]:
    """The cells that nobody may compute: those of fewer forms than the minimum."""
    return {frozenset(cell) for cell in cells if 0 < len(cell) < least}
