"""What a patient shared: a copy, item by item, of just what they left in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

# Where a share stands in the inbox: 0 to 2 a danger sign, the strictest urgency first; then the main outcome; the rest.
LAST_RED_FLAG, WORSE, REST = 2, 3, 4


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `signs` are danger signs in it, `worse` a main outcome that got worse by the change rules.

    `flags` are the ids of `signs`. `change` is the last of `answer` when it tells of the time before, and `meaning`
    the word of the rules for it. `said` is what it says as a piece of `Answers`, and no more (see `said.py`).
    `own_words` are the patient's words inside `question`, empty where it stands without any; None for any other
    question, and in copies that were shared before the words were kept beside it.
    """

    key: str
    question: str
    answer: tuple[str, ...]
    signs: tuple[str, ...] = ()
    main: bool = False
    worse: bool = False
    flags: tuple[str, ...] = ()
    change: str = ""
    meaning: str = ""
    said: dict[str, Any] = {}
    own_words: str | None = None

    @property
    def plain(self) -> tuple[str, ...]:
        """The answer without what stood beside it the time before."""
        return self.answer[:-1] if self.change else self.answer


class Part(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    items: tuple[Item, ...]


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored, sealed. `wording` is what stood above the button, `quiz_version` tells its questions apart."""

    clinic: str
    practitioner: str
    alias: str
    wording: tuple[str, ...]
    answered_on: date
    variant: str
    parts: tuple[Part, ...]
    answered_at: datetime | None = None
    quiz_version: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for part in self.parts for item in part.items)

    @property
    def signs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sign for item in self.items for sign in item.signs))

    @property
    def main(self) -> Item | None:
        return next((item for item in self.items if item.main), None)


class Share(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    clinic_id: UUID
    rank: int
    seen: bool
    created_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    copy: Copy


class Only(msgspec.Struct, frozen=True, kw_only=True):
    """Which shares are asked for; None for all. `ranks` are the least and the greatest, `links` where they came by."""

    seen: bool | None = None
    ranks: tuple[int, int] | None = None
    links: tuple[UUID, ...] | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a share stands in the inbox."""

    rank: int
    seen: bool
    id: UUID


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Someone of the clinic opened it, or took it as text."""

    name: str
    what: str
    at: datetime


class SharedCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A share as it stands in the patient's export."""

    id: UUID
    shared_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    copy: Copy
    views: tuple[View, ...]
