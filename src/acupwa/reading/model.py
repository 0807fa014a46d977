"""What a person did with their reading list, and the values that several pages share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

import msgspec

Action = Literal["read", "unread", "hide", "show", "pin", "unpin", "up", "down"]
ACTIONS: tuple[Action, ...] = get_args(Action)
# What Undo takes back: a button of a page, or our order in place of one's own.
Press = Literal[Action, "our-order"]

# The illnesses that have a shelf of their own, in the order of the library.
CONDITIONS_WITH_PAGES = ("ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia")

# (value, words) of one choice of a filter.
FilterOption = tuple[str, str]


class ListState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person's own marks, by slug. `read` keeps the hash of the page as it was read, `read_on` the day where they were.

    Marks made before days were kept have a hash and no day.

    `order` is the whole list as the person left it, when they moved something; pages that are new since then
    stand where the ranking puts them.
    """

    read: dict[str, str] = {}
    read_on: dict[str, date] = {}
    hidden: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


class LastPress(msgspec.Struct, frozen=True, kw_only=True):
    """The newest press that changed something, and the marks as they were before it. `slug` is empty for the order."""

    action: Press
    slug: str
    at: datetime
    before: ListState

    @property
    def name(self) -> str:
        """What a form calls it by, so that Undo on a page left open takes back no newer press."""
        return str(int(self.at.timestamp() * 1000))


class StoredList(ListState, frozen=True, kw_only=True):
    """The marks as they are kept, with what Undo takes back. That is in no file of the person."""

    last: LastPress | None = None

    @property
    def marks(self) -> ListState:
        return ListState(read=self.read, read_on=self.read_on, hidden=self.hidden, pinned=self.pinned, order=self.order)


class KeptList(msgspec.Struct, frozen=True, kw_only=True):
    """The marks, and when they were last changed (UTC)."""

    updated_at: datetime
    marks: ListState
