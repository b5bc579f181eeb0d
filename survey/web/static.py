"""Static files: one fingerprint of the whole folder in their address, compressed once, served immutable by WhiteNoise.

Style sheets name fonts by relative address, so the fingerprint covers them without rewriting a file.
"""

import contextlib
import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, Response, send_from_directory
from whitenoise import WhiteNoise

from survey.web.access import public
from survey.web.headers import everywhere

COMPRESSED = (".css", ".js", ".json", ".svg", ".txt", ".webmanifest")
RELEASE = "survey.release"  # the key of `app.extensions` that tells which release of the files this server has
FINGERPRINT_LENGTH = 12  # 48 bits: two states of one folder will not meet


def init_app(app: Flask) -> None:
    """Serve survey/static under /static/<fingerprint>/ and give templates `static_url(name)`."""
    source = Path(app.root_path) / "static"
    fingerprint = fingerprint_of(source)
    app.extensions[RELEASE] = fingerprint
    prefix = f"/static/{fingerprint}/"
    files = WhiteNoise(
        app.wsgi_app,
        max_age=0,
        allow_all_origins=False,
        add_headers_function=_adding(app),
        immutable_file_test=lambda path, url: url.startswith(prefix),
    )
    files.add_files(str(_prepared(source, Path(app.instance_path) / "static", fingerprint)), prefix)
    app.wsgi_app = files  # type: ignore[method-assign]
    app.add_template_global(lambda name: prefix + name, "static_url")
    app.add_url_rule("/static/<fingerprint>/<path:name>", view_func=other_version)


@public
def other_version(fingerprint: str, name: str) -> Response:
    """The file as it is now, for a page of an earlier or later release: right enough, and kept by no cache."""
    return send_from_directory("static", name)


def fingerprint_of(folder: Path) -> str:
    """A hash over names and contents of all files in the folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:FINGERPRINT_LENGTH]


def _prepared(source: Path, cache: Path, fingerprint: str) -> Path:
    """A copy of the folder with a .gz beside what compresses: made at the first start, then found again.

    Where the instance folder cannot be written, files are served as they are.
    """
    target = cache / fingerprint
    if target.is_dir():
        return target
    try:
        cache.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=cache))
        shutil.copytree(source, fresh / "files")
        for path in (fresh / "files").rglob("*"):
            if path.suffix in COMPRESSED:
                Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    except OSError:
        return source
    with contextlib.suppress(OSError):  # another process was first: its copy is as good
        (fresh / "files").rename(target)
    shutil.rmtree(fresh, ignore_errors=True)
    return target if target.is_dir() else source


def _adding(app: Flask) -> Callable[[Headers, str, str], None]:
    """Gives a static file the headers of every answer: these files do not pass through Flask."""
    settings = app.config.get("SETTINGS")
    common = tuple(everywhere(settings is not None and settings.production))

    def add(headers: Headers, path: str, url: str) -> None:
        for name, value in common:
            headers[name] = value

    return add
