"""Decisions on answers after their release: who went to the other side together, and numbered revisions

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("shift", sa.Integer(), nullable=True))
    op.add_column("released", sa.Column("within", sa.Integer(), nullable=True))
    op.create_table(
        "figure_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_figure_revision_questionnaire_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_figure_revision_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_revision")),
        sa.UniqueConstraint(
            "unit_id", "questionnaire_id", "number", name=op.f("uq_figure_revision_unit_id_questionnaire_id_number")
        ),
    )


def downgrade() -> None:
    op.drop_table("figure_revision")
    op.drop_column("released", "within")
    op.drop_column("response", "shift")
