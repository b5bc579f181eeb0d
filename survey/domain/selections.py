"""What a figure is about: one questionnaire version, a period, and the filters of a page's address."""

from dataclasses import dataclass

from survey.domain.periods import Period
from survey.domain.points import Channel
from survey.domain.questionnaire import Version
from survey.domain.traits import Trait


@dataclass(frozen=True)
class Selection:
    """A rate never mixes two questionnaires, so the version is always one. `flagged` adds the quarantined answers."""

    version: Version
    period: Period
    channel: Channel | None = None
    procedure: str | None = None
    flagged: bool = False
    trait: Trait | None = None
