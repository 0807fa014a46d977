"""What a card on Today is made of. Pure."""

from __future__ import annotations

import msgspec

from acupwa.quiz.follow_up import can_follow_up
from acupwa.quiz.model import CheckIn
from acupwa.today.danger_card import DangerCard
from acupwa.wording import gettext as _


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A link to `href`; with `posts` a button that sends `fields` there. `zone`: the phone's zone goes with it.
    `later`: in words what it does, where it can be pressed with no network; `seen` marks what it is about.
    """

    words: str
    href: str
    posts: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    zone: bool = False
    later: str = ""
    seen: str = ""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """`href` is where it is seen to when it is not the next thing. The first of `acts` is the main one, but for `alike`.

    `stop` is what to mind before anything else.
    """

    title: str
    href: str
    lines: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    alike: bool = False
    stop: str = ""
    because: tuple[str, ...] = ()
    danger: DangerCard | None = None


def check_in_again(newest: CheckIn | None, *, confirm: bool = False) -> Act:
    """Begins the short one at once, for whoever can follow something up. `confirm`: with what to know before needles."""
    words = _("Check in again")
    fields: tuple[tuple[str, str], ...] = (("variant", "follow-up"), *((("confirm", "1"),) if confirm else ()))
    if can_follow_up(newest):
        return Act(words=words, href="/quiz", posts=True, fields=fields, zone=True)
    return Act(words=words, href="/quiz")
