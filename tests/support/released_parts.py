"""What of the small questionnaire single released rows tell: items of blocks, factors of groups of citizens."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.models import Layer, Released


def block_items(session: Session) -> dict[int, frozenset[str]]:
    """The items that each block of a procedure tells: the others' columns are zero."""
    table = Released.__table__.c
    found: dict[int, frozenset[str]] = {}
    for row in session.execute(select(Released.__table__).where(table.procedure.is_not(None))).mappings():
        by_item = {
            key: sum(row[f"s0{slot}_c{level}"] for level in range(1, 6))
            for slot, key in enumerate(("A1", "A2", "B1"), 1)
        }
        found[row["id"]] = frozenset(key for key, count in by_item.items() if count)
    return found


def with_factors(session: Session) -> set[int]:
    """The rows of groups of citizens that tell factors too."""
    table = Released.__table__.c
    found = select(table.id).where(table.layer == Layer.TRAIT, table.f1_k + table.f2_k > 0)
    return set(session.scalars(found))
