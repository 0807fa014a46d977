"""The forms of what comes after the decision: posted names to numbers, or what to do about a field. Pure."""

from __future__ import annotations

from datetime import date

import msgspec

from acupwa.library.model import Guidance
from acupwa.planner.field_reading import read_day_ahead
from acupwa.planner.model import EndedAs, NoCourse, SavedPlan
from acupwa.planner.stage_entry import Barred
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FieldError, FormData

EXTEND_FIELDS: Declared = fields_of("more", "planned")
FINISH_FIELDS: Declared = {"ended_as": ("finished", "stopped")}
TAPER_FIELDS: Declared = {**fields_of("sessions"), "do": ("show", "save")}
RESTART_FIELDS: Declared = {**fields_of("sessions", "day"), "do": ("show", "save")}
_ENDED_AS: dict[str, EndedAs] = {"finished": "finished", "stopped": "stopped"}


class ShortCourse(msgspec.Struct, frozen=True):
    sessions: int
    day: date


def read_more(form: FormData, most: int) -> int | FieldError:
    return read_count(form, "more", 1, most)


def read_planned(form: FormData) -> int | None:
    """How many sessions stood when the page was made: a second press of the same page adds nothing."""
    text = form.one("planned")
    return int(text) if _is_count(text) else None


def read_ended_as(form: FormData) -> EndedAs | FieldError:
    return _ENDED_AS.get(form.one("ended_as")) or FieldError("ended_as", say("planner.stage_faults.ended_as"))


def read_taper(form: FormData, guidance: Guidance) -> int | tuple[FieldError, ...]:
    found = read_count(form, "sessions", 1, guidance.numbers.taper_sessions.value)
    return found if isinstance(found, int) else (found,)


def read_short(form: FormData, guidance: Guidance, today: date) -> ShortCourse | tuple[FieldError, ...]:
    """`today` is the day where the sessions are."""
    numbers, day = guidance.numbers, read_day_ahead(form.one("day"), today, say("planner.faults.first_day"))
    sessions = read_count(form, "sessions", numbers.short_least.value, numbers.short_most.value)
    if isinstance(sessions, FieldError) or isinstance(day, FieldError):
        return tuple(one for one in (sessions, day) if isinstance(one, FieldError))
    return ShortCourse(sessions, day)


def read_count(form: FormData, name: str, least: int, most: int) -> int | FieldError:
    text = form.one(name)
    if _is_count(text) and least <= int(text) <= most:
        return int(text)
    return FieldError(name, say("planner.stage_faults.how_many", least=least, most=most))


def stage_error(reason: str, field: str, least: int, most: int) -> FieldError:
    """What to do where the step cannot be; `reason` is one of `NotStaged`."""
    match reason:
        case "too-many" if most < least:
            return FieldError(field, say("planner.talk.more_none"))
        case "too-many":
            return FieldError(field, say("planner.stage_faults.how_many", least=least, most=most))
        case "no-room":
            return FieldError(field, say("planner.stage_faults.no_room"))
        case "no-money":
            return FieldError(field, say("planner.stage_faults.no_money"))
        case "past":
            return FieldError("day", say("planner.faults.first_day_past"))
        case "paused":
            return FieldError(field, say("planner.stage_faults.paused"))
        case "running":
            return FieldError(field, say("planner.stage_faults.running"))
    return FieldError(field, say("planner.stage_faults.too_early"))


def extend_errors(found: object, most: int) -> tuple[FieldError, ...] | None:
    """What to do where no sessions were added; None where they were, or the plan is gone. Empty where the page itself
    says what bars it.
    """
    if found is None or isinstance(found, SavedPlan):
        return None
    if isinstance(found, Barred):
        return ()
    return (stage_error("no-room" if isinstance(found, NoCourse) else str(found), "more", 1, most),)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3
