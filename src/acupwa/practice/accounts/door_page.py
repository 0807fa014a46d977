"""What is said at the door when it does not open: to this browser, or by this link. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.practice.accounts.model import ShutDoor, Unusable
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _


class UnusableLinkPage(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time link that opens no more: what happened, and what to do."""

    template: ClassVar[str] = "practice/unusable_link.html"
    title: str
    says: str


def shut_words(shut: ShutDoor | None) -> tuple[str, ...]:
    """Why nobody can sign in, and what to do; nothing was used up by trying."""
    if shut == "no-https":
        return (
            _("You cannot sign in at this address: it begins with http, not https. A browser keeps no sign-in there."),
            _("Nothing was used up: a link or a code that you have still works at an address that begins with https."),
            _(
                "Ask the person who runs this server for its https address. On the server itself, an address that "
                "begins with http://localhost works too."
            ),
        )
    if shut == "no-cookies":
        return (
            _("Your browser did not keep our cookie, so it would not keep a sign-in either. Nothing was used up."),
            _("Allow cookies for this site in the settings of your browser, open this page again, and sign in."),
        )
    return ()


def passkey_fault() -> FieldError:
    return FieldError("passkey", _("The passkey was not added. Please try again."))


def unusable_link_page(why: Unusable | None) -> UnusableLinkPage:
    says = {
        "used": _("This link was used already. It works once."),
        "expired": _("This link is past its time. An invitation works for seven days, a new password for one day."),
        None: _("This link does not open. A newer one may have taken its place, or a letter of it is missing."),
    }[why]
    return UnusableLinkPage(title=_("This link does not open"), says=says)
