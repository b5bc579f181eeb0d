"""One case in a process of its own, so that no case warms up another: its figures as JSON lines on standard output."""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib import import_module

from tests.bench.asked import Asked
from tests.bench.figures import Figure

# In the order in which they run: those that change the province come last.
NAMES = ("starting", "first_page", "loading", "importing", "accept", "reading", "exporting", "refreshing")
ON_PROVINCE = frozenset({"reading", "exporting", "refreshing"})


def main() -> None:
    """Run one case."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=NAMES)
    parser.add_argument("--responses", type=int, required=True)
    parser.add_argument("--made", type=int, required=True)
    parser.add_argument("--kinds", nargs="+", required=True)
    parser.add_argument("--postgresql-url")
    chosen = parser.parse_args()
    run: Callable[[Asked], Iterator[Figure]] = import_module(f"tests.bench.{chosen.case}").run
    for figure in run(Asked(chosen.responses, chosen.made, tuple(chosen.kinds), chosen.postgresql_url)):
        print(json.dumps(asdict(figure)), flush=True)


if __name__ == "__main__":
    main()
