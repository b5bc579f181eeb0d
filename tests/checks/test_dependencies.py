"""What is installed from elsewhere: pinned with hashes, chosen for a reason, free to pass on, not known to be bad."""

import re
import tomllib
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from survey.config import ROOT

LOCKS = (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt")
KNOWN_BAD = tomllib.loads((Path(__file__).parent / "known_bad.toml").read_text("utf-8"))
# Licences that let the product be passed on under terms of its own. LGPL: psycopg, used as an unchanged library.
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|LGPL|ISC|0BSD|Zlib|CC0|CNRI|HPND", re.IGNORECASE
)


def locked(path: Path) -> list[tuple[str, list[str]]]:
    """Each requirement of a lock with its hashes."""
    joined = path.read_text("utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(" --hash=")[0].strip(), line.split(" --hash=")[1:]) for line in lines]


def direct() -> list[str]:
    """The lines that name the libraries we chose."""
    document = (ROOT / "pyproject.toml").read_text("utf-8")
    chosen = re.findall(r"^  (\".*)$", document.split("dependencies = [")[1].split("\n]")[0], re.MULTILINE)
    tools = (ROOT / "tests" / "requirements.in").read_text("utf-8").splitlines()
    return [*chosen, *(line for line in tools if line and line[0] not in "#-")]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_locked_package_is_one_version_with_its_hashes(path: Path) -> None:
    found = locked(path)
    assert len(found) > 30
    for line, hashes in found:
        requirement = Requirement(line)
        assert requirement.url is None, line
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], line
        assert hashes, line
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes), line


def test_the_tests_run_on_what_is_shipped() -> None:
    shipped, tested = ({line for line, _ in locked(path)} for path in LOCKS)
    plain = {re.sub(r"\[.*?\]", "", line) for line in tested}
    assert {re.sub(r"\[.*?\]", "", line) for line in shipped} - plain == set()


@pytest.mark.parametrize("line", [line for line in direct() if "==" in line], ids=lambda line: str(line)[:20])
def test_a_library_that_we_chose_says_why(line: str) -> None:
    assert re.search(r"#\s*\w.{5,}", line) or line.startswith(("pytest", "types-")), line


def test_what_is_shipped_may_be_passed_on() -> None:
    here = {canonicalize_name(Requirement(line).name): Requirement(line) for line, _ in locked(LOCKS[0])}
    for name, requirement in here.items():
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        told = distribution(name).metadata.json
        classifiers = [one for one in told.get("classifier", ()) if one.startswith("License")]
        licence = str(told.get("license_expression") or classifiers or told.get("license") or "")
        if not licence:  # its text alone says it
            texts = [file for file in distribution(name).files or () if file.name.startswith("LICEN")]
            licence = texts[0].read_text().splitlines()[0] if texts else ""
        assert ALLOWED.search(licence), f"{name}: {licence!r}"
        assert not re.search(r"(?<!L)(?:A?GPL)", licence), f"{name}: {licence!r}"


def test_no_locked_version_is_known_to_be_vulnerable() -> None:
    assert isinstance(KNOWN_BAD["looked_at"], date)
    versions: dict[str, set[Version]] = {}
    for path in LOCKS:
        for line, _ in locked(path):
            requirement = Requirement(line)
            number = next(iter(requirement.specifier)).version
            versions.setdefault(canonicalize_name(requirement.name), set()).add(Version(number))
    for name, (range_, why) in KNOWN_BAD["bad"].items():
        bad = Requirement(f"x{range_}").specifier
        for version in versions.get(name, set()):
            assert not bad.contains(version, prereleases=True), f"{name} {version}: {why}"
    assert set(KNOWN_BAD["bad"]) - set(versions) <= {"setuptools"}, "listed, but no longer used"
