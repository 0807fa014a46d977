"""Zones of clinics and people; keys that let nothing be written twice; what was typed when a sign-in had ended."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _zones()
    _one_of_each()
    _presses()
    _ended_sign_ins()
    _keys_of_check_ins()


def _zones() -> None:
    """IANA names. Days of before were told in UTC: a clinic of before keeps that until its owner says where it is."""
    op.add_column("clinic", sa.Column("time_zone", sa.String(64), nullable=False, server_default="UTC"))
    op.add_column("person", sa.Column("time_zone", sa.String(64), nullable=True))


def _one_of_each() -> None:
    """What was opened before has no hash, and so never stands in the way. A share says of which check-in it is."""
    op.add_column("asked", sa.Column("link_hash", sa.LargeBinary(32), nullable=True))
    op.create_index("asked_once", "asked", ["link_hash"], unique=True)
    op.add_column("share", sa.Column("check_in_id", sa.Uuid(), nullable=True))
    # Of two made at the same moment only the newer one was ever meant to hold.
    op.execute(
        "DELETE FROM one_time WHERE EXISTS (SELECT 1 FROM one_time AS newer WHERE newer.id > one_time.id "
        "AND newer.practitioner_id = one_time.practitioner_id AND newer.kind = one_time.kind)"
    )
    op.create_index("one_time_of_a_kind", "one_time", ["practitioner_id", "kind"], unique=True)


def _presses() -> None:
    """What a press of a button made, for a moment: the same press again gets the same."""
    op.create_table(
        "press",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("key_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("at", _TIME, nullable=False, index=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _ended_sign_ins() -> None:
    """What has ended or was used stays until its time, so that it can be said."""
    op.add_column("one_time", sa.Column("used_at", _TIME, nullable=True))
    op.add_column("sign_in", sa.Column("ended_at", _TIME, nullable=True))
    op.create_table(
        "unsent",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _sign_in(),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _keys_of_check_ins() -> None:
    """A key is one record on this server, not one a person; who sends it again proves by a claim that it is theirs."""
    op.add_column("check_in", sa.Column("claim_hash", sa.LargeBinary(32), nullable=True))
    op.execute(
        "UPDATE check_in SET idempotency_key = NULL WHERE EXISTS (SELECT 1 FROM check_in AS older "
        "WHERE older.id < check_in.id AND older.idempotency_key = check_in.idempotency_key)"
    )
    op.create_index("check_in_of_a_key", "check_in", ["idempotency_key"], unique=True)


def _sign_in() -> sa.Column[uuid.UUID]:
    key = sa.ForeignKey("sign_in.id", ondelete="CASCADE")
    return sa.Column("sign_in_id", sa.Uuid(), key, nullable=False, unique=True)
