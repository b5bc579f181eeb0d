"""Frozen periods, tokens

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Frozen figures never change: the database itself refuses.
_FREEZE = {
    "sqlite": [
        f"""CREATE TRIGGER frozen_period_is_frozen_{verb.lower()} BEFORE {verb} ON frozen_period
        BEGIN SELECT RAISE(ABORT, 'a frozen period never changes'); END"""
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """CREATE FUNCTION frozen_period_is_frozen() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a frozen period never changes'; END $$""",
        """CREATE TRIGGER frozen_period_is_frozen BEFORE UPDATE OR DELETE ON frozen_period
        FOR EACH ROW EXECUTE FUNCTION frozen_period_is_frozen()""",
    ],
}


def upgrade() -> None:
    op.create_table(
        "frozen_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("frozen_by", sa.String(length=254), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_frozen_period_unit_id")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_frozen_period_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_period")),
        sa.UniqueConstraint(
            "unit_id",
            "questionnaire_id",
            "period",
            "number",
            name=op.f("uq_frozen_period_unit_id_questionnaire_id_period_number"),
        ),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_api_token_staff_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_api_token_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    for statement in _FREEZE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("api_token")
    op.drop_table("frozen_period")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION frozen_period_is_frozen()")
