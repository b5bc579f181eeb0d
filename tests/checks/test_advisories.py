"""The comparison of the locks with a carried copy of the advisory database finds what is affected and only that."""

from pathlib import Path

import pytest

from tests.checks import advisories

ADVISORY = """
id: PYSEC-2026-{number}
aliases: [CVE-2026-{number}]
{withdrawn}
affected:
- package: {{ name: {name}, ecosystem: PyPI }}
  ranges:
  - type: ECOSYSTEM
    events: {events}
  versions: {versions}
"""
OPEN = '[{introduced: "0"}]'


def write(folder: Path, name: str, number: int, events: str, versions: str = "[]", withdrawn: str = "") -> None:
    path = folder / "vulns" / name.lower() / f"PYSEC-2026-{number}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        ADVISORY.format(name=name, number=number, events=events, versions=versions, withdrawn=withdrawn), "utf-8"
    )


def test_what_is_affected_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (version,) = advisories.locked()["flask"]
    write(tmp_path, "Flask", 1, OPEN)
    write(tmp_path, "flask", 2, '[{introduced: "0"}, {fixed: "0.5"}]')
    write(tmp_path, "flask", 3, '[{introduced: "0"}, {fixed: "0.5"}]', versions=f'["{version}"]')
    write(tmp_path, "flask", 4, '[{introduced: "0"}, {last_affected: "2.0"}]')
    write(tmp_path, "flask", 5, '[{introduced: "99"}]')
    write(tmp_path, "flask", 6, OPEN, withdrawn="withdrawn: 2026-01-01T00:00:00Z")
    write(tmp_path, "no-package-of-ours", 7, OPEN)
    assert advisories.main(str(tmp_path)) == 1
    told = capsys.readouterr().out
    assert [line.split(": ")[1] for line in told.splitlines() if "flask" in line] == [
        "PYSEC-2026-1 CVE-2026-1",
        "PYSEC-2026-3 CVE-2026-3",
    ]


def test_nothing_affected_and_nothing_read_are_told_apart(tmp_path: Path) -> None:
    assert advisories.main(str(tmp_path)) == 2
    write(tmp_path, "flask", 2, '[{introduced: "0"}, {fixed: "0.5"}]')
    assert advisories.main(str(tmp_path)) == 0
