"""The five levels of satisfaction. A missing level (None) is "no opinion" and enters no denominator."""

from enum import IntEnum


class Level(IntEnum):
    """From very dissatisfied to very satisfied, as on every SIPAS form since 2017."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    NEUTRAL = 3
    SATISFIED = 4
    VERY_SATISFIED = 5


LEVELS = tuple(Level)
SATISFIED_FROM = Level.SATISFIED
DISSATISFIED_TO = Level.DISSATISFIED
SCALES = ("satisfaction-5",)
