"""Which of two writes of a screen is the newer one, and what becomes of the older. Pure.

A screen is written by drafts, which save by themselves, and by presses of a button. They come from several pages and
phones, and the network may hold back any of them, so that the order in which they arrive says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal

import msgspec

from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.model import STAMP_FIELDS, UNWRITTEN, Answers, Write, Writes
from acupwa.sentences import say
from acupwa.web.forms import FieldError, FormData

VERSION, OPENED, MADE = STAMP_FIELDS
_LONGEST_NUMBER = 15
_TICKED_ON = {"about-you": "conditions", "before-needles": "precautions"}


class PageStamp(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says of itself: the version that it was made from, when it was opened, when it was sent.

    `from_our_page` is false for whoever sends answers without a page of ours, and for pages of an earlier release.
    """

    from_our_page: bool = True
    version: int = 0
    opened: int = 0
    made: int = 0


PressOutcome = Literal["take", "drop", "ask"]


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def read_stamp(form: FormData, now: datetime) -> PageStamp:
    """Pages of an earlier release and those without scripts leave some out; what is no number counts as left out."""
    version, opened, made = (_number(form.last.get(name, "")) for name in STAMP_FIELDS)
    return PageStamp(
        from_our_page=VERSION in form.last, version=version, opened=opened, made=min(made, milliseconds(now))
    )


def last_write(writes: Writes, screen: str) -> Write:
    return writes.get(screen, UNWRITTEN)


def takes_draft(last: Write, stamp: PageStamp) -> bool:
    """Only from a page that shows the newest write, or that made it and made this one later.

    A page that has once said when a draft was made always says it: one that does not is from before.
    """
    return stamp.made >= last.made if _is_own(last, stamp) else stamp.version == last.version


def weigh_press(last: Write, stamp: PageStamp, stored: Collection[str], asked: Collection[str]) -> PressOutcome:
    """What becomes of a press that would leave the danger signs `asked` where `stored` are stored.

    A press is an explicit act, so it counts, unless a newer write is stored. Two cases are asked about again: it would
    take off a sign that its page has never shown, or it came too late and ticks a sign that nobody would hear of.
    Who names no version could never answer that, so their press counts.
    """
    if not stamp.from_our_page:
        return "take"
    late = 0 < stamp.made < last.made
    if _is_own(last, stamp):
        return "drop" if late else "take"
    if stamp.version == last.version:
        return "take"
    if late:
        return "ask" if set(asked) - set(stored) else "drop"
    return "ask" if set(stored) - set(asked) else "take"


def version_shown_again(last: Write, stamp: PageStamp) -> int:
    """The version of a page that shows a form with faults again: no newer than what the form was made from."""
    return last.version if _is_own(last, stamp) else stamp.version


def write_of_draft(last: Write, stamp: PageStamp) -> Write:
    """A version that no other open page shows. A page that does not say which one it is would not be known again."""
    version = last.version + 1 if stamp.opened else last.version
    return Write(version, stamp.opened, stamp.version, stamp.made)


def write_of_press(last: Write, stamp: PageStamp) -> Write:
    return _pressed(last.version + 1, stamp.made)


def write_of_dropped_press(last: Write, stamp: PageStamp) -> Write:
    """Its answers are too late. That someone went on is not: drafts on another page no longer change what they saw."""
    return last if _is_own(last, stamp) else _pressed(last.version + 1, last.made)


def writes_of_replacing(writes: Writes, screens: Iterable[str]) -> dict[str, Write]:
    """All answers came from elsewhere: no open page shows them."""
    return {screen: _pressed(last_write(writes, screen).version + 1) for screen in screens}


def ask_again(read: FormAnswers, stored: Answers, screen: str) -> FormAnswers:
    """The form with what is ticked here and what is stored, and why it comes back."""
    asked = read.answers
    both = msgspec.structs.replace(
        asked,
        **{
            name: tuple(dict.fromkeys((*getattr(stored, name), *getattr(asked, name))))
            for name in ("red_flags", "precautions", "unsure", "groups", "conditions")
        },
        none_right_now=False,
        none_lately=False,
        none_before_needles=False,
    )
    message = say("quiz.faults.answered_elsewhere")
    return msgspec.structs.replace(
        read, answers=both, errors=(FieldError(_TICKED_ON.get(screen, "red_flags"), message),)
    )


def _is_own(last: Write, stamp: PageStamp) -> bool:
    """Whether the newest write is a draft of the very page that sends now."""
    return (stamp.opened, stamp.version) == (last.page, last.base)


def _pressed(version: int, made: int = 0) -> Write:
    return Write(version, 0, version, made)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0
