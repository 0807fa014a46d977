"""Wrong tries as counts; who looked, by key; a second factor that a clinic can ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tries()
    _who_looked()
    _second_factors()


def _tries() -> None:
    """A row for each subject instead of one for each try, so that it is counted in one step. Counts of before hold."""
    op.create_table(
        "tries",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", _TIME, nullable=False),
    )
    op.create_index("tries_of_subject", "tries", ["kind", "subject_hash"], unique=True)
    op.create_index("tries_by_time", "tries", ["since"])
    op.execute(
        "INSERT INTO tries (id, kind, subject_hash, count, since) "
        "SELECT first.id, CASE WHEN first.kind = 'sign-in' THEN 'password' ELSE first.kind END, first.subject_hash, "
        "(SELECT count(*) FROM attempt AS one WHERE one.kind = first.kind AND one.subject_hash = first.subject_hash), "
        "first.at FROM attempt AS first WHERE NOT EXISTS (SELECT 1 FROM attempt AS earlier WHERE "
        "earlier.kind = first.kind AND earlier.subject_hash = first.subject_hash AND earlier.id < first.id)"
    )
    op.drop_table("attempt")


def _who_looked() -> None:
    """Names change, and two people may have had the same. Looks of before are known by their name alone."""
    op.add_column("share_view", sa.Column("practitioner_id", sa.Uuid(), nullable=True))


def _second_factors() -> None:
    """`totp` is sealed; `totp_step` is the time step of the last code that was used. `second_due`: signed in by a
    password alone, in a clinic that asks for more. `proved_at`: when this sign-in last showed who it is.
    """
    op.add_column("clinic", sa.Column("second_factor", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("practitioner", sa.Column("totp", sa.LargeBinary(), nullable=True))
    op.add_column("practitioner", sa.Column("totp_step", sa.BigInteger(), nullable=True))
    op.add_column("sign_in", sa.Column("second_due", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sign_in", sa.Column("proved_at", _TIME, nullable=True))
