"""Why a page is on the list, and what a button of the list did, in words."""

from __future__ import annotations

from acupwa.library.model import Library
from acupwa.quiz.reason import Reason
from acupwa.quiz.reason_words import because_words
from acupwa.reading.model import Press
from acupwa.reading.sources import brief
from acupwa.wording import gettext as _

# No answer: the page is for all.
FOR_EVERYONE = Reason("general", "everyone")


def reason_words(reason: Reason, library: Library) -> str:
    """What is so with the person."""
    one = reason.id
    match reason.kind:
        case "red_flags" if one in library.red_flags:
            return _("Because of a danger sign in your answers: {sign}").format(
                sign=brief(library.red_flags[one].short)
            )
        case "precautions" if one in library.precautions:
            (words,) = because_words([reason], library)
            return _("Because {reason}").format(reason=brief(words))
        case "unsure" | "groups":
            words = next(iter(because_words([reason], library)), "")
            return _("Because {reason}").format(reason=brief(words)) if words else _("Useful for everyone")
        case "conditions" if one == "none-yet":
            return _("Because you have no diagnosis yet: general reading")
        case "conditions" if one in library.conditions:
            return _("Because you have {condition}").format(condition=library.conditions[one].in_sentence)
        case "main_symptom" if one in library.ratings:
            return _("Your main problem: {symptom}").format(symptom=_lower(library.ratings[one].name))
        case "ratings" if one in library.ratings:
            return _("Because you have {trouble}").format(trouble=library.ratings[one].trouble)
        case "age_band":
            return _("General reading for someone under 16")
    return _("Useful for everyone")


def _lower(words: str) -> str:
    """For the middle of a sentence; an abbreviation stays as it is."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def done_words(action: Press, title: str) -> str:
    """What a button of the list did, for those who do not see the list move."""
    words = {
        "our-order": _("The list is back in the suggested order."),
        "read": _("Marked as read: {title}"),
        "unread": _("Marked as unread: {title}"),
        "hide": _("Hidden: {title}"),
        "show": _("Shown again: {title}"),
        "pin": _("Now at the top: {title}"),
        "unpin": _("No longer at the top: {title}"),
        "up": _("Moved up: {title}"),
        "down": _("Moved down: {title}"),
    }
    return words[action].format(title=title)
