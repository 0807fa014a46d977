"""The planner's own values in words: a reason, a weekday. Pure."""

from __future__ import annotations

from babel.dates import get_day_names

from acupwa.library.model import Library
from acupwa.planner.model import WEEKDAYS
from acupwa.quiz.reason import Reason
from acupwa.wording import cldr_locale, language, ngettext
from acupwa.wording import gettext as _


def reason_words(reason: Reason, library: Library) -> str:
    """What was answered."""
    if reason.kind == "red_flags":
        sign = library.red_flags.get(reason.id)
        return sign.short if sign else _("a danger sign that we no longer ask about")
    if reason.kind == "precautions":
        return library.precautions[reason.id].question
    if reason.kind == "conditions":
        return library.conditions[reason.id].name
    if reason.kind == "main_symptom":
        return _("your main problem: {name}").format(name=library.ratings[reason.id].name)
    if reason.kind == "max_sessions":
        count = int(reason.id)
        return ngettext("{count} session in all", "{count} sessions in all", count).format(count=count)
    return {"age_band": _("you are under 16"), "days_off": _("your weekdays and days off")}[reason.kind]


def weekday_words(day: str) -> str:
    """`mon` → Monday."""
    return str(get_day_names("wide", locale=cldr_locale(language()))[WEEKDAYS.index(day)])
