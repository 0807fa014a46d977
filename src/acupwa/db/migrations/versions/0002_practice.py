"""Practitioners: clinics, sign-ins, links, shares, and a trail that can only grow.

What a link or a share holds is sealed. `rank` is where a share stands in the inbox: one digit, so that the database
can sort what it cannot read.
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _accounts()
    _links()
    _notes()
    _back_to_the_patient()
    _trail()


def _accounts() -> None:
    op.create_table(
        "clinic",
        _id(),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("contact", sa.String(120), nullable=False),
        sa.Column("colours", sa.String(12), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
    )
    op.create_table(
        "practitioner",
        _id(),
        _to("clinic"),
        sa.Column("email", sa.String(200), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("removed_at", _TIME, nullable=True),
        sa.CheckConstraint("role in ('owner', 'practitioner')", name="practitioner_role"),
    )
    op.create_table(
        "passkey",
        _id(),
        _to("practitioner"),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("used_at", _TIME, nullable=True),
    )
    op.create_table(
        "sign_in",
        _id(),
        _to("practitioner"),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("how", sa.String(12), nullable=False),
        sa.Column("browser", sa.String(40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("seen_at", _TIME, nullable=False, index=True),
    )
    op.create_table(
        "one_time",
        _id(),
        _to("practitioner"),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False, index=True),
        sa.CheckConstraint("kind in ('invitation', 'reset', 'code')", name="one_time_kind"),
    )
    op.create_table(
        "challenge",
        _id(),
        sa.Column("practitioner_id", sa.Uuid(), sa.ForeignKey("practitioner.id", ondelete="CASCADE"), nullable=True),
        sa.Column("challenge", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("expires_at", _TIME, nullable=False, index=True),
    )
    op.create_table(
        "failed_try",
        _id(),
        sa.Column("subject_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("at", _TIME, nullable=False, index=True),
        sa.Index("failed_try_by_subject", "subject_hash", "at"),
    )


def _links() -> None:
    op.create_table(
        "link",
        _id(),
        _to("clinic"),
        _to("practitioner"),
        sa.Column("code", sa.String(12), nullable=False, unique=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("variant", sa.String(12), nullable=False),
        sa.Column("share_days", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=True),
        sa.Column("revoked_at", _TIME, nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("again_every", sa.SmallInteger(), nullable=True),
        sa.Column("again_in", sa.String(12), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("again_in in ('weeks', 'sessions')", name="link_again_in"),
        sa.CheckConstraint("kind in ('reusable', 'personal')", name="link_kind"),
        sa.CheckConstraint("variant in ('full', 'follow-up')", name="link_variant"),
    )
    op.create_table(
        "asked",
        _id(),
        _to("person"),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "share",
        _id(),
        _to("person"),
        _to("clinic", index=False),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=False, index=True),
        sa.Column("withdrawn_at", _TIME, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Index("share_in_inbox", "clinic_id", "rank", "seen", sa.text("id DESC")),
        sa.Index("share_in_inbox_by_seen", "clinic_id", "seen", "rank", sa.text("id DESC")),
        sa.Index("share_by_link", "link_id"),
    )
    op.create_table(
        "share_view",
        _id(),
        _to("share"),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("what", sa.String(12), nullable=False),
        sa.Column("at", _TIME, nullable=False),
    )


def _notes() -> None:
    op.create_table(
        "share_note",
        _id(),
        _to("share"),
        _to("practitioner"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("share_id", "practitioner_id", name="share_note_of_one"),
    )


def _back_to_the_patient() -> None:
    for table in ("proposal", "follow_up"):
        op.create_table(
            table,
            _id(),
            _to("person"),
            _to("share"),
            sa.Column("created_at", _TIME, nullable=False),
            sa.Column("sealed", sa.LargeBinary(), nullable=False),
        )


def _trail() -> None:
    op.create_table(
        "trail",
        _id(),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=True),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Index("trail_of_clinic", "clinic_id", "id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER trail_keeps_{act.lower()} BEFORE {act} ON trail "
                "BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END"
            )
        # INSERT OR REPLACE deletes without asking the trigger above.
        op.execute(
            "CREATE TRIGGER trail_keeps_insert BEFORE INSERT ON trail "
            "WHEN EXISTS (SELECT 1 FROM trail WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the trail only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER trail_keeps BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION trail_only_grows()"
    )
    op.execute(
        "CREATE TRIGGER trail_keeps_all BEFORE TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()"
    )


def _id() -> sa.Column[uuid.UUID]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _to(table: str, *, index: bool = True) -> sa.Column[uuid.UUID]:
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", sa.Uuid(), key, nullable=False, index=index)
