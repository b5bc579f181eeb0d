"""How many people of a lot were satisfied with everything that they answered; the refresher counts those of old lots

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lot_content",
        sa.Column("lot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["released.id"], name=op.f("fk_lot_content_lot_id")),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lot_content")),
    )


def downgrade() -> None:
    op.drop_table("lot_content")
