"""The anonymous person: a random key in a cookie, nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec


class Person(msgspec.Struct, frozen=True):
    """`time_zone`: whose days theirs are (IANA name), of their plan or their phone; None while neither is known."""

    id: UUID
    created_at: datetime
    time_zone: str | None = None


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever a browser's token names. `to_note`: it is time to note that they were here; `back`: this browser has opened
    their answers for longer than a day, so its stores should hold something."""

    person: Person
    to_note: bool
    back: bool


class Device(msgspec.Struct, frozen=True):
    """A browser that can open a person's answers. `own` is the one that asks."""

    created_at: datetime
    seen_at: datetime
    own: bool = False


HandoverKind = Literal["pause", "move"]


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is to be made a person: from where, and the token that their browser holds already."""

    address: str
    token: str | None = None


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """A code that was given out and may be used once. The code itself is not kept."""

    person_id: UUID
    kind: HandoverKind
    check_in_id: UUID | None
    expires_at: datetime


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A code that was given out and not used yet, as its owner may know of it."""

    kind: HandoverKind
    expires_at: datetime


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A code that fitted. `token` is the new key for this browser; None when it had one of that person."""

    handover: Handover
    token: str | None


class WrongCode(msgspec.Struct, frozen=True):
    """A code that fits nothing: mistyped, used, or past its time. `slow`: there are many of them from everywhere."""

    slow: bool = False


# Of one person. Each check-in begins with one.
MOST_CONSENTS = 500


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """What the person agreed to, in the words that they saw."""

    version: str
    language: str
    wording: str
    given_at: datetime
    withdrawn_at: datetime | None = None
