"""Templates compiled once for a test process: every test has an application of its own, with the same templates."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Keeps what Jinja makes of a template; it looks at the source again each time, so a changed one is made anew."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (held := self.kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(held)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_compiled = Compiled()


def share(app: Flask) -> None:
    """Let an application use what others have compiled."""
    app.jinja_env.bytecode_cache = _compiled
