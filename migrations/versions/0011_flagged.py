"""Flagged answers are found without reading the others

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_response_flagged",
        "response",
        ["unit_id", "day"],
        sqlite_where=sa.text("flags <> 0"),
        postgresql_where=sa.text("flags <> 0"),
    )


def downgrade() -> None:
    op.drop_index("ix_response_flagged", "response")
