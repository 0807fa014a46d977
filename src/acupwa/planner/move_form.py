"""The form that moves a session: posted names to a move, or what to do about a field. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from acupwa.planner.field_reading import DAYS_AHEAD, read_day, read_time
from acupwa.planner.move import Move, NotMoved
from acupwa.planner.session_form import TO
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import date_words

MOVE_FIELDS: Declared = {**fields_of("day", "time", "which"), **TO}
_FAULTS_OF_TIME: tuple[NotMoved, ...] = ("over", "no-such-time")


def read_move_form(form: FormData, number: int, now: datetime) -> Move | tuple[FieldError, ...]:
    """`number` is the session's; `now` stands on the clocks of the plan's zone."""
    errors: list[FieldError] = []
    day, extent = read_day(form.one("day")), form.one("which")
    if day is None or not now.date() <= day <= now.date() + timedelta(days=DAYS_AHEAD):
        errors.append(FieldError("day", say("planner.faults.new_day")))
    time = read_time(form.one("time"), errors)
    if extent not in ("this", "rest"):
        errors.append(FieldError("which", say("planner.faults.the_rest")))
    if errors or day is None:
        return tuple(errors)
    return Move(number=number, day=day, time=time, rest=extent == "rest", now=now)


def move_errors(reason: str, earliest: date) -> tuple[FieldError, ...]:
    """What to do about a day or a time to which a session cannot be moved; `reason` is one of `NotMoved`."""
    words = {
        "past": say("planner.faults.day_past"),
        "over": say("planner.faults.time_over"),
        "too-near-before": say("planner.faults.too_near_previous", day=date_words(earliest)),
        "too-near-after": say("planner.faults.too_near_next"),
        "day-off": say("planner.faults.day_off"),
        "week-full": say("planner.faults.week_full"),
        "no-such-time": say("planner.faults.clocks_change"),
        "no-room": say("planner.faults.rest_does_not_fit"),
        "logged": say("planner.faults.logged"),
        "not-running": say("planner.faults.not_running"),
    }
    return (FieldError("time" if reason in _FAULTS_OF_TIME else "day", words[reason]),)
