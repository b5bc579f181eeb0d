"""What is not ours is exactly what was published."""

import hashlib
import re

from survey.config import ROOT

FOLDER = ROOT / "survey" / "static" / "vendor"


def test_every_vendored_file_is_listed_with_its_hash() -> None:
    listed = dict(re.findall(r"^(\S+)\s.*\s([0-9a-f]{64})$", (FOLDER / "README").read_text(), re.MULTILINE))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.js")}
    assert found == listed
