"""`make bench`: runs the cases, prints every figure beside its goal, and writes the same as JSON."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import accept, databases, starting
from tests.bench.figures import Figure, as_json, machine, table

CASES: dict[str, Callable[[], Iterator[Figure]]] = {"starting": starting.run, "accept": accept.run}


def main() -> None:
    """Run the cases that were asked for, all of them by default."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…")
    parser.add_argument("cases", nargs="*", choices=[[], *CASES], default=[], help="all by default")
    parser.add_argument("--json", type=Path, default=databases.FOLDER / "figures.json")
    chosen = parser.parse_args()
    databases.FOLDER.mkdir(parents=True, exist_ok=True)
    place, figures = machine(), []
    print(", ".join(f"{name} {value}" for name, value in place.items()), file=sys.stderr)
    for name in chosen.cases or CASES:
        for figure in CASES[name]():
            figures.append(figure)
            print(f"{figure.case}: {figure.what} {figure.value:,.2f} {figure.unit}", file=sys.stderr)
    chosen.json.write_text(as_json(figures, place))
    print(table(figures))


if __name__ == "__main__":
    main()
