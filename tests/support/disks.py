"""Disks of a test's own: a small one that fills up, and one whose every flush takes long."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

# In the place of the C library's: waits so many ms as the file says, notes that it did, and then really flushes.
SLOW = """
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
static void wait_first(void) {
    const char *name = getenv("SURVEY_SLOW_DISK");
    char text[16] = "";
    int file = name ? open(name, O_RDONLY) : -1;
    if (file < 0) return;
    if (read(file, text, sizeof text - 1) > 0 && atoi(text) > 0) {
        char notes[4096];
        snprintf(notes, sizeof notes, "%s.notes", name);
        int note = open(notes, O_WRONLY | O_APPEND);
        if (note >= 0) { if (write(note, ".", 1) < 0) {} close(note); }
        usleep(1000 * atoi(text));
    }
    close(file);
}
int fsync(int file) { wait_first(); return syscall(SYS_fsync, file); }
int fdatasync(int file) { wait_first(); return syscall(SYS_fdatasync, file); }
"""


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A file system of so many MB."""

    folder: Path

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        """Until not a page more finds room."""
        with self.ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass

    def free(self) -> None:
        self.ballast.unlink()


@contextmanager
def small(megabytes: int) -> Iterator[SmallDisk]:
    """A disk in memory, which only root can make; others skip."""
    with tempfile.TemporaryDirectory(prefix="survey-disk-") as made:
        os.chmod(made, 0o755)
        folder = Path(made) / "disk"
        folder.mkdir()
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
        if os.geteuid() != 0 or subprocess.run(mounting, check=False, capture_output=True).returncode:
            pytest.skip("only root can mount a small disk")
        try:
            yield SmallDisk(folder)
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@dataclass(frozen=True, slots=True)
class SlowDisk:
    """What a process is started with so that its flushes can be made slow, and the switch."""

    environ: dict[str, str]
    switch: Path

    def slow(self, milliseconds: int) -> None:
        """From now on each flush takes so much longer; 0: as fast as it is."""
        self.switch.write_text(str(milliseconds))

    @property
    def delayed(self) -> int:
        """How many flushes had to wait."""
        return len(Path(f"{self.switch}.notes").read_bytes())


@contextmanager
def slow() -> Iterator[SlowDisk]:
    """Needs a C compiler: others skip."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler: flushes cannot be made slow")
    with tempfile.TemporaryDirectory(prefix="survey-slow-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        source, library, switch = folder / "slow.c", folder / "slow.so", folder / "switch"
        source.write_text(SLOW)
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True)
        disk = SlowDisk({"LD_PRELOAD": str(library), "SURVEY_SLOW_DISK": str(switch)}, switch)
        disk.slow(0)
        notes = Path(f"{switch}.notes")
        notes.touch()
        notes.chmod(0o666)
        yield disk
