"""The pages by which a phone goes to somebody else. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.wording import gettext as _


class SwitchPage(msgspec.Struct, frozen=True, kw_only=True):
    """Says what happens, and how one comes back. `known`: this browser holds a person's key."""

    template: ClassVar[str] = "mydata/switch.html"
    title: str
    known: bool


class SwitchedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Says that the phone holds nothing of theirs any more."""

    template: ClassVar[str] = "mydata/switched.html"
    title: str


def switch_page(*, known: bool) -> SwitchPage:
    return SwitchPage(title=_("Let someone else use this phone"), known=known)


def switched_page() -> SwitchedPage:
    return SwitchedPage(title=_("This phone is ready for someone else"))
