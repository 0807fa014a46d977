"""An emergency on the summary: the sign, the number to press, and what to say on the phone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from acupwa.library.model import Call, Library, RedFlag
from acupwa.quiz.care import Sign, signs_of
from acupwa.quiz.groups import urgencies_in
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for, phones_of
from acupwa.quiz.model import FOLLOW_UP, Answers, CheckIn
from acupwa.quiz.rules import REVIEW, is_for_someone_else
from acupwa.quiz.safety import EMERGENCY, RaisedFlag
from acupwa.results.signs_elsewhere import ToldIn
from acupwa.sentences import say
from acupwa.wording import list_words


class SignsTold(msgspec.Struct, frozen=True, kw_only=True):
    """Signs of one check-in: `day` when it is another one, and the address at which one ticked by mistake is changed,
    empty where none is.
    """

    signs: tuple[Sign, ...]
    day: date | None = None
    change: str = ""


class RedCard(msgspec.Struct, frozen=True, kw_only=True):
    """`told` are the signs, the own ones first. `say` are lines for the phone call."""

    told: tuple[SignsTold, ...]
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]
    say: tuple[str, ...]

    @property
    def signs(self) -> tuple[Sign, ...]:
        return tuple(sign for told in self.told for sign in told.signs)

    @property
    def steps(self) -> tuple[str, ...]:
        """What to do for the signs, each step once."""
        return tuple(dict.fromkeys(sign.do for sign in self.signs))


def red_card(
    check_in: CheckIn,
    raised: Iterable[RaisedFlag],
    library: Library,
    country: str | None,
    *,
    retired: bool = False,
    told_in: Iterable[ToldIn] = (),
) -> RedCard | None:
    """The card of the emergency signs, ticked or derived; None when there is none.

    `retired`: a sign was ticked that has no words any more. Then the urgency that was stored tells of it. `told_in`:
    other check-ins with signs that stand. `country` is a code, None when not known.
    """
    own, told_in = _urgent(raised), tuple(told_in)
    urgent = (*own, *(one for there in told_in for one in _urgent(there.raised)))
    told = (*_told_here(check_in, own, library), *(one for there in told_in for one in _told_there(there, library)))
    if not urgent:
        told = tuple(_without_words(check_in, told_in, retired=retired))
    if not told:
        return None
    flags = tuple(library.red_flags[one.id] for one in urgent)
    return RedCard(
        told=told,
        call=kinds_of(flags) or ("emergency",),
        phones=phones_for(flags, country, library) or phones_of("emergency", country, library),
        say=_say(flags, check_in.answers, library),
    )


def _urgent(raised: Iterable[RaisedFlag]) -> tuple[RaisedFlag, ...]:
    return tuple(one for one in raised if one.urgency == EMERGENCY)


def _told_here(check_in: CheckIn, urgent: tuple[RaisedFlag, ...], library: Library) -> Iterator[SignsTold]:
    if urgent:
        change = f"/quiz/{check_in.id}/{_screen_of(urgent, check_in, library)}"
        yield SignsTold(signs=signs_of(urgent, library), change=change)


def _told_there(there: ToldIn, library: Library) -> Iterator[SignsTold]:
    for one in _told_here(there.check_in, _urgent(there.raised), library):
        yield SignsTold(signs=one.signs, day=there.day, change=one.change if there.to_change else "")


def _without_words(check_in: CheckIn, told_in: Iterable[ToldIn], *, retired: bool) -> Iterator[SignsTold]:
    sign = Sign(says=say("results.red_card.retired_sign"), do=say("results.red_card.call"))
    if retired and check_in.urgency == EMERGENCY:
        yield SignsTold(signs=(sign,), change=f"/quiz/{check_in.id}/{REVIEW}")
    for there in told_in:
        if there.retired and there.check_in.urgency == EMERGENCY:
            change = f"/quiz/{there.check_in.id}/{REVIEW}" if there.to_change else ""
            yield SignsTold(signs=(sign,), day=there.day, change=change)


def _say(flags: Iterable[RedFlag], answers: Answers, library: Library) -> tuple[str, ...]:
    """Who answers the call needs to know what is wrong, the illness and the medicines that were told here."""
    conditions = [library.conditions[one].name for one in answers.conditions if one not in ("other", "none-yet")]
    told = [library.precautions[one] for one in answers.precautions if one in library.precautions]
    medicines = [one.say for one in told if one.say]
    unsafe = any("crisis" in flag.call for flag in flags)
    other = is_for_someone_else(answers)
    lines = [_where(unsafe, other)]
    if conditions:
        who = "results.red_card.their_illness" if other else "results.red_card.your_illness"
        lines.append(say(who, what=", ".join(conditions)))
    if medicines:
        who = "results.red_card.their_medicines" if other else "results.red_card.your_medicines"
        lines.append(say(who, what=list_words(medicines)))
    lines.append(say("results.red_card.then"))
    return tuple(lines)


def _where(unsafe: bool, other: bool) -> str:
    match unsafe, other:
        case True, True:
            return say("results.red_card.where_they_are_unsafe")
        case True, False:
            return say("results.red_card.where_you_are_unsafe")
        case False, True:
            return say("results.red_card.where_they_are")
    return say("results.red_card.where_you_are")


def _screen_of(urgent: Iterable[RaisedFlag], check_in: CheckIn, library: Library) -> str:
    """The screen of the first sign; what is derived comes later. A follow-up has one page."""
    first = next(iter(urgent))
    if check_in.variant == "follow-up":
        return FOLLOW_UP
    if first.in_group:
        return "right-now" if EMERGENCY in urgencies_in(first.in_group, library) else "lately"
    return "before-needles" if first.derived else "right-now"
