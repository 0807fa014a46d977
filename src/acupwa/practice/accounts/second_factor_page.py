"""An app for codes: set up in one's account or at the door, and asked for after the password. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.practice.accounts.model import AppOffer, HalfIn, Practitioner, SignedIn
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.practice.accounts.second_factor import app_address, shown_secret
from acupwa.web.confirm_page import ConfirmPage
from acupwa.web.forms import FieldError
from acupwa.web.qr import QrPicture, qr_picture
from acupwa.wording import filled
from acupwa.wording import gettext as _


class AppSetUp(msgspec.Struct, frozen=True, kw_only=True):
    """What an app takes: the picture, or the letters to type. `offer` goes along, sealed."""

    qr: QrPicture
    letters: str
    offer: str


class SecondFactorPage(msgspec.Struct, frozen=True, kw_only=True):
    """In one's account. `on`: it is set up already."""

    template: ClassVar[str] = "practice/second_factor.html"
    title: str
    nav: Nav
    on: bool
    set_up: AppSetUp
    errors: tuple[FieldError, ...] = ()


class SecondPage(msgspec.Struct, frozen=True, kw_only=True):
    """After the password. `set_up` where there is nothing yet to show. `next`: where to go on."""

    template: ClassVar[str] = "practice/second.html"
    title: str
    next: str
    by_app: bool
    by_passkey: bool
    set_up: AppSetUp | None
    errors: tuple[FieldError, ...] = ()


def second_factor_page(signed_in: SignedIn, offer: AppOffer, *errors: FieldError) -> SecondFactorPage:
    who = signed_in.practitioner
    return SecondFactorPage(
        title=_("Authenticator app"),
        nav=nav_of(signed_in),
        on=who.by_app,
        set_up=_set_up(offer, who),
        errors=errors,
    )


def second_page(half: HalfIn, offer: AppOffer | None, next: str, *errors: FieldError) -> SecondPage:
    who = half.practitioner
    return SecondPage(
        title=_("One more step: make your sign-in safer") if half.sets_up else _("One more step"),
        next=next,
        by_app=who.by_app,
        by_passkey=half.passkeys > 0,
        set_up=_set_up(offer, who) if offer and half.sets_up else None,
        errors=errors,
    )


def confirm_app_off() -> ConfirmPage:
    return ConfirmPage(
        title=_("Remove the authenticator app?"),
        lines=(
            _("After that, anyone with your password can sign in with it alone."),
            _("You can set up an app again at any time."),
        ),
        yes=_("Yes, remove it"),
        action="/practice/account/second-factor/off",
        back="/practice/account",
    )


def confirm_app_off_of(who: Practitioner) -> ConfirmPage:
    return ConfirmPage(
        title=filled(_("Remove the authenticator app of {who}?"), who=who.shown_name),
        lines=(
            _(
                "Do this if they have lost the phone with the app. Make sure it is really them: call them, or see them in person."
            ),
            _("They are signed out everywhere straight away. Their password stays, and needs no code."),
        ),
        yes=_("Yes, remove it"),
        action=f"/practice/people/{who.id}/second-factor",
        back="/practice/people",
    )


def still_needed_words() -> str:
    return _("Your clinic asks for an app or a passkey. Add a passkey first, then you can remove the app.")


def offer_over_words() -> str:
    return _("The picture has expired. Here is a new one: scan it again.")


def _set_up(offer: AppOffer, who: Practitioner) -> AppSetUp:
    address = app_address(offer.secret, who.email)
    return AppSetUp(qr=qr_picture(address), letters=shown_secret(offer.secret), offer=offer.sealed)
