"""The pages that ask before something is deleted for good. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.mydata.check_in_line import check_in_words, delete_address
from acupwa.quiz.model import CheckIn
from acupwa.sentences import say
from acupwa.wording import gettext as _


class ConfirmPage(msgspec.Struct, frozen=True, kw_only=True):
    """Asks before something is deleted for good. `action` is where the yes is sent, `module` what the browser does."""

    template: ClassVar[str] = "mydata/confirm.html"
    title: str
    lines: tuple[str, ...]
    yes: str
    action: str
    first_download: bool
    module: str = ""


class ClearedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Says that the phone holds nothing of ours any more."""

    template: ClassVar[str] = "mydata/cleared.html"
    title: str


def confirm_delete_page(*, subscribed: bool = False) -> ConfirmPage:
    """`subscribed`: a calendar follows the plan, and would go on showing what it has."""
    return ConfirmPage(
        title=_("Delete everything?"),
        lines=(
            _("This deletes your check-ins, your plan, your reading list, your codes, your consent and the cookie."),
            _(
                "What you shared goes too: the clinic can no longer open it. Anything they copied earlier stays with them."
            ),
            _("It is deleted permanently, straight away. No phone can open it any more."),
            *_first_in_calendar(subscribed),
        ),
        yes=_("Yes, delete everything"),
        action="/me/delete",
        first_download=True,
    )


def confirm_withdraw_page(*, subscribed: bool = False) -> ConfirmPage:
    return ConfirmPage(
        title=_("Withdraw your consent?"),
        lines=(
            _("Without your consent we may not keep your answers. So this deletes everything, permanently."),
            _(
                "We keep none of your answers, and no record of your consent. If you shared, the clinic's list still "
                "says that a patient shared, and when, but not who or what. Backup copies may last longer: see Privacy."
            ),
            _("You can still use the reading pages, the emergency signs and the claims check."),
            *_first_in_calendar(subscribed),
        ),
        yes=_("Yes, withdraw it and delete everything"),
        action="/me/delete",
        first_download=True,
    )


def _first_in_calendar(subscribed: bool) -> tuple[str, ...]:
    if not subscribed:
        return ()
    return (
        say("planner.calendar.before_everything"),
        say("planner.calendar.off_apple"),
        say("planner.calendar.off_google"),
        say("planner.calendar.off_outlook"),
    )


def confirm_clear_page(*, holds_key: bool) -> ConfirmPage:
    off = _(
        "This removes everything Acupwa has saved on this phone: saved pages, your own pages, anything you have not finished or sent, and your reading settings."
    )
    key = (
        _(
            "It also removes the key to your answers. The answers stay on our server. They are deleted if nobody opens them for a long time."
        ),
        _("To open them again, you need another phone with access, or a code you made earlier."),
        _("If you no longer need them, go back and delete everything first."),
    )
    return ConfirmPage(
        title=_("Clear this phone?"),
        lines=(off, *key) if holds_key else (off,),
        yes=_("Yes, clear this phone"),
        action="/me/clear",
        first_download=holds_key,
        module="clear-phone",
    )


def confirm_forget_others_page() -> ConfirmPage:
    return ConfirmPage(
        title=_("Remove all other devices?"),
        lines=(
            _("Every other phone and browser loses access to your answers at once. Your answers stay."),
            _("To open them there again, make a code here."),
        ),
        yes=_("Yes, remove the others"),
        action="/me/devices/forget-others",
        first_download=False,
    )


def cleared_page() -> ClearedPage:
    return ClearedPage(title=_("This phone is clear"))


def confirm_delete_one_page(check_in: CheckIn) -> ConfirmPage:
    return ConfirmPage(
        title=_("Delete this check-in?"),
        lines=(
            f"{check_in_words(check_in)}.",
            _("Its answers and notes are deleted permanently. Your other check-ins stay."),
            _("If you shared a copy with a clinic, they keep it until you withdraw it under “What you shared”."),
            _("Later ones will then be compared with the one before it."),
        ),
        yes=_("Yes, delete it"),
        action=delete_address(check_in),
        first_download=False,
    )
