"""Batches of comments with their themes and answers, and counts of what is for inspectors only

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("pooled", sa.Boolean(), nullable=False),
        sa.Column("oldest", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_comment_batch_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_batch")),
        sa.UniqueConstraint("unit_id", "month", "pooled", name=op.f("uq_comment_batch_unit_id_month_pooled")),
    )
    op.create_table(
        "comment_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.String(length=254), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["comment_batch.id"], name=op.f("fk_comment_theme_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_theme")),
        sa.UniqueConstraint("batch_id", "name", name=op.f("uq_comment_theme_batch_id_name")),
    )
    op.create_table(
        "batch_comment",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["comment_batch.id"], name=op.f("fk_batch_comment_batch_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["comment_theme.id"], name=op.f("fk_batch_comment_theme_id")),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_batch_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "integrity_figure",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("option", sa.String(length=40), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_integrity_figure_unit_id")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_integrity_figure_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint(
            "unit_id", "year", "questionnaire_id", "fact", "option", name=op.f("pk_integrity_figure")
        ),
    )
    op.drop_column("comment", "batch")


def downgrade() -> None:
    """Comments of batches are tied to no response any more, so they cannot go back to where they came from."""
    op.add_column("comment", sa.Column("batch", sa.String(length=16), nullable=True))
    for table in ("integrity_figure", "batch_comment", "comment_theme", "comment_batch"):
        op.drop_table(table)
