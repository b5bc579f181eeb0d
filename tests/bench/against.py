"""Another revision of the application beside this one, measured by the benchmarks of this one."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.config import ROOT
from tests.bench import databases

MAKING = ("tests/bench/making.py",)  # how data is made is of each revision: that of this one calls what older ones lack
CATALOGUE = "translations/en/LC_MESSAGES/messages.mo"


@contextmanager
def tree(revision: str | None) -> Iterator[Path | None]:
    """A work tree of the revision with the benchmarks of this one, gone afterwards; None without a revision."""
    if revision is None:
        yield None
        return
    place = databases.FOLDER / "against"
    _git("worktree", "remove", "--force", str(place), check=False)
    _git("worktree", "add", "--detach", "--force", str(place), revision)
    try:
        own = {name: (place / name).read_text() for name in MAKING if (place / name).exists()}
        shutil.rmtree(place / "tests")
        shutil.copytree(ROOT / "tests", place / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        for name, text in own.items():
            (place / name).write_text(text)
        (place / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / CATALOGUE, place / CATALOGUE)
        yield place
    finally:
        _git("worktree", "remove", "--force", str(place))


def _git(*arguments: str, check: bool = True) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=check, capture_output=True)
