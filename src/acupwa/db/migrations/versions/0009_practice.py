"""The address at which the first account of a server is made; one summary that a doctor without an account opens."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "first_run",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("created_at", _TIME, nullable=False),
    )
    _views()


def _views() -> None:
    """By an address and a code, and when it was opened."""
    op.create_table(
        "doctor_view",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("check_in_id", sa.Uuid(), sa.ForeignKey("check_in.id", ondelete="CASCADE"), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    for column in ("person_id", "check_in_id", "ends_at"):
        op.create_index(f"ix_doctor_view_{column}", "doctor_view", [column])
    op.create_table(
        "doctor_look",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("view_id", sa.Uuid(), sa.ForeignKey("doctor_view.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", _TIME, nullable=False),
    )
    op.create_index("ix_doctor_look_view_id", "doctor_look", ["view_id"])
