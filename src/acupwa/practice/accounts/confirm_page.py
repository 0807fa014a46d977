"""Asked once before something goes that nobody can bring back. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.practice.accounts.model import Passkey, Practitioner, SignedIn, SignIn
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.wording import date_words
from acupwa.wording import gettext as _


class ConfirmPage(msgspec.Struct, frozen=True, kw_only=True):
    """`action` is where the yes is sent, `back` where the no leads."""

    template: ClassVar[str] = "practice/confirm.html"
    title: str
    nav: Nav
    lines: tuple[str, ...]
    yes: str
    action: str
    back: str


def confirm_page(
    signed_in: SignedIn, title: str, lines: tuple[str, ...], yes: str, action: str, back: str
) -> ConfirmPage:
    return ConfirmPage(title=title, nav=nav_of(signed_in), lines=lines, yes=yes, action=action, back=back)


def confirm_removal(signed_in: SignedIn, who: Practitioner) -> ConfirmPage:
    return confirm_page(
        signed_in,
        _("Remove {who}?").format(who=who.shown_name),
        (
            _("{who} is signed out everywhere at that moment. Their links close, and what they sent is gone.").format(
                who=who.shown_name
            ),
            _("To come back they need a new invitation, and begin anew."),
        ),
        _("Yes, remove"),
        f"/practice/people/{who.id}/remove",
        "/practice/people",
    )


def confirm_passkey(signed_in: SignedIn, passkey: Passkey) -> ConfirmPage:
    name = passkey.name or _("A passkey")
    return confirm_page(
        signed_in,
        _("Remove this passkey?"),
        (
            _("{name}, added on {day}.").format(name=name, day=date_words(passkey.created_at)),
            _("It opens your account no more. On that device you can add a new one at any time."),
        ),
        _("Yes, remove it"),
        f"/practice/account/passkeys/{passkey.id}/remove",
        "/practice/account",
    )


def confirm_end(signed_in: SignedIn, one: SignIn) -> ConfirmPage:
    words = _("{browser}, since {first}, last here on {last}.").format(
        browser=one.browser or _("A browser"), first=date_words(one.created_at), last=date_words(one.seen_at)
    )
    return confirm_page(
        signed_in,
        _("End this sign-in?"),
        (words, _("Whoever uses it has to sign in again. What was not saved there is kept for them for an hour.")),
        _("Yes, end it"),
        f"/practice/account/sign-ins/{one.id}/end",
        "/practice/account",
    )


def confirm_end_others(signed_in: SignedIn) -> ConfirmPage:
    return confirm_page(
        signed_in,
        _("End all your other sign-ins?"),
        (_("Only this browser stays signed in. On every other one you have to sign in again."),),
        _("Yes, end them"),
        "/practice/account/sign-ins/end-others",
        "/practice/account",
    )
