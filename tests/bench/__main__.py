"""`make bench`: runs the cases, prints every figure beside its goal, and writes the same as JSON."""

import argparse
import fcntl
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from survey.config import ROOT
from tests.bench import against, databases, documents, province
from tests.bench.asked import Asked
from tests.bench.case import NAMES, ON_PROVINCE
from tests.bench.figures import Figure, as_json, beside, machine, number, table

DEFAULT = 200_000  # made up and released in a minute or two; more are copies of them
ROUNDS = 3  # of each revision, in turn, when two are compared


def main() -> None:
    """Run the cases that were asked for, all of them by default."""
    chosen = _arguments()
    databases.FOLDER.mkdir(parents=True, exist_ok=True)
    alone = (databases.FOLDER / "lock").open("w")
    try:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("another run of the benchmarks is under way here: both would measure each other")
    names = [name for name in NAMES if name in (chosen.cases or NAMES)]
    place = machine()
    _say(", ".join(f"{name} {value}" for name, value in place.items() if value))
    with ExitStack() as stack:
        other = stack.enter_context(against.tree(chosen.against))
        asked = Asked(chosen.responses, chosen.made, tuple(chosen.databases), _copied(stack, chosen, names))
        ours: list[Figure] = []
        theirs: list[Figure] = []
        for name in names:
            for _ in range(chosen.rounds if other else 1):
                ours += _figures(name, asked, ROOT)
                if other:
                    theirs += _figures(name, asked, other)
            chosen.json.write_text(as_json(ours, place))  # after each case: a long run may be stopped
    if not other:
        print(table(ours, place))
        if chosen.write:
            documents.write(ours, place)
        return
    chosen.json.with_suffix(".against.json").write_text(as_json(theirs, {**place, "commit": chosen.against}))
    print(beside(ours, theirs, chosen.against))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…")
    parser.add_argument("cases", nargs="*", metavar="case", help=f"of {', '.join(NAMES)}; all by default")
    parser.add_argument("--responses", type=int, default=DEFAULT, help="of the province that is read; 200.000")
    parser.add_argument("--made", type=int, default=DEFAULT, help="of these; the others are copies of them; 200.000")
    parser.add_argument("--databases", nargs="+", choices=databases.KINDS, default=databases.KINDS)
    parser.add_argument("--against", metavar="REVISION", help="measure this revision too, in turn, and compare")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of each, when two are compared; 3")
    parser.add_argument("--write", action="store_true", help="put the table of goals into survey/docs/speed.md")
    parser.add_argument("--json", type=Path, default=databases.FOLDER / "figures.json")
    chosen = parser.parse_args()
    if unknown := set(chosen.cases) - set(NAMES):
        parser.error(f"no case {', '.join(sorted(unknown))}: choose of {', '.join(NAMES)}")
    if chosen.responses > chosen.made and chosen.responses % chosen.made:
        parser.error(f"{chosen.responses} responses are not so many times {chosen.made}")
    return chosen


def _copied(stack: ExitStack, chosen: argparse.Namespace, names: list[str]) -> str | None:
    """The province, made where it is not there yet, and the address of its copy on PostgreSQL."""
    if not ON_PROVINCE.intersection(names):
        return None
    _say(f"{number(chosen.responses)} responses: made once, some minutes …")
    province.file(chosen.responses, chosen.made)
    if "postgresql" not in chosen.databases:
        return None
    _say("a copy on PostgreSQL …")
    return stack.enter_context(province.copied(chosen.responses, chosen.made))


def _figures(name: str, asked: Asked, tree: Path) -> list[Figure]:
    """The figures of one case in a tree, as they come; without them, why there are none."""
    command = [sys.executable, "-m", "tests.bench.case", name, "--responses", str(asked.responses)]
    command += ["--made", str(asked.made), "--kinds", *asked.kinds]
    command += ["--postgresql-url", asked.postgresql_url] if asked.postgresql_url else []
    environ = {**os.environ, databases.VARIABLE: str(databases.FOLDER)}
    found = []
    with subprocess.Popen(command, cwd=tree, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            figure = Figure(**json.loads(line))
            found.append(figure)
            _say(f"{figure.case} {figure.database}: {figure.what} {number(figure.value)} {figure.unit}")
    if process.returncode:
        _say(f"{name} failed in {tree}: see above")
        found.append(Figure(name, "failed", 1, "", "0", holds=False))
    return found


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
