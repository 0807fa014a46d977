"""Which shares a list shows, how an address names a place in it, what a note may be. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from acupwa.practice.links.model import Link
from acupwa.practice.sharing.shares.model import LAST_RED_FLAG, REST, WORSE, InboxCursor, Share, ShareFilter

NOTE_LENGTH = 2_000
MOST_NAMED = 20
# Words in an address stay in histories and logs: these say nothing of anybody's health.
NEW, FIRST, SECOND, ALL = "new", "first", "second", "all"
_ONLY = {
    NEW: ShareFilter(seen=False),
    FIRST: ShareFilter(ranks=(0, LAST_RED_FLAG)),
    SECOND: ShareFilter(ranks=(WORSE, WORSE)),
    ALL: ShareFilter(),
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What an address of the inbox asks for. `of` are links, empty for all."""

    show: str = NEW
    of: tuple[UUID, ...] = ()
    after: InboxCursor | None = None

    @property
    def only(self) -> ShareFilter:
        only = _ONLY[self.show]
        return msgspec.structs.replace(only, links=self.of) if self.of else only


def read_asked(show: str, of: Sequence[str], after: str) -> Asked:
    """Whatever cannot be read is as if it was not there."""
    links = tuple(dict.fromkeys(key for one in of[:MOST_NAMED] if (key := _key(one))))
    return Asked(show=show if show in _ONLY else NEW, of=links, after=_place(after))


def address_of(asked: Asked) -> str:
    query = [("show", asked.show)] if asked.show != NEW or asked.of else []
    query += [("of", str(one)) for one in asked.of]
    if asked.after:
        query.append(("after", f"{asked.after.rank}.{int(asked.after.seen)}.{asked.after.id}"))
    return f"/practice?{urlencode(query)}" if query else "/practice"


def place_of(share: Share) -> InboxCursor:
    return InboxCursor(rank=share.rank, seen=share.seen, id=share.id)


def fitting(links: Iterable[Link], typed: str) -> tuple[Link, ...]:
    wanted = " ".join(typed.split()).casefold()
    return tuple(one for one in links if wanted and wanted in one.alias.casefold())


def tidy_note(typed: str) -> str:
    """With one sign for the end of a line, as people count it."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def _place(text: str) -> InboxCursor | None:
    rank, _, rest = text.partition(".")
    seen, _, id = rest.partition(".")
    key = _key(id)
    if key is None or rank not in map(str, range(REST + 1)) or seen not in ("0", "1"):
        return None
    return InboxCursor(rank=int(rank), seen=seen == "1", id=key)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
