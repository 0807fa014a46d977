"""What stands at the top of every page of a practitioner, and their own bar in place of that of patients. Pure."""

from __future__ import annotations

import msgspec

from acupwa.practice.accounts.done_words import NOTHING, Done, done_of
from acupwa.practice.accounts.model import SignedIn
from acupwa.wording import gettext as _


class Nav(msgspec.Struct, frozen=True, kw_only=True):
    """`whose` page it is, by their key: its forms say it, so that nobody who signs in later sends them as their own."""

    whose: str
    done: Done = NOTHING


class Entry(msgspec.Struct, frozen=True):
    """`icon` is that of the bar; `under` are the addresses at and under which it is lit."""

    href: str
    words: str
    icon: str = ""
    under: tuple[str, ...] = ()


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """`lit` is the entry of the page that is shown."""

    clinic: str
    name: str
    entries: tuple[Entry, ...]
    lit: Entry | None


def nav_of(signed_in: SignedIn) -> Nav:
    return Nav(whose=str(signed_in.practitioner.id), done=done_of(signed_in.done, signed_in.about))


def bar_of(signed_in: SignedIn, path: str) -> Bar:
    entries = _bar_entries()
    lit = next((one for one in entries if path == one.href or path.startswith(one.under)), None)
    return Bar(
        clinic=signed_in.clinic.name,
        name=signed_in.practitioner.shown_name,
        entries=entries,
        lit=lit,
    )


def more_entries(signed_in: SignedIn) -> tuple[Entry, ...]:
    own = (Entry("/practice/links#links", _("All links")), Entry("/practice/account", _("Account")))
    return own + (_owner_entries() if signed_in.practitioner.is_owner else ())


def _bar_entries() -> tuple[Entry, ...]:
    """At most five: on a phone they stand side by side."""
    more = ("/practice/more", "/practice/account", *(one.href for one in _owner_entries()))
    return (
        Entry("/practice", _("Inbox"), "inbox", ("/practice/inbox",)),
        Entry("/practice/links", _("New link"), "link", ("/practice/links",)),
        Entry("/practice/more", _("More"), "more", more),
    )


def _owner_entries() -> tuple[Entry, ...]:
    return (
        Entry("/practice/people", _("People")),
        Entry("/practice/clinic", _("Clinic")),
        Entry("/practice/trail", _("Activity log")),
    )
