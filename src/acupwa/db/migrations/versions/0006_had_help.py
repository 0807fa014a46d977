"""When somebody with a danger sign said that they have had help. Of which sign is encrypted, with the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("check_in", sa.Column("had_help_at", sa.DateTime(timezone=True), nullable=True))
