"""Answers and their tallies lie in partitions by hash of the unit, on PostgreSQL

Every row is copied once, in one transaction that holds these tables: servers answer "come again" meanwhile. What the
tables have, columns, checks, keys, indexes, references and grants, is read from the database and made again, so an
index that an operator added stays. A view over them must be dropped before: the database names it, and nothing changes.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

HOT = ("response", "comment", "pending", "tally")
# A fixed number: each plan that reads many units costs more with each. Eight can lie on two, four or eight servers.
PARTS = 8
REFRESH_LOCK = 7_265_667  # that of survey/database.py: no refresher holds what we wait for

_KEYS_AND_REFERENCES = """
SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', relname, conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
WHERE conrelid = ANY (CAST(:tables AS regclass[])) AND conparentid = 0 AND contype IN ('p', 'u', 'f')
ORDER BY contype = 'f', relname, conname"""
_INDEXES = """
SELECT replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') FROM pg_index
WHERE indrelid = ANY (CAST(:tables AS regclass[]))
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))"""
_GRANTS = """
SELECT format('GRANT %s ON %I TO %s%s', privilege_type, relname,
  CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
  CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = ANY (CAST(:tables AS regclass[])) AND grantee <> relowner
UNION ALL
SELECT format('ALTER TABLE %I OWNER TO %I', relname, pg_get_userbyid(relowner)) FROM pg_class
WHERE oid = ANY (CAST(:tables AS regclass[])) AND pg_get_userbyid(relowner) <> current_user"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _rebuild(PARTS)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _rebuild(0)


def _rebuild(parts: int) -> None:
    """Copy the tables into new ones of so many partitions; 0: into plain ones."""
    op.execute(f"SELECT pg_advisory_xact_lock({REFRESH_LOCK})")
    op.execute(f"LOCK TABLE {', '.join(HOT)} IN ACCESS EXCLUSIVE MODE")
    later = [*_told(_KEYS_AND_REFERENCES), *_told(_INDEXES), *_told(_GRANTS)]
    for table in HOT:
        op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
        like = "INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMMENTS"
        by = " PARTITION BY HASH (unit_id)" if parts else ""
        op.execute(f"CREATE TABLE {table} (LIKE {table}_before {like}){by}")
        for part in range(parts):
            bounds = f"FOR VALUES WITH (MODULUS {parts}, REMAINDER {part})"
            op.execute(f"CREATE TABLE {table}_{part} PARTITION OF {table} {bounds}")
        op.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")
    op.execute(f"DROP TABLE {', '.join(f'{table}_before' for table in HOT)}")
    for statement in later:
        op.get_bind().exec_driver_sql(statement)
    op.execute(f"ANALYZE {', '.join(HOT)}")


def _told(query: str) -> list[str]:
    """Statements that make again what the hot tables have now."""
    return list(op.get_bind().scalars(sa.text(query), {"tables": list(HOT)}))
