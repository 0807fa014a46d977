"""The page of a one-time link: a password to choose, and the other ways in that end with it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

import msgspec

from acupwa.practice.accounts.door_page import shut_words
from acupwa.practice.accounts.model import OneTime, Passkey, ShutDoor, WaysIn
from acupwa.web.forms import FieldError
from acupwa.wording import date_words, ngettext
from acupwa.wording import gettext as _


class WelcomePage(msgspec.Struct, frozen=True, kw_only=True):
    """`passkeys` are those that there are, to be ticked; `keep` those that were ticked. `sign_ins` is a sentence."""

    template: ClassVar[str] = "practice/welcome.html"
    title: str
    email: str
    clinic: str
    name: str
    action: str
    passkeys: tuple[tuple[str, str], ...] = ()
    keep: tuple[str, ...] = ()
    sign_ins: str = ""
    by_app: bool = False
    shut: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()


def welcome_page(
    link: OneTime,
    ways: WaysIn,
    action: str,
    name: str | None = None,
    keep: Collection[str] = (),
    fault: FieldError | None = None,
    shut: ShutDoor | None = None,
) -> WelcomePage:
    """`name` as it was typed; before that, the one that is known."""
    who = link.practitioner
    return WelcomePage(
        title=_("Choose a password"),
        email=who.email,
        clinic=link.clinic.name,
        name=who.name if name is None else name,
        action=action,
        passkeys=tuple((str(one.id), _passkey_words(one)) for one in ways.passkeys),
        keep=tuple(str(one.id) for one in ways.passkeys if str(one.id) in keep),
        sign_ins=_sign_in_words(ways.sign_ins),
        by_app=who.by_app,
        shut=shut_words(shut),
        errors=(fault,) if fault else (),
    )


def keep_fault() -> FieldError:
    words = _(
        "Your clinic asks for a passkey as well as a password. Tick one you still have. Lost them all? "
        "Ask another owner of your clinic for a new link, or the person who runs your server."
    )
    return FieldError("keep", words)


def _passkey_words(one: Passkey) -> str:
    words = _("{name}, added on {day}, last used on {last}") if one.used_at else _("{name}, added on {day}")
    last = date_words(one.used_at) if one.used_at else ""
    return words.format(name=one.name or _("A passkey"), day=date_words(one.created_at), last=last)


def _sign_in_words(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{n} browser is signed in. It is signed out when you keep the new password.",
        "{n} browsers are signed in. They are signed out when you keep the new password.",
        count,
    ).format(n=count)
