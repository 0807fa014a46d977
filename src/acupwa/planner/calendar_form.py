"""The buttons of the calendar page and its two choices: posted names to values, or what to do about a field. Pure."""

from __future__ import annotations

from typing import Literal, cast, get_args

from acupwa.planner.ics import Alarms, CalendarChoices, Title
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FieldError, FormData

CalendarPress = Literal["make", "end", "choose"]
TITLES: tuple[Title, ...] = get_args(Title)
ALARMS: tuple[Alarms, ...] = get_args(Alarms)
CALENDAR_FIELDS: Declared = {
    "do": get_args(CalendarPress),
    "title": TITLES,
    "alarms": ALARMS,
    **fields_of("press", "number"),
}


def read_press(form: FormData) -> CalendarPress | FieldError:
    pressed = form.one("do")
    if pressed not in get_args(CalendarPress):
        return FieldError("do", say("planner.calendar.press"))
    return cast(CalendarPress, pressed)


def read_number(form: FormData) -> int:
    """Of the address that the page would make; 0, which none has, for anything else."""
    number = form.one("number")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def read_choices(form: FormData) -> CalendarChoices | tuple[FieldError, ...]:
    title, alarms = form.one("title"), form.one("alarms")
    errors = []
    if title not in TITLES:
        errors.append(FieldError("title", say("planner.calendar.no_title")))
    if alarms not in ALARMS:
        errors.append(FieldError("alarms", say("planner.calendar.no_alarms")))
    return tuple(errors) or CalendarChoices(title=cast(Title, title), alarms=cast(Alarms, alarms))
