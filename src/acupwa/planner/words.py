"""The planner's own values in words: a reason, a weekday. Pure."""

from __future__ import annotations

from babel.dates import get_day_names

from acupwa.library.model import Library
from acupwa.planner.model import WEEKDAYS
from acupwa.quiz.reason import Reason
from acupwa.quiz.reason_words import because_words
from acupwa.sentences import say
from acupwa.wording import cldr_locale, language


def reason_words(reason: Reason, library: Library) -> str:
    """What is so with the person or their plan, as it goes on after "because"."""
    if reason.kind == "max_sessions":
        return say("planner.reasons.sessions", n=int(reason.id))
    if reason.kind == "max_money":
        return say("planner.reasons.money", n=int(reason.id))
    if reason.kind == "days_off":
        return say("planner.reasons.days")
    return next(iter(because_words([reason], library)), say("planner.reasons.retired_sign"))


def weekday_words(day: str) -> str:
    """`mon` → Monday."""
    return str(get_day_names("wide", locale=cldr_locale(language()))[WEEKDAYS.index(day)])
