"""The offices of the demonstration: how busy each is, how well it serves, and which collection points it has. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from survey.demo.accounts import DEPARTMENT, WARD
from survey.domain.points import PointKind
from survey.domain.units import Unit, UnitKind

SERVING = (UnitKind.DEPARTMENT, UnitKind.COMMUNE, UnitKind.AGENCY)
FACTOR_LIFT = {"C": 0.2, "A": 0.1, "E": -0.7}  # people are kind about officials, and least content with complaints
SHARE_OF_KIND = {
    PointKind.POSTER: 1.0,
    PointKind.KIOSK: 2.0,
    PointKind.WEB: 0.4,
    PointKind.INVITE: 2.0,  # who writes to everybody whose dossier is done gets as many answers as a kiosk
    PointKind.PAPER: 0.3,
}
LABELS = {
    PointKind.POSTER: "Bảng mã QR tại Bộ phận Một cửa",
    PointKind.KIOSK: "Máy khảo sát tại sảnh chờ",
    PointKind.WEB: "Liên kết trên trang thông tin điện tử",
    PointKind.INVITE: "Thư mời sau khi trả kết quả",
    PointKind.PAPER: "Phiếu giấy tại quầy",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A collection point that an office is to get, and its share of the office's answers."""

    kind: PointKind
    questionnaire_key: str
    share: float

    @property
    def label(self) -> str:
        return LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Office:
    """How an office differs from the others. Quality and lifts are log odds of a satisfied answer."""

    unit: Unit
    weight: float
    quality: float
    trend: float  # change of quality over the year
    lifts: dict[str, float]
    no_opinion: float  # share of items without an opinion
    plans: tuple[Plan, ...]


def draw(units: Iterable[Unit], random: Random) -> tuple[Office, ...]:
    """An office for every unit that serves citizens, in the order of their codes."""
    serving = sorted((unit for unit in units if unit.kind in SERVING), key=lambda unit: unit.code)
    return tuple(_office(unit, random) for unit in serving)


def _office(unit: Unit, random: Random) -> Office:
    weight = _weight(unit, random)
    share = 0.70 + 0.27 * random.betavariate(2.6, 1.5)
    return Office(
        unit=unit,
        weight=weight,
        quality=math.log(share / (1 - share)),
        trend=random.gauss(0.1, 0.35),
        lifts={key: FACTOR_LIFT.get(key, 0.0) + random.gauss(0, 0.25) for key in "ABCDEF"},
        no_opinion=random.uniform(0.03, 0.08),
        plans=_plans(unit, weight, random),
    )


def _weight(unit: Unit, random: Random) -> float:
    """Log-normal, as counters are; one in ten hardly began, so that small numbers are to be seen as well."""
    usual = random.lognormvariate(0, 0.9)
    begun = random.random()
    if unit.code in (WARD, DEPARTMENT):
        return 6.0  # where the demonstration's staff work
    if begun < 0.04:
        return 0.06
    return 0.2 if begun < 0.1 else usual


def _plans(unit: Unit, weight: float, random: Random) -> tuple[Plan, ...]:
    """Everybody has a poster; busy offices a kiosk, some of them with the short questionnaire. The busiest also invite:
    few invitations would be told with other channels alone, and could not be compared with them.
    """
    wanted = [(PointKind.POSTER, "sipas-2024")]
    if weight > 1.2:
        quick = unit.code != WARD and random.random() < 0.3
        wanted.append((PointKind.KIOSK, "quick" if quick else "sipas-2024"))
    if unit.kind is UnitKind.DEPARTMENT:
        wanted.append((PointKind.WEB, "sipas-2024"))
    if weight > 0.5 and random.random() < 0.25 and weight > 2:
        wanted.append((PointKind.INVITE, "sipas-2024"))
    if weight > 0.5 and random.random() < 0.2:
        wanted.append((PointKind.PAPER, "sipas-2017"))
    return tuple(Plan(kind, key, SHARE_OF_KIND[kind]) for kind, key in wanted)
