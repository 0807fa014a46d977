"""Where a preview leads on once there is nothing more to choose: it was shared, taken back, or not shared. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.practice.links.model import Ended
from acupwa.practice.links.rules import ended_words
from acupwa.practice.sharing.shares.model import Settled, Share
from acupwa.wording import date_words, filled
from acupwa.wording import gettext as _


class SettledPage(msgspec.Struct, frozen=True, kw_only=True):
    """`own` is the address of the patient's copy, empty where nothing was shared; `results` that of the summary."""

    template: ClassVar[str] = "practice/settled.html"
    title: str
    says: tuple[str, ...]
    results: str
    own: str = ""
    open: bool = False


def settled_page(settled: Settled) -> SettledPage:
    share, results = settled.share, f"/results/{settled.check_in_id}"
    if share is None:
        return SettledPage(title=_("These answers are not shared"), says=_not_shared(settled.ended), results=results)
    title = _("You withdrew this from {clinic}") if share.withdrawn_at else _("You shared this with {clinic}")
    return SettledPage(
        title=filled(title, clinic=share.copy.clinic),
        says=(_shared(share),),
        results=results,
        own=f"/me/shares/{share.id}",
        open=share.withdrawn_at is None,
    )


def _shared(share: Share) -> str:
    if share.withdrawn_at:
        words = _("You shared it on {day} and withdrew it on {end}. The clinic can no longer open it.")
    else:
        words = _("You shared it on {day}. The clinic can see what you left in until {end}.")
    return words.format(day=date_words(share.created_at), end=date_words(share.withdrawn_at or share.ends_at))


def _not_shared(why: Ended | None) -> tuple[str, ...]:
    if why:
        return _("Nothing went to the clinic."), ended_words(why)
    return (
        _("You chose not to share them, or the clinic no longer asks for them. Nothing went to the clinic."),
        _("Changed your mind? Open the clinic’s link again, or ask them for a new one, and check in again."),
    )
