"""Which shares a list shows, how an address names a place in it, what a note may be. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from acupwa.practice.links.model import Link
from acupwa.practice.sharing.shares.model import LAST_RED_FLAG, REST, WORSE, InboxCursor, ListedShare, ShareFilter
from acupwa.results.fhir.datatypes import MEDIA_TYPE
from acupwa.web.declared import fields_of, many_of, undeclared
from acupwa.web.forms import FieldError, FormData
from acupwa.web.spreadsheet import MEDIA_TYPE as XLSX
from acupwa.web.text import search_key
from acupwa.wording import gettext as _

NOTE_LENGTH = 2_000
MOST_NAMED = 20
# Words in an address stay in histories and logs: these say nothing of anybody's health.
NEW, FIRST, SECOND, ALL = "new", "first", "second", "all"
_FILTERS = {
    NEW: ShareFilter(seen=False),
    FIRST: ShareFilter(ranks=(0, LAST_RED_FLAG)),
    SECOND: ShareFilter(ranks=(WORSE, WORSE)),
    ALL: ShareFilter(),
}


class FileKind(msgspec.Struct, frozen=True):
    """`taken` is what the patient's log calls it; `disposition` whether a browser shows it."""

    ending: str
    taken: str
    media_type: str
    disposition: str


_FILES = (
    FileKind(".txt", "copied", "text/plain", "inline"),
    FileKind(".pdf", "pdf", "application/pdf", "attachment"),
    FileKind(".xlsx", "csv", XLSX, "attachment"),
    FileKind(".csv", "csv", "text/csv", "attachment"),
    FileKind(".json", "fhir", MEDIA_TYPE, "attachment"),
)


class InboxQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What an address of the inbox asks for. `of` are links, empty for all."""

    show: str = NEW
    of: tuple[UUID, ...] = ()
    after: InboxCursor | None = None

    @property
    def filter(self) -> ShareFilter:
        shown = _FILTERS[self.show]
        return msgspec.structs.replace(shown, links=self.of) if self.of else shown


def read_query(asked: FormData) -> InboxQuery | tuple[FieldError, ...]:
    """What cannot be read is a fault: as if it was not there, it would show other patients than were asked for."""
    declared = {"show": tuple(_FILTERS), **many_of("of"), **fields_of("after", "done", "about", "typed")}
    links, after = tuple(map(_key, dict.fromkeys(asked.many("of")))), asked.one("after")
    cursor = _cursor(after)
    unread = [name for name, bad in (("of", None in links), ("after", after and cursor is None)) if bad]
    words = _("We cannot read this. Open the inbox again.")
    faults = (*undeclared(asked, declared), *(FieldError(name, words) for name in unread))
    return faults or InboxQuery(show=asked.one("show") or NEW, of=tuple(filter(None, links)), after=cursor)


def read_shared(name: str) -> tuple[str, FileKind | None]:
    """The key of a share, and which of its files an address asks for; None for its page."""
    kind = next((one for one in _FILES if name.endswith(one.ending)), None)
    return (name.removesuffix(kind.ending), kind) if kind else (name, None)


def address_of(query: InboxQuery) -> str:
    words = [("show", query.show)] if query.show != NEW or query.of else []
    words += [("of", str(one)) for one in query.of]
    if query.after:
        words.append(("after", f"{query.after.rank}.{int(query.after.seen)}.{query.after.id}"))
    return f"/practice?{urlencode(words)}" if words else "/practice"


def cursor_of(share: ListedShare) -> InboxCursor:
    return InboxCursor(rank=share.rank, seen=share.seen, id=share.id)


def fitting(links: Iterable[Link], typed: str) -> tuple[Link, ...]:
    wanted = search_key(typed)
    return tuple(one for one in links if wanted and wanted in search_key(one.alias))


def not_found_words(typed: str, found: int) -> str:
    """Why a search shows no list: nothing, or too much, was `found`."""
    if found:
        return _("More than 20 links match. Type more of the name.")
    return _("No link matches.") if search_key(typed) else _("Type a name you gave a link, or part of it.")


def file_subject() -> str:
    return _("A record of a patient’s own answers")


def _cursor(text: str) -> InboxCursor | None:
    rank, _dot, rest = text.partition(".")
    seen, _dot, id = rest.partition(".")
    key = _key(id)
    if key is None or rank not in map(str, range(REST + 1)) or seen not in ("0", "1"):
        return None
    return InboxCursor(rank=int(rank), seen=seen == "1", id=key)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
