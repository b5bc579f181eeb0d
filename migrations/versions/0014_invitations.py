"""Invitations to citizens whose dossiers are done

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("seed", sa.String(40), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(254), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_by", sa.String(254), nullable=True),
        sa.CheckConstraint("way IN ('all', 'random')", name=op.f("ck_invitation_draw_way")),
        sa.CheckConstraint("drawn > 0 AND drawn <= population", name=op.f("ck_invitation_draw_drawn")),
        sa.CheckConstraint("first <= last AND opens <= expires", name=op.f("ck_invitation_draw_days")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_invitation_draw_point_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_invitation_draw_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_draw")),
    )
    op.create_index(op.f("ix_invitation_draw_unit_id"), "invitation_draw", ["unit_id"])
    op.create_table(
        "invitation",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.String(32), nullable=True),
        sa.Column("dossier_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["invitation_draw.id"], name=op.f("fk_invitation_draw_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_invitation_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "token_hash", name=op.f("pk_invitation")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_invitation_draw_id"), "invitation", ["draw_id"])
    op.create_index(op.f("ix_invitation_token_hash"), "invitation", ["token_hash"])


def downgrade() -> None:
    op.drop_table("invitation")
    op.drop_table("invitation_draw")
