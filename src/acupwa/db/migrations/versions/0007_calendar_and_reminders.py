"""A person's calendar: the hash of its secret address, when a calendar was last there. Reminders by web push: the key that
we sign with, phones that get them, how far each person's were looked through. The rest is encrypted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _calendar()
    _reminders()


def _calendar() -> None:
    op.create_table(
        "calendar",
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=True, unique=True),
        sa.Column("created_at", _TIME, nullable=True),
        sa.Column("fetched_at", _TIME, nullable=True),
        sa.Column("clears_at", _TIME, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_calendar_clears_at", "calendar", ["clears_at"])


def _reminders() -> None:
    op.add_column("person", sa.Column("look_at", _TIME, nullable=True))
    op.create_index("ix_person_look_at", "person", ["look_at"])
    op.create_table(
        "push_key",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("device_id", sa.Uuid(), sa.ForeignKey("device.id", ondelete="CASCADE"), nullable=False, unique=True),
        sa.Column("endpoint_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "reminder_clock",
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("looked_until", _TIME, nullable=False),
        sa.Column("claimed_until", _TIME, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
