"""Collection points: their kinds, the channel that an answer from each belongs to, and their short codes."""

from enum import StrEnum
from random import Random

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what an old eye or a bad print confuses.
CODE_ALPHABET = "3467ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 6


class Channel(StrEnum):
    """How an answer reached us. Never mixed in a comparison without saying so."""

    KIOSK = "kiosk"
    POSTER = "poster"
    WEB = "web"
    INVITE = "invite"
    PAPER = "paper"


class PointKind(StrEnum):
    """What stands at the point."""

    KIOSK = "kiosk"
    POSTER = "poster"
    WEB = "web"
    INVITE = "invite"
    PAPER = "paper"


def channel_of(kind: PointKind) -> Channel:
    """The channel of all answers given at a point of this kind."""
    return Channel(kind.value)


def draw_code(random: Random) -> str:
    """A public code of six characters without look-alikes (22^6, about 113 million)."""
    return "".join(random.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def normal_code(text: str) -> str:
    """A code as typed by hand: capitals, without spaces, hyphens, and what cannot be seen."""
    return "".join(sign for sign in text.upper() if sign.isprintable() and sign not in " -")
