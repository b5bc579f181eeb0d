"""What a run of the benchmarks is about: handed to every case."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """How many responses the province holds, and of how many the others are copies; the kinds of databases, and the
    PostgreSQL database that has its copy.
    """

    responses: int
    made: int
    kinds: tuple[str, ...]
    postgresql_url: str | None = None

    @property
    def size(self) -> str:
        """For the name of a case."""
        return f"{self.responses / 1e6:g} M" if self.responses >= 1_000_000 else f"{self.responses:,}"
