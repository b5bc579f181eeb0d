"""The files for operators: understood by the programs they are for, where these are here, and true to this program."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from survey.config import ROOT
from survey.web import metrics

FOLDER = ROOT / "survey" / "operations"
UNITS = sorted([*FOLDER.glob("*.service"), *FOLDER.glob("*.timer")])
COUNTED = (ROOT / "survey" / "telemetry" / "counters.py").read_text()
SHOWN = Path(metrics.__file__).read_text()
MADE = {
    *(name + end for name in re.findall(r'Counter\("(\w+)"', COUNTED) for end in ("_total",)),
    *(name + end for name in re.findall(r'Histogram\(\s*"(\w+)"', COUNTED) for end in ("_bucket", "_count")),
    *re.findall(r'Gauge\(\s*"(\w+)"', COUNTED),
    *(f"survey_{name}" for name in re.findall(r'^        \("(\w+)", "', SHOWN, re.MULTILINE)),
}


def test_the_dashboard_and_the_alerts_ask_for_figures_that_there_are() -> None:
    panels = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    rules = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0]["rules"]
    asked += [rule["expr"] for rule in rules]
    names = {name for expression in asked for name in re.findall(r"survey_\w+", expression)}
    assert len(names) > 8
    assert names <= MADE
    assert yaml.safe_load((FOLDER / "prometheus.yml").read_text())["rule_files"] == ["alerts.yml"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = re.sub(r"^(Exec\w+=)/opt/survey/\.venv/bin/\w+", r"\1/bin/true", unit.read_text(), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in found.stderr.splitlines() if str(tmp_path.name) in line or "survey" in line]
    assert (found.returncode, complaints) == (0, []), found.stderr


def test_the_container_runs_as_nobody_in_particular_what_the_lock_names() -> None:
    text = (FOLDER / "Containerfile").read_text()
    assert "--require-hashes -r requirements.txt" in text
    assert re.search(r"^USER survey$", text, re.MULTILINE)
    assert text.index("USER survey") < text.index("CMD [")
    assert "SECRET" not in text
    assert {"requirements.txt", "app.py", "gunicorn.conf.py"} <= {path.name for path in ROOT.iterdir()}


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_keeps_addresses_out_of_logs_and_metrics_inside(name: str) -> None:
    text = (FOLDER / name).read_text()
    assert "/metrics" in text
    if name == "nginx.conf":  # its errors name the client in every line: only those of the start are kept
        assert re.search(r"^    access_log off;$", text, re.MULTILINE)
        assert re.search(r"^    error_log \S+ emerg;$", text, re.MULTILINE)
    else:  # one log, of errors, without anything of a request
        assert re.findall(r"^\s*log\b.*", text, re.MULTILINE) == ["\tlog {"]
        assert re.search(r"fields \{\s+request delete\s+\}", text)
    assert "SURVEY_TRUSTED_PROXIES=1" in text
