"""The form that moves a session: posted names to a move, or what to do about a field. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from acupwa.planner.field_reading import DAYS_AHEAD, read_day, read_time
from acupwa.planner.move import Move, NotMoved
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import date_words
from acupwa.wording import gettext as _


def read_move_form(form: FormData, number: int, today: date) -> Move | tuple[FieldError, ...]:
    """`number` is the session's."""
    errors: list[FieldError] = []
    day, extent = read_day(form.one("day")), form.one("which")
    if day is None or not today <= day <= today + timedelta(days=DAYS_AHEAD):
        errors.append(FieldError("day", _("Choose the new day, from today on")))
    time = read_time(form.one("time"), errors)
    if extent not in ("this", "rest"):
        errors.append(FieldError("which", _("Choose whether the later sessions move too")))
    if errors or day is None:
        return tuple(errors)
    return Move(number=number, day=day, time=time, rest=extent == "rest", today=today)


def move_errors(reason: NotMoved, earliest: date) -> tuple[FieldError, ...]:
    """What to do about a day to which a session cannot be moved."""
    words: dict[NotMoved, str] = {
        "past": _("Choose a day from today on"),
        "too-near-before": _("Choose {day} or later: it is too near to the session before").format(
            day=date_words(earliest)
        ),
        "too-near-after": _("It is too near to the next session: choose an earlier day, or move the rest too"),
        "day-off": _("This is one of your days off: choose another day"),
        "week-full": _("This week has its most sessions already: choose another week"),
        "no-such-time": _("The clocks change on that day and skip this time: choose another time"),
        "no-room": _("The later sessions do not fit after that day: choose an earlier one"),
    }
    return (FieldError("day", words[reason]),)
