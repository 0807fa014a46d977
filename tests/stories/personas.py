"""The people of the stories, as the fields that they post. One word of each is planted so that it can be searched for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

Fields = Mapping[str, str | Sequence[str]]

_RATED = {
    "ratings.fatigue": "5",
    "ratings.sleep": "4",
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
    "precautions": ["psoriasis-koebner"],
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

SCREENS = (
    "right-now", "about-you", "lately", "ratings", "impact", "before-needles", "what-matters",
)  # fmt: skip


def without_empty(fields: Fields) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [])}


def answer_quiz(client: Any, fields: Fields) -> Any:
    """All screens at once, as the phone sends a quiz that was answered offline; returns the 303."""
    key = "key-" + str(abs(hash(msgspec.json.encode(dict(fields)))))
    answer = client.post("/quiz/whole", data=without_empty(fields), headers={"idempotency-key": key})
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
        "ratings": ("ratings.", "instruments.peg."),
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
