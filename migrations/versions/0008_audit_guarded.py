"""The audit refuses changes and knows its end; decisions on quarantine

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# What was recorded is never changed or removed: the database itself refuses. The head follows by itself, so servers of
# the version before, which do not know it, may go on recording.
_GUARDS = {
    "sqlite": [
        *(
            f"""CREATE TRIGGER audit_event_stays_{verb.lower()} BEFORE {verb} ON audit_event
            BEGIN SELECT RAISE(ABORT, 'the audit never changes'); END"""
            for verb in ("UPDATE", "DELETE")
        ),
        """CREATE TRIGGER audit_head_follows AFTER INSERT ON audit_event BEGIN
        INSERT INTO audit_head (id, count, hash) SELECT 1, 0, '' WHERE NOT EXISTS (SELECT 1 FROM audit_head);
        UPDATE audit_head SET count = count + 1, hash = new.hash; END""",
        """CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head WHEN new.count <> old.count + 1
        BEGIN SELECT RAISE(ABORT, 'the audit never changes'); END""",
        """CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
        BEGIN SELECT RAISE(ABORT, 'the audit never changes'); END""",
    ],
    "postgresql": [
        """CREATE FUNCTION audit_never_changes() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit never changes'; END $$""",
        """CREATE FUNCTION audit_head_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO audit_head (id, count, hash) SELECT 1, 0, '' WHERE NOT EXISTS (SELECT 1 FROM audit_head);
        UPDATE audit_head SET count = count + 1, hash = new.hash; RETURN new; END $$""",
        """CREATE TRIGGER audit_head_follows AFTER INSERT ON audit_event
        FOR EACH ROW EXECUTE FUNCTION audit_head_follows()""",
        """CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON audit_event
        FOR EACH ROW EXECUTE FUNCTION audit_never_changes()""",
        """CREATE TRIGGER audit_event_stays_whole BEFORE TRUNCATE ON audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION audit_never_changes()""",
        """CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head
        FOR EACH ROW WHEN (new.count <> old.count + 1) EXECUTE FUNCTION audit_never_changes()""",
        """CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
        FOR EACH ROW EXECUTE FUNCTION audit_never_changes()""",
        """CREATE TRIGGER audit_head_stays_whole BEFORE TRUNCATE ON audit_head
        FOR EACH STATEMENT EXECUTE FUNCTION audit_never_changes()""",
    ],
}


def upgrade() -> None:
    op.add_column("audit_event", sa.Column("unit", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_audit_event_unit"), "audit_event", ["unit"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.execute(
        """INSERT INTO audit_head (id, count, hash)
        SELECT 1, (SELECT count(*) FROM audit_event), hash FROM audit_event ORDER BY id DESC LIMIT 1"""
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("flag", sa.SmallInteger(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by", sa.String(length=254), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("released_by", sa.String(length=254), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("release_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("first <= last", name=op.f("ck_quarantine_days")),
        sa.CheckConstraint("answers > 0", name=op.f("ck_quarantine_answers")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_quarantine_unit_id")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_quarantine_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
    )
    op.create_index(op.f("ix_quarantine_unit_id"), "quarantine", ["unit_id"])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("quarantine")
    op.drop_table("audit_head")
    if op.get_bind().dialect.name == "postgresql":
        for trigger in ("audit_head_follows", "audit_event_stays", "audit_event_stays_whole"):
            op.execute(f"DROP TRIGGER {trigger} ON audit_event")
        op.execute("DROP FUNCTION audit_never_changes()")
        op.execute("DROP FUNCTION audit_head_follows()")
    else:
        for trigger in ("audit_head_follows", "audit_event_stays_update", "audit_event_stays_delete"):
            op.execute(f"DROP TRIGGER {trigger}")
    op.drop_index(op.f("ix_audit_event_unit"), "audit_event")
    op.drop_column("audit_event", "unit")
