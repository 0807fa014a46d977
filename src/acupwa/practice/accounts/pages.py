"""What the pages of the accounts show. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar

import msgspec

from acupwa.practice.accounts.door_page import shut_words
from acupwa.practice.accounts.forms import TypedInvitation
from acupwa.practice.accounts.model import (
    Clinic,
    OneTimeKind,
    Passkey,
    Practitioner,
    Role,
    ShutDoor,
    SignedIn,
    SignIn,
    WayBack,
)
from acupwa.practice.accounts.namesakes import name_fault
from acupwa.practice.accounts.nav import Entry, Nav, more_entries, nav_of
from acupwa.practice.accounts.rules import CARD_COLOURS
from acupwa.practice.accounts.zones import zone_options
from acupwa.web.forms import FieldError
from acupwa.wording import date_words, filled, ngettext
from acupwa.wording import gettext as _


class SignInPage(msgspec.Struct, frozen=True, kw_only=True):
    """`ready` is false while no account was ever made here. `shut` says why nobody can sign in by this browser.

    `back` goes along in every form. `ended` says that the sign-in of before is over.
    """

    template: ClassVar[str] = "practice/sign_in.html"
    title: str
    ready: bool = True
    email: str = ""
    back: WayBack = WayBack()
    ended: bool = False
    shut: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()


class SignInCodePage(SignInPage, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/code.html"


class ForgotPage(msgspec.Struct, frozen=True, kw_only=True):
    """`by_mail`: whether this server sends mail. `sent`: what was asked for is on its way, if there is such an account."""

    template: ClassVar[str] = "practice/forgot.html"
    title: str
    by_mail: bool
    email: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()


class SignInLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    words: str
    own: bool


class AccountPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/account.html"
    title: str
    nav: Nav
    email: str
    name: str
    by_app: bool
    passkeys: tuple[Passkey, ...]
    sign_ins: tuple[SignInLine, ...]
    code: str = ""
    errors: tuple[FieldError, ...] = ()


class MorePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the bar has no room for."""

    template: ClassVar[str] = "practice/more.html"
    title: str
    nav: Nav
    entries: tuple[Entry, ...]


class PeoplePage(msgspec.Struct, frozen=True, kw_only=True):
    """`link` is a new one-time link, shown once. `email`, `name` and `role`: as they were typed."""

    template: ClassVar[str] = "practice/people.html"
    title: str
    nav: Nav
    people: tuple[Practitioner, ...]
    own: str
    email: str = ""
    name: str = ""
    role: Role = "practitioner"
    link: str = ""
    link_for: str = ""
    mailed: bool = False
    errors: tuple[FieldError, ...] = ()


class ClinicPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/clinic.html"
    title: str
    nav: Nav
    clinic: Clinic
    colours: tuple[tuple[str, str], ...]
    zones: tuple[tuple[str, str], ...]
    errors: tuple[FieldError, ...] = ()


def sign_in_page(
    *,
    ready: bool = True,
    email: str = "",
    fault: str = "",
    back: WayBack = WayBack(),
    ended: bool = False,
    shut: ShutDoor | None = None,
) -> SignInPage:
    return SignInPage(
        title=_("Sign in again") if ended else _("Practitioner sign-in"),
        ready=ready,
        email=email,
        back=back,
        ended=ended,
        shut=shut_words(shut),
        errors=(FieldError("email", fault),) if fault else (),
    )


def code_page(fault: str = "", *, back: WayBack = WayBack(), shut: ShutDoor | None = None) -> SignInCodePage:
    return SignInCodePage(
        title=_("Sign in with a code"),
        back=back,
        shut=shut_words(shut),
        errors=(FieldError("code", fault),) if fault else (),
    )


def forgot_page(*, by_mail: bool, email: str = "", sent: bool = False, fault: str = "") -> ForgotPage:
    errors = (FieldError("email", fault),) if fault else ()
    return ForgotPage(title=_("A new password"), by_mail=by_mail, email=email, sent=sent, errors=errors)


def mail_words(kind: OneTimeKind, clinic: str, link: str) -> tuple[str, str]:
    """Subject and text of the mail with a one-time link."""
    if kind == "invitation":
        subject = _("Your account at {clinic}")
        text = _(
            "{clinic} works with Acupwa and made an account for you.\n\n"
            "Open this link to choose a password. It works once, for seven days:\n{link}\n\n"
            "If you do not know them, do nothing."
        )
    else:
        subject = _("A new password for Acupwa")
        text = _(
            "Someone asked for a new password for your account at {clinic}.\n\n"
            "If it was you, open this link. It works once, for one day:\n{link}\n\n"
            "If it was not you, do nothing: your password stays the same."
        )
    words = {"clinic": clinic, "link": link}
    return filled(subject, **words), filled(text, **words) + "\n"


def wrong_words() -> str:
    return _("The email address and password do not match. Check both and try again.")


def wrong_code_words() -> str:
    return _("This code does not work. It may be mistyped, already used, or older than ten minutes.")


def wait_words(seconds: int) -> str:
    minutes = max(1, math.ceil(seconds / 60))
    return ngettext(
        "There were many wrong tries. Please wait {n} minute, then try again.",
        "There were many wrong tries. Please wait {n} minutes, then try again.",
        minutes,
    ).format(n=minutes)


def no_address_words() -> str:
    return _("Type an email address, such as name@example.org.")


def address_taken_words() -> str:
    return _("This address cannot be added. If they already work here, make a new link below.")


def not_your_password_words() -> str:
    return _("That is not your current password.")


def unknown_passkey_words() -> str:
    return _("This passkey does not match an account here.")


def account_page(
    signed_in: SignedIn,
    passkeys: Sequence[Passkey],
    sign_ins: Sequence[SignIn],
    *errors: FieldError,
    code: str = "",
    name: str | None = None,
) -> AccountPage:
    """`name` as it was typed."""
    return AccountPage(
        title=_("Your account"),
        nav=nav_of(signed_in),
        email=signed_in.practitioner.email,
        name=signed_in.practitioner.name if name is None else name,
        by_app=signed_in.practitioner.by_app,
        passkeys=tuple(passkeys),
        sign_ins=tuple(_sign_in_line(one) for one in sign_ins),
        code=code,
        errors=errors,
    )


def more_page(signed_in: SignedIn) -> MorePage:
    return MorePage(title=_("More"), nav=nav_of(signed_in), entries=more_entries(signed_in))


def people_page(
    signed_in: SignedIn,
    people: Sequence[Practitioner],
    *errors: FieldError,
    email: str = "",
    name: str = "",
    role: Role = "practitioner",
    link: str = "",
    link_for: str = "",
    mailed: bool = False,
) -> PeoplePage:
    return PeoplePage(
        title=_("People of the clinic"),
        nav=nav_of(signed_in),
        people=tuple(people),
        own=str(signed_in.practitioner.id),
        email=email,
        name=name,
        role=role,
        link=link,
        link_for=link_for,
        mailed=mailed,
        errors=errors,
    )


def not_invited_page(signed_in: SignedIn, people: Sequence[Practitioner], typed: TypedInvitation) -> PeoplePage:
    fault = name_fault(typed.name, typed.email, people) if typed.email else None
    fault = fault or FieldError("email", address_taken_words() if typed.email else no_address_words())
    return typed_people_page(signed_in, people, typed, fault)


def typed_people_page(
    signed_in: SignedIn, people: Sequence[Practitioner], typed: TypedInvitation, *errors: FieldError
) -> PeoplePage:
    return people_page(signed_in, people, *errors, email=typed.typed, name=typed.name, role=typed.role)


def clinic_page(signed_in: SignedIn, clinic: Clinic, *errors: FieldError) -> ClinicPage:
    names = {"teal": _("Green"), "blue": _("Blue"), "plum": _("Plum"), "brown": _("Brown"), "ink": _("Black on white")}
    return ClinicPage(
        title=_("The clinic"),
        nav=nav_of(signed_in),
        clinic=clinic,
        colours=tuple((key, names[key]) for key in CARD_COLOURS),
        zones=zone_options(clinic.time_zone),
        errors=errors,
    )


def _sign_in_line(one: SignIn) -> SignInLine:
    words = _("{browser}, since {first}, last here on {last}").format(
        browser=one.browser or _("A browser"), first=date_words(one.created_at), last=date_words(one.seen_at)
    )
    return SignInLine(id=str(one.id), words=words, own=one.own)
