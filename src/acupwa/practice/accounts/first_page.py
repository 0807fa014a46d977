"""The page of the first account of a server, and where its address is found. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.practice.accounts.door_page import shut_words
from acupwa.practice.accounts.model import ShutDoor, TypedFirst
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _


class FirstPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/first.html"
    title: str
    action: str
    clinic: str
    name: str
    email: str
    shut: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()


class FirstElsewherePage(msgspec.Struct, frozen=True, kw_only=True):
    """No first account is made here. `made`: there is one. `asked`: an address was tried that is not the newest.

    `wait` says how long, after many wrong tries.
    """

    template: ClassVar[str] = "practice/first_elsewhere.html"
    title: str
    made: bool
    asked: bool
    wait: str = ""


def first_page(action: str, typed: TypedFirst, *errors: FieldError, shut: ShutDoor | None = None) -> FirstPage:
    return FirstPage(
        title=_("Set up your clinic"),
        action=action,
        clinic=typed.clinic,
        name=typed.name,
        email=typed.typed,
        shut=shut_words(shut),
        errors=errors,
    )


def first_elsewhere_page(*, made: bool, asked: bool, wait: str = "") -> FirstElsewherePage:
    title = _("This clinic is set up already") if made else _("Set up your clinic")
    return FirstElsewherePage(title=title, made=made, asked=asked, wait=wait)
