"""Works of which only one may run at a time on this database, whoever they are for."""

from sqlalchemy import text
from sqlmodel import Session

_ONE_OF_ITS_KIND = text("SELECT pg_advisory_xact_lock(hashtextextended(:work, 0))")


def run_alone(db: Session, work: str) -> None:
    """Waits until no other transaction has asked for the same `work`. SQLite has one writer at a time anyway: there
    it is enough that something was written before.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(_ONE_OF_ITS_KIND, {"work": work})
