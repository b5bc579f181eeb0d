"""The forms of a made-up history: what somebody answered, where and when, and the row in which it is stored."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from survey.domain.questionnaire import Version
from survey.domain.traits import Trait

TRAITS = {"trips": ("0", "1"), "age": ("young", "middle", "old")}


@dataclass(frozen=True)
class Form:
    """One response: where and when, and its levels by item, None where it has none."""

    number: int
    unit_id: int
    day: date
    channel: str
    procedure: str | None
    quarantined: bool
    levels: dict[str, int | None]
    said: dict[str, str]
    phase: int
    assisted: bool

    @property
    def answered(self) -> int:
        return sum(level is not None for level in self.levels.values())

    @property
    def groups(self) -> set[str]:
        return {Trait(*said).code for said in self.said.items()}

    def stored(self, version: Version, point_id: int) -> dict[str, Any]:
        """The response as it would have been stored, by column."""
        slots = {item.key: f"a{item.slot:02}" for item in version.items}
        return {
            "unit_id": self.unit_id,
            "client_id": UUID(int=self.number + 1),
            "body_hash": b"x" * 16,
            "procedure": self.procedure,
            "questionnaire_id": version.id,
            "point_id": point_id,
            "channel": self.channel,
            "assisted": self.assisted,
            "day": self.day,
            "received_at": datetime(2026, 1, 1, tzinfo=UTC),
            "flags": 0,
            "quarantined": self.quarantined,
            "counted": True,
            "about": {key: option for key, option in self.said.items() if key == "age"},
            "facts": {key: option for key, option in self.said.items() if key == "trips"},
            **{slots[key]: level for key, level in self.levels.items()},
        }
