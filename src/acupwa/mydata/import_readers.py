"""What may stand where in a person's file from outside, as a reader for each field. Pure."""

from __future__ import annotations

import re
from typing import Any, get_args
from uuid import UUID

from acupwa.library.model import AgeBand
from acupwa.mydata.export_format import FORMAT, VERSION
from acupwa.person.model import MOST_CONSENTS, Consent, Device, HandoverKind, Person, Waiting
from acupwa.planner.course import FORTNIGHT
from acupwa.planner.currencies import currencies
from acupwa.planner.model import WEEKDAYS, Phase, PlannedSession, PlanRequest, SavedPlan, SessionLog
from acupwa.quiz.countries import COUNTRIES
from acupwa.quiz.model import (
    ACTIVITY_WORDS_LENGTH,
    MOST_HELD,
    MOST_MINUTES,
    MOST_SESSIONS,
    NOTE_LENGTH,
    PROBLEM_WORDS_LENGTH,
    AnsweringFor,
    Answers,
    CheckIn,
    Variant,
)
from acupwa.quiz.safety import NO_URGENCY, URGENCIES
from acupwa.reading.model import KeptList, ListState
from acupwa.reminders.model import KINDS, MOST_DEVICES, KeptReminders
from acupwa.web.reading_input import (
    Reader,
    day,
    list_of,
    map_of,
    matching,
    moment,
    number_in,
    one_of,
    or_null,
    struct_of,
    text,
    uuid,
    whole_number,
    words,
    yes_or_no,
)
from acupwa.web.strict_json import Faults
from acupwa.zones import zone_names

_NO_ZONE = "is not a known time zone"
_MOST_IN_CLINICS = 5_000
_MOST_PAGES = 500
# A form has room for twelve times off of 201 days each and 366 single days; holidays come to them.
_MOST_DAYS = 3_000
_UUID_OF_A_TIME = 7


def file_readers() -> dict[str, Reader[Any]]:
    """By the names of the file."""
    kept_there = list_of(_anything, _MOST_IN_CLINICS)
    return {
        "format": one_of((FORMAT,)),
        "version": whole_number(1, VERSION),
        "exported_at": moment,
        "person": struct_of(
            Person, {"id": uuid, "created_at": moment, "time_zone": or_null(one_of(zone_names(), _NO_ZONE))}
        ),
        "devices": list_of(struct_of(Device, {"created_at": moment, "seen_at": moment, "own": yes_or_no}), _MOST_DAYS),
        "codes": list_of(struct_of(Waiting, {"kind": one_of(get_args(HandoverKind)), "expires_at": moment}), 100),
        "consents": list_of(_consent(), MOST_CONSENTS),
        "check_ins": list_of(_check_in(), MOST_HELD),
        "plan": or_null(_plan()),
        "reading_list": or_null(_reading_list()),
        "shares": kept_there,
        "proposals": kept_there,
        "asked_by": kept_there,
        "asked_again": kept_there,
        "reminders": or_null(_reminders()),
    }


def _anything(value: Any, place: str, faults: Faults) -> Any:
    """What has to do with a clinic is counted, not read: it stays where it is."""
    if not isinstance(value, dict):
        faults.add(place, "must be an object")


def _key(value: Any, place: str, faults: Faults) -> UUID | None:
    found = uuid(value, place, faults)
    if found and found.version != _UUID_OF_A_TIME:
        faults.add(place, "must be a UUID of version 7")
    return found


_ID = matching(re.compile(r"[A-Za-z0-9._:-]{1,80}"), "must be an id of 80 characters or fewer")
_VERSION = matching(re.compile(r"[A-Za-z0-9._-]{1,20}"), "must be a version of 20 characters or fewer")
_HASH = matching(re.compile(r"[A-Za-z0-9._-]{0,64}"), "must be a hash of 64 characters or fewer")
_LANGUAGE = matching(re.compile(r"[A-Za-z0-9_-]{1,12}"), "must be a language tag of 12 characters or fewer")
_CLOCK = matching(re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]"), "must be a time as HH:MM, from 00:00 to 23:59")
_IDS = list_of(_ID, 200, once=True)
_DAYS = list_of(day, _MOST_DAYS)
_PAGES = list_of(_ID, _MOST_PAGES, once=True)
_COUNTRY = or_null(one_of(COUNTRIES, "is not an ISO 3166-1 alpha-2 code"))
_AGE = or_null(one_of(get_args(AgeBand)))
_MINUTES = whole_number(0, MOST_MINUTES)


def _reminders() -> Reader[KeptReminders]:
    return struct_of(
        KeptReminders,
        {
            "kinds": list_of(one_of(KINDS), len(KINDS), once=True),
            "quiet_from": or_null(_CLOCK),
            "quiet_to": or_null(_CLOCK),
            "devices": whole_number(0, MOST_DEVICES),
        },
    )


def _consent() -> Reader[Consent]:
    return struct_of(
        Consent,
        {
            "version": _VERSION,
            "language": _LANGUAGE,
            "wording": text(10_000),
            "given_at": moment,
            "withdrawn_at": or_null(moment),
        },
    )


def _check_in() -> Reader[CheckIn]:
    return struct_of(
        CheckIn,
        {
            "id": _key,
            "variant": one_of(get_args(Variant)),
            "answers": _answers(),
            "quiz_version": _VERSION,
            "content_version": _HASH,
            "language": _LANGUAGE,
            "created_at": moment,
            "updated_at": moment,
            "finished_at": or_null(moment),
            "urgency": or_null(one_of((NO_URGENCY, *URGENCIES))),
            "seen": _IDS,
            "open_items": _IDS,
            "asks": _IDS,
            "had_help_at": or_null(moment),
            "helped": _IDS,
            "taken_over": _IDS,
            "advice": map_of(_ID, _HASH, 200),
            "confirmed_at": or_null(moment),
        },
    )


def _answers() -> Reader[Answers]:
    item = whole_number(-100, 1_000, null=True)
    return struct_of(
        Answers,
        {
            "answering_for": or_null(one_of(get_args(AnsweringFor))),
            "age_band": _AGE,
            "country": _COUNTRY,
            "conditions": _IDS,
            "red_flags": _IDS,
            "none_right_now": yes_or_no,
            "none_lately": yes_or_no,
            "ratings": map_of(_ID, whole_number(0, 10, null=True), 200),
            "stiffness_minutes": whole_number(0, MOST_MINUTES, null=True),
            "instruments": map_of(_ID, list_of(item, 100), 50),
            "precautions": _IDS,
            "unsure": _IDS,
            "groups": _IDS,
            "none_before_needles": yes_or_no,
            "main_symptom": or_null(_ID),
            "problem_words": or_null(words(PROBLEM_WORDS_LENGTH)),
            "activity_words": or_null(words(ACTIVITY_WORDS_LENGTH)),
            "acupuncture_before": or_null(one_of(("no", "in-the-past", "now"))),
            "stopping_medicine": or_null(yes_or_no),
            "sessions_since": whole_number(0, MOST_SESSIONS, null=True),
            "side_effects": _IDS,
            "none_side_effects": yes_or_no,
            "changed_since": _IDS,
            "none_changed": yes_or_no,
            "note": or_null(words(NOTE_LENGTH)),
        },
    )


def _plan() -> Reader[SavedPlan]:
    return struct_of(
        SavedPlan,
        {
            "id": _key,
            "request": _request(),
            "visits": list_of(_session(), 100),
            "own_days_off": _DAYS,
            "country": _COUNTRY,
            "content_version": _HASH,
            "language": _LANGUAGE,
            "created_at": moment,
            "updated_at": moment,
        },
    )


def _request() -> Reader[PlanRequest]:
    return struct_of(
        PlanRequest,
        {
            "conditions": _IDS,
            "first_day": day,
            "weekdays": list_of(one_of(WEEKDAYS), len(WEEKDAYS), once=True),
            "time": _CLOCK,
            "time_zone": one_of(zone_names(), _NO_ZONE),
            "per_week": whole_number(1, 7),
            "every_weeks": whole_number(1, FORTNIGHT),
            "max_sessions": whole_number(1, 100),
            "minutes": _MINUTES,
            "days_off": _DAYS,
            "price": or_null(number_in(0, 1_000_000_000)),
            "currency": or_null(one_of(currencies(), "is not an ISO 4217 code")),
            "travel_minutes": _MINUTES,
            "age_band": _AGE,
            "red_flags": _IDS,
            "precautions": _IDS,
            "unsure": _IDS,
            "groups": _IDS,
            "main_symptom": or_null(_ID),
        },
    )


def _session() -> Reader[PlannedSession]:
    return struct_of(
        PlannedSession,
        {
            "number": whole_number(1, 1_000),
            "day": day,
            "time": _CLOCK,
            "minutes": _MINUTES,
            "phase": one_of(get_args(Phase)),
            "sequence": whole_number(0, 1_000_000),
            "cancelled": yes_or_no,
            "moved": yes_or_no,
            "log": or_null(one_of(get_args(SessionLog))),
            "logged_at": or_null(moment),
            "left_open": or_null(moment),
        },
    )


def _reading_list() -> Reader[KeptList]:
    marks = struct_of(
        ListState,
        {
            "read": map_of(_ID, _HASH, _MOST_PAGES),
            "read_on": map_of(_ID, day, _MOST_PAGES),
            "hidden": _PAGES,
            "pinned": _PAGES,
            "order": _PAGES,
        },
    )
    return struct_of(KeptList, {"updated_at": moment, "marks": marks})
