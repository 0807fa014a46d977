"""What is not there any more, for whoever works here or shared here: calm words, what was typed, the way on. Pure.

What never was there looks the same.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.wording import gettext as _

_SHARES = "/practice/inbox/"


class NotHerePage(msgspec.Struct, frozen=True, kw_only=True):
    """For a practitioner. `typed` is what was typed, by field; `not_kept` all that a press by htmx gets."""

    template: ClassVar[str] = "practice/not_here.html"
    title: str
    nav: Nav
    says: str
    not_kept: str
    typed: tuple[tuple[str, str], ...] = ()


class OwnNotHerePage(msgspec.Struct, frozen=True, kw_only=True):
    """For a patient."""

    template: ClassVar[str] = "practice/own_not_here.html"
    title: str
    says: str
    not_kept: str


def not_here_page(signed_in: SignedIn, path: str, typed: tuple[tuple[str, str], ...], *, sent: bool) -> NotHerePage:
    """`sent`: something was to be done, and was not."""
    nothing = _("Nothing was saved or sent.") if sent else ""
    if path.startswith(_SHARES):
        title = _("This person no longer shares these answers")
        says = _("They withdrew them, or the time you could see them for is over.")
        not_kept = _("Not saved: this person no longer shares these answers.")
    else:
        title = _("This is not here any more")
        says = _("It may have been removed or closed, or only the owner of your clinic may do it.")
        not_kept = _("Not saved: this is not here any more, or only the owner of your clinic may do it.")
    says = f"{says} {nothing}".rstrip()
    return NotHerePage(title=title, nav=nav_of(signed_in), says=says, not_kept=not_kept, typed=typed)


def own_not_here_page() -> OwnNotHerePage:
    return OwnNotHerePage(
        title=_("This is not here any more"),
        says=_(
            "The clinic may have sent something newer or closed its link, or you withdrew or deleted what you shared."
        ),
        not_kept=_("Not saved: this is not here any more."),
    )
