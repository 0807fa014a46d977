"""The one way to make a person: what they post, and how it gets in over HTTP. One word of each is planted to be found."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.support.calendars import calendar_address

Fields = Mapping[str, str | Sequence[str]]

_RATED = {
    "ratings.fatigue": "5",
    "ratings.sleep-trouble": "4",
    "ratings.overall": "6",
    "instruments.peg.1": "7",
    "instruments.peg.2": "6",
    "instruments.peg.3": "6",
}
_MOOD = {f"instruments.phq4.{n}": "1" for n in (1, 2, 3, 4)}
_CALM = {"none_right_now": "1", "none_lately": "1"}
_GOAL = {
    "problem_words": "sore wrists",
    "ratings.problem": "7",
    "main_symptom": "pain",
    "acupuncture_before": "no",
    "stopping_medicine": "no",
}
_ADULT = {"answering_for": "myself", "age_band": "40-64", "country": "GB"}

RA = {
    **_CALM, **_ADULT, **_RATED, **_MOOD, **_GOAL,
    "conditions": ["ra"],
    "ratings.stiffness": "6",
    "stiffness_minutes": "45",
    "ratings.swollen-joints": "5",
    "precautions": ["anticoagulants"],
}  # fmt: skip
MS_BY_CARER = {
    **_CALM, **_RATED, **_MOOD, **_GOAL,
    "answering_for": "someone-i-care-for",
    "age_band": "40-64",
    "country": "IE",
    "conditions": ["ms"],
    "ratings.fatigue": "8",
    "ratings.thinking": "6",
    "ratings.walking": "7",
    "ratings.spasm": "5",
    "precautions": ["ms-heat"],
    "problem_words": "worn out by noon",
    "main_symptom": "fatigue",
}  # fmt: skip
RA_HOT_JOINT = {**RA, "none_lately": "", "red_flags": ["septic-joint"], "precautions": ["hot-swollen-joint"]}
PSORIASIS_SKIN = {
    **_CALM, **_ADULT, **_RATED, **_MOOD, **_GOAL,
    "conditions": ["psoriasis"],
    "instruments.peg.1": "1",
    "ratings.stiffness": "1",
    "ratings.swollen-joints": "0",
    "ratings.itch": "6",
    "ratings.skin": "8",
    "precautions": ["psoriasis-plaque"],
    "problem_words": "clear skin",
    "main_symptom": "skin",
}  # fmt: skip
NO_DIAGNOSIS = {**_CALM, **_ADULT, "conditions": ["none-yet"]}
UNDER_16 = {
    "none_right_now": "1",
    "answering_for": "my-child",
    "age_band": "under-16",
    "country": "GB",
    "conditions": ["ra"],
}

EVERYONE = {
    "ra": RA,
    "ms-by-carer": MS_BY_CARER,
    "ra-hot-joint": RA_HOT_JOINT,
    "psoriasis-skin": PSORIASIS_SKIN,
    "no-diagnosis": NO_DIAGNOSIS,
    "under-16": UNDER_16,
}

NOTE = '=slept badly, "again"; naïve 😴'
PLANTED = "aching zebra thumb"
SCREENS = (
    "right-now", "about-you", "lately", "what-matters", "ratings", "impact", "before-needles",
)  # fmt: skip


def without_empty(fields: Fields) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [])}


def answer_quiz(client: Any, fields: Fields) -> Any:
    """All screens at once, as the phone sends a quiz that was answered offline; returns the 303."""
    headers = {"idempotency-key": str(uuid.uuid4())}
    answer = client.post("/quiz/whole", data=without_empty(fields), headers=headers)
    assert answer.status_code == 303, answer.text[:2000]
    return answer


def fill(client: Any, fields: Fields, until: str = "review") -> str:
    """Screen by screen over HTTP, as without JavaScript, up to the screen `until`; returns the check-in's address."""
    started = client.post("/quiz", data={"start": "1"})
    assert started.status_code == 303, started.text[:500]
    address = started.headers["location"]
    place, _, screen = address.rpartition("/")
    while screen != until:
        answer = client.post(f"{place}/{screen}", data=on_screen(screen, fields))
        assert answer.status_code == 303, (screen, answer.status_code, answer.text[:3000])
        screen = answer.headers["location"].rpartition("/")[2]
    return place


def on_screen(screen: str, fields: Fields) -> dict[str, Any]:
    """The fields of one screen."""
    belongs = {
        "right-now": ("none_right_now",),
        "about-you": ("answering_for", "age_band", "country", "conditions"),
        "lately": ("none_lately", "red_flags"),
        "ratings": ("ratings.", "instruments.peg.", "stiffness_minutes"),
        "impact": ("instruments.phq4.",),
        "before-needles": ("precautions", "none_before_needles"),
        "what-matters": ("problem_words", "ratings.problem", "main_symptom", "acupuncture_before", "stopping_medicine"),
    }[screen]
    found = {
        name: value
        for name, value in without_empty(fields).items()
        if any(name == key or (key.endswith(".") and name.startswith(key)) for key in belongs)
    }
    if screen == "ratings":
        found.pop("ratings.problem", None)
    return found


def finish_check_in(client: Any, **answers: Any) -> str:
    """Posts the quiz, all screens at once; gives the check-in's id."""
    fields: dict[str, Any] = {
        "age_band": "40-64",
        "country": "GB",
        "conditions": ["ra"],
        "ratings.pain": "7",
        "main_symptom": "pain",
    } | answers
    answer = client.post("/quiz/whole", data=fields, headers={"idempotency-key": str(uuid.uuid4())})
    assert answer.status_code == 303, (answer.status_code, answer.text[:2000])
    return str(answer.headers["location"]).rsplit("/", 1)[-1]


def plan_fields(**changes: Any) -> dict[str, Any]:
    return {
        "first_day": "2026-11-30",
        "weekdays": ["mon"],
        "time": "09:00",
        "time_zone": "Europe/London",
        "per_week": "1",
        "max_sessions": "10",
        "minutes": "40",
        "travel_minutes": "30",
        "price": "45",
        "currency": "GBP",
        "do": "save",
    } | changes


def coming_plan(**changes: Any) -> dict[str, Any]:
    """Of a server that goes by the real time."""
    return plan_fields(first_day=coming_monday().isoformat()) | changes


def coming_monday() -> date:
    today = datetime.now(UTC).date()
    return today + timedelta(days=7 - today.weekday())


def a_whole_person(client: Any, clock: Any) -> None:
    """Newest first: a draft, a follow-up, a full check-in. The clock goes on 20 days."""
    answer_quiz(client, RA | {"problem_words": PLANTED})
    client.post("/list/what-to-expect", {"action": "read"})
    client.post("/list/needles-and-blood-thinners", {"action": "pin"})
    saved = client.post("/plan", plan_fields(do="save"))
    assert saved.status_code == 303, saved.text[:2000]
    calendar_address(client)
    clock.now += timedelta(days=15)
    follow_up(client)
    clock.now += timedelta(days=5)
    began = client.post("/quiz", {"start": "1", "again": "1"}).headers["location"]
    place = began.rpartition("/")[0]
    for screen in ("right-now", "about-you", "lately"):
        assert client.post(f"{place}/{screen}", on_screen(screen, RA)).status_code == 303
    assert client.post(f"{place}/ratings/pause", {"ratings.fatigue": "4"}).status_code == 303


def answer_follow_up(client: Any, fields: Fields) -> Any:
    """From the button to the one press that ends it; returns the 303 to the result."""
    address = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    answer = client.post(address, {"none_right_now": "1", **fields})
    assert "/results/" in answer.headers.get("location", ""), answer.text[:3000]
    return answer


def follow_up(client: Any, note: str = NOTE) -> str:
    """From the button to the result; returns the check-in's id."""
    address = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    page = client.get(address).text
    told = {"ratings.problem": "4", "ratings.fatigue": "5", "instruments.pgic.1": "3", "instruments.peg.1": "5"}
    asked = {name: value for name, value in told.items() if f'name="{name}"' in page}
    since = {"sessions_since": "3", "side_effects": ["bruise"], "changed_since": ["flare"]}
    answers = {"none_right_now": "1", **since, **asked, "note": note, **still_true(page)}
    answer = client.post(address, answers)
    assert "/results/" in answer.headers.get("location", ""), answer.text[:3000]
    return address.split("/")[2]


def still_true(page: str) -> dict[str, Any]:
    """What to know before needles as it stands ticked on the page of a follow-up, and that it is right."""
    ticked = [
        re.findall(rf'name="{name}" value="([^"]+)" checked', page) for name in ("precautions", "unsure", "groups")
    ]
    return dict(zip(("precautions", "unsure", "groups"), ticked, strict=True)) | {"still_true": "yes"}
