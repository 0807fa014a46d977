"""What stands at the top of every page of a practitioner: the clinic, who they are, what an owner has besides. Pure."""

from __future__ import annotations

import msgspec

from acupwa.practice.accounts.done_words import NOTHING, Done, done_of
from acupwa.practice.accounts.model import SignedIn


class Nav(msgspec.Struct, frozen=True, kw_only=True):
    """`whose` page it is, by their key: its forms say it, so that nobody who signs in later sends them as their own."""

    whose: str
    clinic: str
    name: str
    owner: bool
    done: Done = NOTHING


def nav_of(signed_in: SignedIn) -> Nav:
    who = signed_in.practitioner
    return Nav(
        whose=str(who.id),
        clinic=signed_in.clinic.name,
        name=who.shown_name,
        owner=who.is_owner,
        done=done_of(signed_in.done, signed_in.about),
    )
