"""Released lots

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _sum_columns() -> list[str]:
    cell = ["k", *(f"c{level}" for level in range(1, 6)), "mm", "sm", "ss"]
    overall = [f"o_{part}" for part in cell]
    factors = [f"f{factor}_{part}" for factor in range(1, 9) for part in cell]
    levels = [f"s{slot:02}_c{level}" for slot in range(1, 41) for level in range(1, 6)]
    return [*overall, *factors, *levels]


def upgrade() -> None:
    op.create_table(
        "released",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("layer", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=True),
        sa.Column("procedure", sa.String(length=40), nullable=True),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.Integer(), nullable=False) for name in _sum_columns()],
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_released_questionnaire_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_released_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released")),
    )
    op.create_index(
        "ix_released_questionnaire_id_layer_unit_id", "released", ["questionnaire_id", "layer", "unit_id", "first"]
    )
    op.create_index("ix_released_procedure", "released", ["procedure", "questionnaire_id"])
    op.create_table(
        "released_part",
        sa.Column("released_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["released.id"], name=op.f("fk_released_part_lot_id")),
        sa.ForeignKeyConstraint(["released_id"], ["released.id"], name=op.f("fk_released_part_released_id")),
        sa.PrimaryKeyConstraint("released_id", "lot_id", name=op.f("pk_released_part")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_released_part_lot_id", "released_part", ["lot_id"])
    op.create_index(
        "ix_tally_received", "tally", ["questionnaire_id", "unit_id", "day", "channel", "quarantined", "respondents"]
    )
    # No foreign key: the table of responses can be spread over shards, this one is written by one process.
    op.add_column("response", sa.Column("lot", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("response", "lot")
    op.drop_index("ix_tally_received", table_name="tally")
    op.drop_index("ix_released_part_lot_id", table_name="released_part")
    op.drop_table("released_part")
    op.drop_index("ix_released_procedure", table_name="released")
    op.drop_index("ix_released_questionnaire_id_layer_unit_id", table_name="released")
    op.drop_table("released")
