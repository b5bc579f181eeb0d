"""The house: every table of the first slice

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# A published questionnaire never changes: the database itself refuses.
_FREEZE = {
    "sqlite": [
        f"""CREATE TRIGGER questionnaire_is_frozen_{verb.lower()} BEFORE {verb} ON questionnaire
        BEGIN SELECT RAISE(ABORT, 'a published questionnaire never changes'); END"""
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """CREATE FUNCTION questionnaire_is_frozen() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a published questionnaire never changes'; END $$""",
        """CREATE TRIGGER questionnaire_is_frozen BEFORE UPDATE OR DELETE ON questionnaire
        FOR EACH ROW EXECUTE FUNCTION questionnaire_is_frozen()""",
    ],
}


def _sum_columns() -> list[str]:
    overall = ["o_k", *(f"o_c{level}" for level in range(1, 6)), "o_mm", "o_sm", "o_ss"]
    factors = [f"f{factor}_{part}" for factor in range(1, 9) for part in ("k", "mm", "sm", "ss")]
    levels = [f"s{slot:02}_c{level}" for slot in range(1, 41) for level in range(1, 6)]
    return ["respondents", *overall, *factors, *levels]


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=254), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
    )
    op.create_table(
        "demonstration",
        sa.Column("seed", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seed", name=op.f("pk_demonstration")),
    )
    op.create_table(
        "dossier_key",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_dossier_key")),
    )
    op.create_table(
        "pending",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "client_id", name=op.f("pk_pending")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "procedure",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("domain_name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=1500), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_procedure")),
    )
    op.create_table(
        "questionnaire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_questionnaire_key_version")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("disabled_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=600), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('city', 'department', 'district', 'commune', 'agency')", name=op.f("ck_unit_kind")
        ),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_unit_dates")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)

    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "role IN ('viewer', 'clerk', 'manager', 'inspector', 'administrator')", name=op.f("ck_grant_role")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_grant_staff_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_grant_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("staff_id", "unit_id", "role", name=op.f("uq_grant_staff_id_unit_id_role")),
    )
    op.create_index(op.f("ix_grant_staff_id"), "grant", ["staff_id"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("position", sa.String(length=16), nullable=True),
        sa.Column("value", sa.Numeric(precision=9, scale=2), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_indicator_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "year", "kind", name=op.f("pk_indicator")),
    )
    op.create_table(
        "point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("questionnaire_key", sa.String(length=40), nullable=False),
        sa.CheckConstraint("kind IN ('kiosk', 'poster', 'web', 'invite', 'paper')", name=op.f("ck_point_kind")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_point_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
        sa.UniqueConstraint("code", name=op.f("uq_point_code")),
    )
    op.create_index(op.f("ix_point_unit_id"), "point", ["unit_id"], unique=False)

    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        *[sa.Column(name, sa.Integer(), nullable=False) for name in _sum_columns()],
        sa.CheckConstraint("channel IN ('kiosk', 'poster', 'web', 'invite', 'paper')", name=op.f("ck_tally_channel")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_tally_questionnaire_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tally_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "day", "questionnaire_id", "channel", "quarantined", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "target",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_target_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "year", "kind", name=op.f("pk_target")),
    )
    op.create_table(
        "unit_successor",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("unit_id <> successor_id", name=op.f("ck_unit_successor_itself")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_successor_successor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_successor_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "successor_id", name=op.f("pk_unit_successor")),
    )
    op.create_table(
        "response",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=True),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("about", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("flags", sa.SmallInteger(), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("dossier_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        *[sa.Column(f"a{slot:02}", sa.SmallInteger(), nullable=True) for slot in range(1, 41)],
        sa.CheckConstraint(
            "channel IN ('kiosk', 'poster', 'web', 'invite', 'paper')", name=op.f("ck_response_channel")
        ),
        *[
            sa.CheckConstraint(f"a{slot:02} BETWEEN 1 AND 5", name=op.f(f"ck_response_a{slot:02}"))
            for slot in range(1, 41)
        ],
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_response_point_id")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_response_questionnaire_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_response_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "client_id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_response_unit_id_day", "response", ["unit_id", "day"], unique=False)
    op.create_index(
        "uq_response_unit_id_dossier_hash",
        "response",
        ["unit_id", "dossier_hash"],
        unique=True,
        sqlite_where=sa.text("counted AND dossier_hash IS NOT NULL"),
        postgresql_where=sa.text("counted AND dossier_hash IS NOT NULL"),
    )

    op.create_table(
        "comment",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("batch", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id", "client_id"],
            ["response.unit_id", "response.client_id"],
            name=op.f("fk_comment_unit_id_client_id"),
        ),
        sa.PrimaryKeyConstraint("unit_id", "client_id", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    for statement in _FREEZE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("comment")
    op.drop_index(
        "uq_response_unit_id_dossier_hash",
        sqlite_where=sa.text("counted AND dossier_hash IS NOT NULL"),
        postgresql_where=sa.text("counted AND dossier_hash IS NOT NULL"),
        table_name="response",
    )
    op.drop_index("ix_response_unit_id_day", table_name="response")

    op.drop_table("response")
    op.drop_table("unit_successor")
    op.drop_table("target")
    op.drop_table("tally")
    op.drop_index(op.f("ix_staff_session_staff_id"), table_name="staff_session")

    op.drop_table("staff_session")
    op.drop_index(op.f("ix_point_unit_id"), table_name="point")

    op.drop_table("point")
    op.drop_table("indicator")
    op.drop_index(op.f("ix_grant_staff_id"), table_name="grant")

    op.drop_table("grant")
    op.drop_index(op.f("ix_unit_parent_id"), table_name="unit")

    op.drop_table("unit")
    op.drop_table("staff")
    op.drop_table("questionnaire")
    op.drop_table("procedure")
    op.drop_table("pending")
    op.drop_table("dossier_key")
    op.drop_table("demonstration")
    op.drop_table("audit_event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION questionnaire_is_frozen()")
