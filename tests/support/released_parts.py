"""What of the small questionnaire single released rows tell: items of blocks and shifts, factors of groups of citizens,
and whose answers they hold.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.models import Layer, Released, Response


def block_items(session: Session) -> dict[int, frozenset[str]]:
    """The items that each block of a procedure, and each shift, tells: the others' columns are zero."""
    table = Released.__table__.c
    told = table.procedure.is_not(None) | (table.layer == Layer.SHIFT)
    found: dict[int, frozenset[str]] = {}
    for row in session.execute(select(Released.__table__).where(told)).mappings():
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


def shifts_of_forms(session: Session) -> dict[int, frozenset[int]]:
    """The shifts that each form was ever in, by its number: its last one, and those which that is a part of."""
    within = {row.id: row.within for row in session.scalars(select(Released).where(Released.layer == Layer.SHIFT))}
    found: dict[int, frozenset[int]] = {}
    for client_id, shift in session.execute(select(Response.client_id, Response.shift)):
        chain = []
        while shift is not None:
            chain.append(shift)
            shift = within[shift]
        found[client_id.int - 1] = frozenset(chain)
    return found
