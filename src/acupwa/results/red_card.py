"""An emergency on the summary: the sign, the number to press, and what to say on the phone. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Call, Library, RedFlag
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for
from acupwa.quiz.model import SINCE, Answers, CheckIn
from acupwa.quiz.rules import AFTER_NEEDLES
from acupwa.quiz.safety import EMERGENCY, Raised
from acupwa.results.care import Sign, sign_of
from acupwa.wording import gettext as _
from acupwa.wording import list_words


class RedCard(msgspec.Struct, frozen=True, kw_only=True):
    """`say` are lines for the phone call. `screen` is where a sign that was ticked by mistake is changed."""

    signs: tuple[Sign, ...]
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]
    say: tuple[str, ...]
    screen: str


def red_card(check_in: CheckIn, raised: Iterable[Raised], library: Library) -> RedCard | None:
    """The card of the emergency signs, ticked or derived; None when there is none."""
    urgent = [one for one in raised if one.urgency == EMERGENCY]
    if not urgent:
        return None
    flags = tuple(library.red_flags[one.id] for one in urgent)
    return RedCard(
        signs=tuple(sign_of(one, library) for one in urgent),
        call=kinds_of(flags),
        phones=phones_for(flags, check_in.answers.country, library),
        say=_say(flags, check_in.answers, library),
        screen=_screen_of(urgent, check_in, library),
    )


def _say(flags: Iterable[RedFlag], answers: Answers, library: Library) -> tuple[str, ...]:
    """Who answers the call needs to know what is wrong, the illness and the medicines that were told here."""
    conditions = [library.conditions[one].name for one in answers.conditions if one not in ("other", "none-yet")]
    told = [library.precautions[one] for one in answers.precautions if one in library.precautions]
    medicines = [one.say for one in told if one.say]
    unsafe = any("crisis" in flag.call for flag in flags)
    lines = [
        _("Say where you are, and that you do not feel safe.")
        if unsafe
        else _("Say where you are and what is wrong. You can read out the lines above.")
    ]
    if conditions:
        lines.append(_("Say your illness: {conditions}.").format(conditions=", ".join(conditions)))
    if medicines:
        lines.append(_("Say that you take {medicines}. Name each one.").format(medicines=list_words(medicines)))
    lines.append(_("Then do what they tell you. Stay on the phone until they say that you can stop."))
    return tuple(lines)


def _screen_of(urgent: Iterable[Raised], check_in: CheckIn, library: Library) -> str:
    """The screen of the first sign: after needles a follow-up asks on its own screen; what is derived comes later."""
    first = next(iter(urgent))
    if check_in.variant == "follow-up":
        if first.derived:
            return "review"
        return SINCE if library.red_flags[first.id].group == AFTER_NEEDLES else "right-now"
    return "before-needles" if first.derived else "right-now"
