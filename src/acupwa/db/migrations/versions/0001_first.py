"""The person, their devices, consent, check-ins, reading list and plan.

Every key is made by the app; no sequence and no server-side default, so that rows can be spread by person.
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("created_at", time, nullable=False),
        sa.Column("seen_at", time, nullable=False, index=True),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person(),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("created_at", time, nullable=False),
        sa.Column("seen_at", time, nullable=False),
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person(),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("check_in_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", time, nullable=False),
        sa.Column("expires_at", time, nullable=False, index=True),
        sa.CheckConstraint("kind in ('pause', 'move')", name="handover_kind"),
    )
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("address_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Index("wrong_code_by_address", "address_hash", "at"),
        sa.Index("wrong_code_by_time", "at"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person(),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("given_at", time, nullable=False),
        sa.Column("withdrawn_at", time, nullable=True),
    )
    op.create_table(
        "check_in",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person(),
        sa.Column("variant", sa.String(12), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("urgency", sa.String(16), nullable=True),
        sa.Column("quiz_version", sa.String(20), nullable=False),
        sa.Column("content_version", sa.String(64), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("created_at", time, nullable=False),
        sa.Column("updated_at", time, nullable=False, index=True),
        sa.Column("finished_at", time, nullable=True),
        sa.Column("idempotency_key", sa.String(80), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("person_id", "idempotency_key", name="check_in_once"),
        sa.CheckConstraint("variant in ('full', 'follow-up')", name="check_in_variant"),
        sa.CheckConstraint("status in ('draft', 'finished')", name="check_in_status"),
        sa.CheckConstraint("(status = 'finished') = (finished_at is not null)", name="check_in_finished"),
    )
    op.create_table(
        "reading_list",
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("updated_at", time, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _person(),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("created_at", time, nullable=False),
        sa.Column("updated_at", time, nullable=False),
        sa.Column("content_version", sa.String(64), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _person() -> sa.Column[uuid.UUID]:
    return sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True)
