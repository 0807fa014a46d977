"""The page that asks who is at the keyboard, before a way in changes. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.practice.accounts.model import SignedIn, WayBack
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _


class ProofPage(msgspec.Struct, frozen=True, kw_only=True):
    """`back` goes along in every form. `by_password`, `by_app`: what there is beside a passkey."""

    template: ClassVar[str] = "practice/proof.html"
    title: str
    nav: Nav
    email: str
    back: WayBack
    by_password: bool
    by_app: bool
    errors: tuple[FieldError, ...] = ()


def proof_page(signed_in: SignedIn, back: WayBack, *errors: FieldError) -> ProofPage:
    who = signed_in.practitioner
    return ProofPage(
        title=_("Please confirm it is you"),
        nav=nav_of(signed_in),
        email=who.email,
        back=back,
        by_password=who.has_password,
        by_app=who.by_app,
        errors=errors,
    )


def wrong_app_code_words() -> str:
    return _(
        "This code is not right. It changes every 30 seconds, and each one works once. Type the one your app shows now."
    )
