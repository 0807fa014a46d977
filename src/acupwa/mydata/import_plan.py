"""What may stand where in the plan and the calendar of a person's file from outside, as a reader for each field. Pure."""

from __future__ import annotations

import re
from typing import get_args

from acupwa.mydata.import_shapes import AGE, CLOCK, COUNTRY, DAYS, HASH, ID, IDS, LANGUAGE, MINUTES, NO_ZONE, key
from acupwa.planner.calendar_model import CalendarExport, Feed
from acupwa.planner.course import FORTNIGHT
from acupwa.planner.currencies import currencies
from acupwa.planner.history import MOST_STEPS
from acupwa.planner.ics import Alarms, CalendarChoices, Title
from acupwa.planner.model import (
    WEEKDAYS,
    AskedPlan,
    EndedAs,
    Felt,
    Laid,
    Part,
    Pause,
    Phase,
    PlannedSession,
    PlanRequest,
    SavedPlan,
    SessionLog,
    Step,
    StepKind,
)
from acupwa.web.reading_input import (
    Reader,
    day,
    list_of,
    matching,
    moment,
    number_in,
    one_of,
    or_null,
    struct_of,
    whole_number,
    yes_or_no,
)
from acupwa.zones import zone_names

# Numbers go on from course to course. Sixty and more courses.
MOST_SESSIONS = 1_000
LANGUAGE_OR_NONE = matching(re.compile(r"[A-Za-z0-9_-]{0,12}"), "must be a language tag of 12 characters or fewer")


def plan_reader() -> Reader[SavedPlan]:
    return struct_of(
        SavedPlan,
        {
            "id": key,
            "request": _request(),
            "visits": list_of(_session(), MOST_SESSIONS),
            "own_days_off": DAYS,
            "country": COUNTRY,
            "content_version": HASH,
            "language": LANGUAGE,
            "created_at": moment,
            "updated_at": moment,
            "part": _part(),
            "pause": or_null(_pause()),
            "ended_at": or_null(moment),
            "steps": list_of(_step(), MOST_STEPS),
        },
    )


def _part() -> Reader[Part]:
    return struct_of(Part, {"first": whole_number(1, MOST_SESSIONS), "phase": one_of(("course", "taper", "short"))})


def _pause() -> Reader[Pause]:
    return struct_of(Pause, {"reason": ID, "since": moment, "also": IDS})


def _step() -> Reader[Step]:
    asked = struct_of(AskedPlan, {"request": _request(), "own_days_off": DAYS, "country": COUNTRY})
    return struct_of(
        Step,
        {
            "kind": one_of(get_args(StepKind)),
            "at": moment,
            "asked": or_null(asked),
            "content_version": HASH,
            "language": LANGUAGE_OR_NONE,
            "sessions": list_of(_session(), MOST_SESSIONS),
            "laid": list_of(_laid(), 100),
            "dropped": list_of(whole_number(1, MOST_SESSIONS), 100, once=True),
            "number": or_null(whole_number(1, MOST_SESSIONS)),
            "rest": yes_or_no,
            "log": or_null(one_of(get_args(SessionLog))),
            "felt": or_null(one_of(get_args(Felt))),
            "followed": IDS,
            "told": yes_or_no,
            "pause": or_null(_pause()),
            "ended_at": or_null(moment),
            "ended_as": or_null(one_of(get_args(EndedAs))),
            "part": or_null(_part()),
        },
    )


def _laid() -> Reader[Laid]:
    return struct_of(
        Laid,
        {
            "number": whole_number(1, MOST_SESSIONS),
            "day": day,
            "time": CLOCK,
            "minutes": MINUTES,
            "phase": one_of(get_args(Phase)),
            "moved": yes_or_no,
        },
    )


def _request() -> Reader[PlanRequest]:
    return struct_of(
        PlanRequest,
        {
            "conditions": IDS,
            "first_day": day,
            "weekdays": list_of(one_of(WEEKDAYS), len(WEEKDAYS), once=True),
            "time": CLOCK,
            "time_zone": one_of(zone_names(), NO_ZONE),
            "per_week": whole_number(1, 7),
            "every_weeks": whole_number(1, FORTNIGHT),
            "max_sessions": whole_number(1, 100),
            "minutes": MINUTES,
            "days_off": DAYS,
            "price": or_null(number_in(0, 1_000_000_000)),
            "max_money": or_null(number_in(0, 1_000_000_000)),
            "currency": or_null(one_of(currencies(), "is not an ISO 4217 code")),
            "travel_minutes": MINUTES,
            "age_band": AGE,
            "red_flags": IDS,
            "precautions": IDS,
            "unsure": IDS,
            "groups": IDS,
            "main_symptom": or_null(ID),
        },
    )


def _session() -> Reader[PlannedSession]:
    return struct_of(
        PlannedSession,
        {
            "number": whole_number(1, MOST_SESSIONS),
            "day": day,
            "time": CLOCK,
            "minutes": MINUTES,
            "phase": one_of(get_args(Phase)),
            "sequence": whole_number(0, 1_000_000),
            "cancelled": yes_or_no,
            "moved": yes_or_no,
            "log": or_null(one_of(get_args(SessionLog))),
            "logged_at": or_null(moment),
            "felt": or_null(one_of(get_args(Felt))),
            "followed": IDS,
            "told": yes_or_no,
            "left_open": or_null(moment),
        },
    )


def calendar_reader() -> Reader[CalendarExport]:
    choices = struct_of(CalendarChoices, {"title": one_of(get_args(Title)), "alarms": one_of(get_args(Alarms))})
    feed = struct_of(Feed, {"made_at": moment, "fetched_at": or_null(moment)})
    return struct_of(CalendarExport, {"choices": choices, "feed": or_null(feed)})
