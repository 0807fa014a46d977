"""The planner's own values in words: a reason, a weekday. Pure."""

from __future__ import annotations

from babel.dates import get_day_names

from acupwa.library.model import Library
from acupwa.planner.model import WEEKDAYS
from acupwa.quiz.groups import group_words, known_groups
from acupwa.quiz.reason import Reason
from acupwa.sentences import say
from acupwa.wording import cldr_locale, language


def reason_words(reason: Reason, library: Library) -> str:
    """What was answered."""
    if reason.kind == "red_flags":
        sign = library.red_flags.get(reason.id)
        return sign.short if sign else say("planner.reasons.retired_sign")
    if reason.kind == "precautions":
        return library.precautions[reason.id].question
    if reason.kind == "unsure":
        return say("quiz.groups.unsure", what=library.precautions[reason.id].question)
    if reason.kind == "groups":
        known = reason.id in known_groups(library)
        return group_words(reason.id, library) if known else say("planner.reasons.retired_sign")
    if reason.kind == "conditions":
        return library.conditions[reason.id].name
    if reason.kind == "main_symptom":
        return say("planner.reasons.main_problem", name=library.ratings[reason.id].name)
    if reason.kind == "max_sessions":
        count = int(reason.id)
        return say("planner.reasons.sessions", n=count)
    return {"age_band": say("planner.reasons.under_16"), "days_off": say("planner.reasons.days")}[reason.kind]


def weekday_words(day: str) -> str:
    """`mon` → Monday."""
    return str(get_day_names("wide", locale=cldr_locale(language()))[WEEKDAYS.index(day)])
