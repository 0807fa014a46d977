"""The forms of a course that waits: posted names to a reason or a day, or what to do about a field. Pure."""

from __future__ import annotations

from datetime import date

from acupwa.planner.field_reading import read_day_ahead
from acupwa.planner.model import SavedPlan
from acupwa.planner.stage_entry import Barred
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FieldError, FormData

Faults = tuple[FieldError, ...]
GO_ON = "go-on"
PAUSE_FIELDS: Declared = {**fields_of("reason", "day"), "do": (GO_ON,)}


def read_day_to_go_on(form: FormData, today: date) -> date | FieldError:
    """`today` is the day where the sessions are."""
    return read_day_ahead(form.one("day"), today, say("planner.faults.go_on_day"))


def held(found: object) -> Faults | None:
    """What stands against the wait; None when it waits, or did already. `found` is a plan or one of `NotPaused`."""
    if isinstance(found, SavedPlan) or found == "paused":
        return None
    if found == "no-such-reason":
        return (FieldError("reason", say("planner.faults.pause_reason")),)
    return (FieldError("reason", say("planner.faults.nothing_ahead")),)


def gone_on(found: object) -> Faults | None:
    """What stands against it; None when it goes on, or did already. Empty where the page itself says what it waits for.
    `found` is a plan, what bars it, no course or one of `NotResumed`.
    """
    if isinstance(found, SavedPlan) or found == "not-paused":
        return None
    return () if isinstance(found, Barred) else (FieldError("day", say("planner.faults.no_day_left")),)
