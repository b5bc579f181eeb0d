"""Posters with a QR code: which points have one, the address on it, and whether a passer-by's phone can open that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from survey.domain.points import PointKind
from survey.domain.units import Unit

MOST_POSTERS = 500  # in one file: a few seconds of work
_PATH = "/p/"  # where the pages have a point's questionnaire
_HERE = ("localhost", "local", "internal", "lan")  # last labels of names that only this machine or this house knows


class PaperSize(StrEnum):
    """The paper that offices have."""

    A4 = "a4"
    A5 = "a5"


class PostedPoint(Protocol):
    """What a poster needs to know of a point."""

    @property
    def code(self) -> str: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def kind(self) -> PointKind: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Poster:
    """One sheet: the unit and the place it is for, and the address in its code."""

    code: str
    unit: str
    label: str
    address: str

    @property
    def typed(self) -> tuple[str, str]:
        """The address as somebody types it, without its scheme: what all posters share, and the point's code."""
        shared = self.address.partition("://")[2]
        return shared.removesuffix(self.code), self.code


def has_poster(point: PostedPoint, day: date) -> bool:
    """Whether a sheet of this point may be printed.

    A kiosk's or an invitation's address on a wall would count answers under the wrong channel.
    """
    return point.kind is PointKind.POSTER and point.unit.is_open(day)


def poster(point: PostedPoint, public_url: str) -> Poster:
    """The sheet of a point below this address."""
    label = "" if point.label == point.unit.name else point.label
    return Poster(point.code, point.unit.name, label, f"{public_url.rstrip('/')}{_PATH}{point.code}")


def posters(points: Iterable[PostedPoint], public_url: str) -> tuple[Poster, ...]:
    """The sheets of these points, in their order."""
    return tuple(poster(point, public_url) for point in points)


def is_out_of_reach(public_url: str) -> bool:
    """Whether the address leads nowhere outside this machine or this office's network."""
    host = urlsplit(public_url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.rpartition(".")[2] in _HERE
