"""Dossiers handled

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handled",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("procedure", sa.String(length=32), nullable=False),
        sa.Column("handled", sa.Integer(), nullable=False),
        sa.Column("early", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("complaints", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "handled >= 0 AND early >= 0 AND on_time >= 0 AND late >= 0", name=op.f("ck_handled_counts")
        ),
        sa.CheckConstraint("handled = early + on_time + late", name=op.f("ck_handled_sum")),
        sa.CheckConstraint("complaints BETWEEN 0 AND early + on_time", name=op.f("ck_handled_complaints")),
        sa.ForeignKeyConstraint(["procedure"], ["procedure.code"], name=op.f("fk_handled_procedure")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_handled_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "day", "procedure", name=op.f("pk_handled")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("handled")
