"""An emergency on the summary: the sign, the number to press, and what to say on the phone. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Call, Library, RedFlag
from acupwa.quiz.care import Sign, signs_of
from acupwa.quiz.groups import urgencies_in
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for, phones_of
from acupwa.quiz.model import FOLLOW_UP, Answers, CheckIn
from acupwa.quiz.rules import REVIEW, is_for_someone_else
from acupwa.quiz.safety import EMERGENCY, RaisedFlag
from acupwa.sentences import say
from acupwa.wording import list_words


class RedCard(msgspec.Struct, frozen=True, kw_only=True):
    """`say` are lines for the phone call. `screen` is where a sign that was ticked by mistake is changed."""

    signs: tuple[Sign, ...]
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]
    say: tuple[str, ...]
    screen: str

    @property
    def steps(self) -> tuple[str, ...]:
        """What to do for the signs, each step once."""
        return tuple(dict.fromkeys(sign.do for sign in self.signs))


def red_card(
    check_in: CheckIn,
    raised: Iterable[RaisedFlag],
    library: Library,
    *,
    retired: bool = False,
    told_in: CheckIn | None = None,
) -> RedCard | None:
    """The card of the emergency signs, ticked or derived; None when there is none.

    `retired`: a sign was ticked that has no words any more. Then the urgency that was stored tells of it. `told_in`:
    another check-in, where the signs were ticked.
    """
    told_in = told_in or check_in
    urgent = [one for one in raised if one.urgency == EMERGENCY]
    unknown = retired and not urgent and told_in.urgency == EMERGENCY
    if not urgent and not unknown:
        return None
    flags = tuple(library.red_flags[one.id] for one in urgent)
    kinds: tuple[Call, ...] = kinds_of(flags) or ("emergency",)
    country = check_in.answers.country
    return RedCard(
        signs=(_retired_sign(),) if unknown else signs_of(urgent, library),
        call=kinds,
        phones=phones_for(flags, country, library) or phones_of("emergency", country, library),
        say=_say(flags, check_in.answers, library),
        screen=_screen_of(urgent, told_in, library) if urgent else REVIEW,
    )


def _retired_sign() -> Sign:
    return Sign(says=say("results.red_card.retired_sign"), do=say("results.red_card.call"))


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
