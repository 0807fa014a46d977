"""What a link may be, whether it still opens, what is said of it. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import msgspec

from acupwa.person.codes import read_letters
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.links.model import Ended, Interval, Link
from acupwa.quiz.follow_up import can_follow_up
from acupwa.quiz.model import CheckIn
from acupwa.wording import gettext as _
from acupwa.wording import ngettext

# 44 bits: who guesses one of ten thousand finds the name of a clinic, and could use up a link that is for one person.
# `/l/` and the code leave 26 of 40 characters for the name of the server.
CODE_LENGTH = 11
# A longer part of an address is printed smaller: it must stand whole on a line of the card.
LONG_PART = 34
# As they were until 0.9: they stand on printed cards.
OLD_CODE_LENGTH = 8
# Of buttons pressed at links that are none, from one place, before the next one waits. A right one always opens.
TRIES_BY_PLACE, TRIES_WITHIN = 20, timedelta(hours=1)
ALIAS_LENGTH, NOTE_LENGTH = 40, 500
SHARE_DAYS = (90, 365, 730)
JUST_NOW = timedelta(minutes=1)
LAST_DAYS = (7, 30, 90, 365)
INTERVALS = (
    *(Interval(every=n, unit="weeks") for n in (2, 4, 6, 8, 12)),
    *(Interval(every=n, unit="sessions") for n in (1, 2, 4, 5, 8, 10)),
)


def read_link_codes(typed: str) -> tuple[str, ...]:
    """The code in an address, however it was copied there, as long as they are now or were once; none if it can be none."""
    return tuple(code for n in (CODE_LENGTH, OLD_CODE_LENGTH) if (code := read_letters(typed, n)))


def ended(link: Link, now: datetime, *, own: bool = False) -> Ended | None:
    """Why it does not open any more. A personal link is `own` for the one who opened it first."""
    if link.revoked_at is not None or link.sender_left:
        return "withdrawn"
    if link.expires_at is not None and link.expires_at <= now:
        return "expired"
    if link.kind == "personal" and not own and (link.opened or link.done):
        return "used"
    return None


def ended_words(why: Ended | None) -> str:
    """To a patient; None: there is no such link."""
    return {
        "withdrawn": _("The clinic has closed this link. Ask them for a new one if you need it."),
        "expired": _("This link has expired. Ask the clinic for a new one if you need it."),
        "used": _("This link was for one person, and it has already been used. Ask the clinic for another one."),
        None: _("We cannot find a link with these letters. Check the card again, letter by letter."),
    }[why]


def first_step(link: Link, latest: CheckIn | None) -> str:
    """Where whoever opens it goes on: a follow-up needs a check-in to follow up."""
    return "/check-in" if link.variant == "follow-up" and can_follow_up(latest) else "/quiz"


def status_words(link: Link, now: datetime) -> str:
    """How far it got, without any answer."""
    gone = ended(link, now, own=True)
    if link.kind == "personal":
        how_far = _("done") if link.done else _("started") if link.opened else _("not opened")
    elif not link.opened:
        how_far = _("not opened")
    else:
        how_far = _("{opened}, {done}").format(
            opened=ngettext("{n} started", "{n} started", link.opened).format(n=link.opened),
            done=ngettext("{n} done", "{n} done", link.done).format(n=link.done),
        )
    words = {"withdrawn": _("withdrawn"), "expired": _("expired")}
    return f"{how_far} · {words[gone]}" if gone in words else how_far


def just_made(signed_in: SignedIn, link: Link, now: datetime) -> SignedIn:
    """That it was made is what they have just done, on its own page: for a minute, as its address has no word of it."""
    if signed_in.done or ended(link, now) or now - link.created_at >= JUST_NOW:
        return signed_in
    return msgspec.structs.replace(signed_in, done="link-made")


def again_words(again: Interval) -> str:
    if again.unit == "weeks":
        return ngettext("after {n} week", "after {n} weeks", again.every).format(n=again.every)
    return ngettext("after {n} session", "after {n} sessions", again.every).format(n=again.every)


def expiry(now: datetime, days: int) -> datetime | None:
    """0 days: no end."""
    return now + timedelta(days=days) if days else None


def typed_parts(address: str) -> tuple[str, ...]:
    """What somebody types, in the parts between which paper may break it: a name or a code that is cut in two is
    typed with a hyphen or a space.
    """
    return tuple(re.findall(r"[^/.]*[/.]|[^/.]+$", address.partition("://")[2]))
