"""Compares the locks with a copy of the Python Packaging Advisory Database, which needs no network.

`python -m tests.checks.advisories FOLDER`, where FOLDER is a clone of https://github.com/pypa/advisory-database that
was carried here. Prints each advisory that a locked version falls under. Ends with 1 when there is one, with 2 where
there are no advisories.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from survey.config import ROOT

LOCKS = (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt")


def locked() -> dict[str, set[str]]:
    """The versions of each package in the locks; there may be one a Python."""
    found: dict[str, set[str]] = {}
    for path in LOCKS:
        for line in path.read_text("utf-8").replace("\\\n", " ").splitlines():
            if line.strip() and not line.startswith("#"):
                requirement = Requirement(line.split(" --hash=")[0].strip())
                found.setdefault(canonicalize_name(requirement.name), set()).update(
                    specifier.version for specifier in requirement.specifier
                )
    return found


def advisories(folder: Path, packages: dict[str, set[str]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each advisory of these packages that stands, with the package's name."""
    for path in sorted((folder / "vulns").glob("*/*.yaml")):
        name = canonicalize_name(path.parent.name)
        if name in packages:
            told = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
            if not told.get("withdrawn"):
                yield name, told


def affects(told: dict[str, Any], name: str, version: str) -> bool:
    """Whether an advisory (OSV's form) is about this version: it is listed, or lies in a range of releases."""
    mine = [one for one in told["affected"] if canonicalize_name(one["package"]["name"]) == name]
    ranges = [one["events"] for each in mine for one in each.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
    listed = any(version in each.get("versions", ()) for each in mine)
    return listed or any(_within(events, Version(version)) for events in ranges)


def _within(events: list[dict[str, str]], version: Version) -> bool:
    inside = False
    for event in events:
        if "introduced" in event and version >= Version(event["introduced"]):
            inside = True
        if "fixed" in event and version >= Version(event["fixed"]):
            inside = False
        if "last_affected" in event and version > Version(event["last_affected"]):
            inside = False
    return inside


def main(folder: str) -> int:
    """Print what is affected; the status to end with."""
    packages, seen, bad = locked(), 0, 0
    for name, told in advisories(Path(folder), packages):
        seen += 1
        for version in sorted(packages[name]):
            if affects(told, name, version):
                bad += 1
                print(f"{name} {version}: {told['id']} {' '.join(told.get('aliases', ()))}")
    print(f"{seen} advisories of {len(packages)} packages, {bad} affected")
    return 2 if seen == 0 else min(bad, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
