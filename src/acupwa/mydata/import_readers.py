"""What may stand where in a person's file from outside, as a reader for each field. Pure."""

from __future__ import annotations

from typing import Any, get_args

from acupwa.mydata.export_format import FORMAT, VERSION
from acupwa.mydata.import_plan import calendar_reader, plan_reader
from acupwa.mydata.import_shapes import (
    AGE,
    CLOCK,
    COUNTRY,
    HASH,
    ID,
    IDS,
    LANGUAGE,
    MOST_PAGES,
    NO_ZONE,
    PAGES,
    VERSION_TAG,
    key,
)
from acupwa.person.model import MOST_CONSENTS, Consent, Device, HandoverKind, Person, Waiting
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
    moment,
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

_MOST_IN_CLINICS = 5_000


def file_readers() -> dict[str, Reader[Any]]:
    """By the names of the file."""
    kept_there = list_of(_anything, _MOST_IN_CLINICS)
    return {
        "format": one_of((FORMAT,)),
        "version": whole_number(1, VERSION),
        "exported_at": moment,
        "person": struct_of(
            Person, {"id": uuid, "created_at": moment, "time_zone": or_null(one_of(zone_names(), NO_ZONE))}
        ),
        "devices": list_of(struct_of(Device, {"created_at": moment, "seen_at": moment, "own": yes_or_no}), 3_000),
        "codes": list_of(struct_of(Waiting, {"kind": one_of(get_args(HandoverKind)), "expires_at": moment}), 100),
        "consents": list_of(_consent(), MOST_CONSENTS),
        "check_ins": list_of(_check_in(), MOST_HELD),
        "plan": or_null(plan_reader()),
        "reading_list": or_null(_reading_list()),
        "calendar": or_null(calendar_reader()),
        "shares": kept_there,
        "views": kept_there,
        "proposals": kept_there,
        "asked_by": kept_there,
        "asked_again": kept_there,
        "reminders": or_null(_reminders()),
    }


def _anything(value: Any, place: str, faults: Faults) -> Any:
    """What has to do with a clinic is counted, not read: it stays where it is."""
    if not isinstance(value, dict):
        faults.add(place, "must be an object")


def _reminders() -> Reader[KeptReminders]:
    return struct_of(
        KeptReminders,
        {
            "kinds": list_of(one_of(KINDS), len(KINDS), once=True),
            "quiet_from": or_null(CLOCK),
            "quiet_to": or_null(CLOCK),
            "devices": whole_number(0, MOST_DEVICES),
        },
    )


def _consent() -> Reader[Consent]:
    return struct_of(
        Consent,
        {
            "version": VERSION_TAG,
            "language": LANGUAGE,
            "wording": text(10_000),
            "given_at": moment,
            "withdrawn_at": or_null(moment),
        },
    )


def _check_in() -> Reader[CheckIn]:
    return struct_of(
        CheckIn,
        {
            "id": key,
            "variant": one_of(get_args(Variant)),
            "answers": _answers(),
            "quiz_version": VERSION_TAG,
            "content_version": HASH,
            "language": LANGUAGE,
            "created_at": moment,
            "updated_at": moment,
            "finished_at": or_null(moment),
            "urgency": or_null(one_of((NO_URGENCY, *URGENCIES))),
            "seen": IDS,
            "open_items": IDS,
            "asks": IDS,
            "received_at": or_null(moment),
            "had_help_at": or_null(moment),
            "helped": IDS,
            "taken_over": IDS,
            "advice": map_of(ID, HASH, 200),
            "confirmed_at": or_null(moment),
        },
    )


def _answers() -> Reader[Answers]:
    item = whole_number(-100, 1_000, null=True)
    return struct_of(
        Answers,
        {
            "answering_for": or_null(one_of(get_args(AnsweringFor))),
            "age_band": AGE,
            "country": COUNTRY,
            "conditions": IDS,
            "red_flags": IDS,
            "none_right_now": yes_or_no,
            "none_lately": yes_or_no,
            "ratings": map_of(ID, whole_number(0, 10, null=True), 200),
            "stiffness_minutes": whole_number(0, MOST_MINUTES, null=True),
            "instruments": map_of(ID, list_of(item, 100), 50),
            "precautions": IDS,
            "unsure": IDS,
            "groups": IDS,
            "none_before_needles": yes_or_no,
            "main_symptom": or_null(ID),
            "problem_words": or_null(words(PROBLEM_WORDS_LENGTH)),
            "activity_words": or_null(words(ACTIVITY_WORDS_LENGTH)),
            "acupuncture_before": or_null(one_of(("no", "in-the-past", "now"))),
            "stopping_medicine": or_null(yes_or_no),
            "sessions_since": whole_number(0, MOST_SESSIONS, null=True),
            "side_effects": IDS,
            "none_side_effects": yes_or_no,
            "changed_since": IDS,
            "none_changed": yes_or_no,
            "note": or_null(words(NOTE_LENGTH)),
        },
    )


def _reading_list() -> Reader[KeptList]:
    marks = struct_of(
        ListState,
        {
            "read": map_of(ID, HASH, MOST_PAGES),
            "read_on": map_of(ID, day, MOST_PAGES),
            "hidden": PAGES,
            "pinned": PAGES,
            "order": PAGES,
        },
    )
    return struct_of(KeptList, {"updated_at": moment, "marks": marks})
