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
            _(
                "You cannot sign in at this address, because it starts with http, not https. Browsers do not keep a sign-in there."
            ),
            _("Nothing was used up: your link or code still works at an address that starts with https."),
            _(
                "Ask the person who runs your server for its https address. On the server itself, an address that "
                "begins with http://localhost works too."
            ),
        )
    if shut == "no-cookies":
        return (
            _("Your browser did not keep our cookie, so it cannot keep you signed in. Nothing was used up."),
            _("Allow cookies for this site in your browser settings, open this page again, and sign in."),
        )
    return ()


def passkey_fault() -> FieldError:
    return FieldError("passkey", _("The passkey was not added. Please try again."))


def unusable_link_page(why: Unusable | None) -> UnusableLinkPage:
    says = {
        "used": _("This link has already been used. It works once."),
        "expired": _("This link has expired. An invitation works for seven days, a new password link for one day."),
        None: _("This link does not work. A newer one may have replaced it, or part of it is missing."),
    }[why]
    return UnusableLinkPage(title=_("This link does not work"), says=says)
