"""The address of the first account, while nobody has one."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from acupwa.practice.accounts.store import FirstRunRow


def replace_first(db: Session, now: datetime, token_hash: bytes) -> None:
    """Only the newest opens."""
    end_first(db)
    db.add(FirstRunRow(token_hash=token_hash, created_at=now))
    db.flush()


def is_first(db: Session, token_hash: bytes) -> bool:
    return db.exec(select(FirstRunRow.id).where(FirstRunRow.token_hash == token_hash)).first() is not None


def use_first(db: Session, token_hash: bytes) -> bool:
    """True for the one who used it: it is used once, also when two use it at the same moment."""
    return db.exec(delete(FirstRunRow).where(col(FirstRunRow.token_hash) == token_hash)).rowcount == 1


def end_first(db: Session) -> None:
    db.exec(delete(FirstRunRow))
