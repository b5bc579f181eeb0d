"""Paper forms that are being keyed

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("forms", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by", sa.String(254), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("accepted", sa.Integer(), nullable=True),
        sa.CheckConstraint("forms > 0", name=op.f("ck_paper_batch_forms")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_paper_batch_point_id")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_paper_batch_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batch")),
        sa.UniqueConstraint("point_id", "number", name=op.f("uq_paper_batch_point_id_number")),
    )
    op.create_table(
        "paper_form",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.LargeBinary(), nullable=True),
        sa.Column("first_by", sa.Integer(), nullable=True),
        sa.Column("second", sa.LargeBinary(), nullable=True),
        sa.Column("second_by", sa.Integer(), nullable=True),
        sa.Column("settled", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_form_batch_id")),
        sa.ForeignKeyConstraint(["first_by"], ["staff.id"], name=op.f("fk_paper_form_first_by")),
        sa.ForeignKeyConstraint(["second_by"], ["staff.id"], name=op.f("fk_paper_form_second_by")),
        sa.PrimaryKeyConstraint("batch_id", "place", name=op.f("pk_paper_form")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("paper_form")
    op.drop_table("paper_batch")
