"""Groups of citizens among what is released

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("released", sa.Column("trait", sa.String(length=80), nullable=True))


def downgrade() -> None:
    released = sa.table("released", sa.column("id"), sa.column("layer"))
    part = sa.table("released_part", sa.column("released_id"))
    panels = sa.select(released.c.id).where(released.c.layer.in_((21, 22)))
    op.execute(sa.delete(part).where(part.c.released_id.in_(panels)))
    op.execute(sa.delete(released).where(released.c.layer.in_((21, 22))))
    op.drop_column("released", "trait")
