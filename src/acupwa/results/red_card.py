"""An emergency on the summary: the sign, the number to press, and what to say on the phone. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Call, Library, RedFlag
from acupwa.quiz.care import Sign, sign_of
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for, phones_of
from acupwa.quiz.model import SINCE, Answers, CheckIn
from acupwa.quiz.rules import AFTER_NEEDLES, REVIEW, is_for_someone_else
from acupwa.quiz.safety import EMERGENCY, Raised
from acupwa.wording import gettext as _
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


def red_card(check_in: CheckIn, raised: Iterable[Raised], library: Library, *, retired: bool = False) -> RedCard | None:
    """The card of the emergency signs, ticked or derived; None when there is none.

    `retired`: a sign was ticked that has no words any more. Then the urgency that was stored tells of it.
    """
    urgent = [one for one in raised if one.urgency == EMERGENCY]
    unknown = retired and not urgent and check_in.urgency == EMERGENCY
    if not urgent and not unknown:
        return None
    flags = tuple(library.red_flags[one.id] for one in urgent)
    kinds: tuple[Call, ...] = kinds_of(flags) or ("emergency",)
    country = check_in.answers.country
    return RedCard(
        signs=(_retired_sign(),) if unknown else tuple(sign_of(one, library) for one in urgent),
        call=kinds,
        phones=phones_for(flags, country, library) or phones_of("emergency", country, library),
        say=_say(flags, check_in.answers, library),
        screen=_screen_of(urgent, check_in, library) if urgent else REVIEW,
    )


def _retired_sign() -> Sign:
    return Sign(
        says=_("You ticked an emergency sign that we no longer ask about"), do=_("Call the emergency number now.")
    )


def _say(flags: Iterable[RedFlag], answers: Answers, library: Library) -> tuple[str, ...]:
    """Who answers the call needs to know what is wrong, the illness and the medicines that were told here."""
    conditions = [library.conditions[one].name for one in answers.conditions if one not in ("other", "none-yet")]
    told = [library.precautions[one] for one in answers.precautions if one in library.precautions]
    medicines = [one.say for one in told if one.say]
    unsafe = any("crisis" in flag.call for flag in flags)
    other = is_for_someone_else(answers)
    lines = [_where(unsafe, other)]
    if conditions:
        words = _("Say their illness: {conditions}.") if other else _("Say your illness: {conditions}.")
        lines.append(words.format(conditions=", ".join(conditions)))
    if medicines:
        words = (
            _("Say that they take {taken}, and its name.") if other else _("Say that you take {taken}, and its name.")
        )
        lines.append(words.format(taken=list_words(medicines)))
    lines.append(
        _("Then do what the person on the phone tells you. Stay on the phone until they say that you can stop.")
    )
    return tuple(lines)


def _where(unsafe: bool, other: bool) -> str:
    match unsafe, other:
        case True, True:
            return _("Say where they are, and that they are not safe.")
        case True, False:
            return _("Say where you are, and that you do not feel safe.")
        case False, True:
            return _("Say where they are and what is wrong. You can read out the lines above.")
    return _("Say where you are and what is wrong. You can read out the lines above.")


def _screen_of(urgent: Iterable[Raised], check_in: CheckIn, library: Library) -> str:
    """The screen of the first sign: after needles a follow-up asks on its own screen; what is derived comes later."""
    first = next(iter(urgent))
    if check_in.variant == "follow-up":
        if first.derived:
            ticked = any(reason.kind == "red_flags" for reason in first.because)
            return "right-now" if ticked else REVIEW
        return SINCE if library.red_flags[first.id].group == AFTER_NEEDLES else "right-now"
    return "before-needles" if first.derived else "right-now"
