"""One table for the wrong tries of every secret, in place of one each for codes and for sign-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("subject_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Index("attempt_by_subject", "kind", "subject_hash", "at"),
        sa.Index("attempt_by_time", "kind", "at"),
    )
    # Nobody's count begins anew by an upgrade.
    for kind, table, subject in (("code", "wrong_code", "address_hash"), ("sign-in", "failed_try", "subject_hash")):
        op.execute(
            f"INSERT INTO attempt (id, kind, subject_hash, at) SELECT id, '{kind}', {subject}, at FROM {table}"  # noqa: S608
        )
        op.drop_table(table)
