"""An independent recount by pandas over the raw rows of responses: what every figure must equal, cell by cell."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
from sqlalchemy import Connection, text

from survey.domain.questionnaire import Version

Sums = tuple[int, tuple[int, ...], int, int, int]  # k, level counts, Σm², Σsm, Σs²


@dataclass(frozen=True)
class Recount:
    """The sums of one set of responses: overall, a factor, an item, by key."""

    responses: int
    overall: Sums
    factors: dict[str, Sums]
    items: dict[str, Sums]


def read(connection: Connection) -> pd.DataFrame:
    """Every stored response as it is in the table, days as dates."""
    frame = pd.read_sql(text("SELECT * FROM response"), connection, parse_dates=["day"])
    return frame.astype({"counted": bool, "quarantined": bool})


def read_released(connection: Connection) -> pd.DataFrame:
    """A line for each lot that a released row tells of: the row's layer, span, channel and procedure, and `lot_id`."""
    statement = """
        SELECT released.id, layer, first, last, channel, procedure, coalesce(lot_id, released.id) AS lot_id
        FROM released LEFT JOIN released_part ON released_part.released_id = released.id"""
    return pd.read_sql(text(statement), connection, parse_dates=["first", "last"])


class Recounter:
    """Counts the rows of one version that count, as METHOD §4 and §5 say and nothing of the product's code does."""

    def __init__(self, rows: pd.DataFrame, version: Version) -> None:
        self.rows = rows[rows.counted & (rows.questionnaire_id == version.id)]
        column = {item.key: f"a{item.slot:02}" for item in version.items}
        scored = [column[item.key] for factor in version.factors if factor.pooled for item in factor.items]
        half = self.rows[scored].notna().sum(axis=1) * 2 >= len(scored)
        self.overall = _per_row(self.rows[scored]).mul(half.astype(int), axis=0)
        self.factors = {
            factor.key: _per_row(self.rows[[column[item.key] for item in factor.items]]) for factor in version.factors
        }
        self.items = {key: _per_row(self.rows[[name]]) for key, name in column.items()}

    def count(self, chosen: "pd.Series[bool]") -> Recount:
        """The sums of the rows that are chosen, by a mask over all rows that were read."""
        mask = chosen.loc[self.rows.index]
        return Recount(
            int(mask.sum()),
            _sums(self.overall[mask]),
            {key: _sums(rows[mask]) for key, rows in self.factors.items()},
            {key: _sums(rows[mask]) for key, rows in self.items.items()},
        )


def _per_row(answers: pd.DataFrame) -> pd.DataFrame:
    m, s = answers.notna().sum(axis=1), (answers >= 4).sum(axis=1)
    levels = {f"c{level}": (answers == level).sum(axis=1) for level in range(1, 6)}
    return pd.DataFrame({"k": (m > 0).astype(int), **levels, "mm": m * m, "sm": s * m, "ss": s * s})


def _sums(rows: pd.DataFrame) -> Sums:
    k, *counts, mm, sm, ss = (int(value) for value in rows.to_numpy().sum(axis=0))
    return k, tuple(counts), mm, sm, ss


def percent(counts: tuple[int, ...]) -> Decimal | None:
    """The rate of level counts in percent, two decimals half-up; None without answers."""
    if not sum(counts):
        return None
    share = Decimal(100 * (counts[3] + counts[4])) / Decimal(sum(counts))
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


def effective(counted: Recount) -> tuple[float, float]:
    """Rate and effective answers of METHOD §5, in floats."""
    k, counts, mm, sm, ss = counted.overall
    m, s = sum(counts), counts[3] + counts[4]
    rate = s / m
    raw = min(rate * (1 - rate) * m**2 / (ss - 2 * rate * sm + rate**2 * mm), m)
    minority = (k * min(rate, 1 - rate)) ** 2
    return rate, k + (raw - k) * minority / (minority + 25) if raw > k else raw
