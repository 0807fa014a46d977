"""The five who go every way: what is true of them, as fields of forms, and whether they skip what may be skipped.

Names of former and coming forms stand side by side: a field that a page does not have is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Given = Mapping[str, str | tuple[str, ...]]

_CALM = {"none_right_now": "1", "none_lately": "1", "none_before_needles": "1"}
_LATER = {
    "none_side_effects": "1",
    "none_changed": "1",
    "sessions_since": "3",
    "instruments.pgic.1": "3",
}
_SELF = {"answering_for": "myself", "age_band": "40-64", "country": "GB"}
_RATED = {
    "ratings.fatigue": "5",
    "ratings.sleep-trouble": "4",
    "ratings.overall": "6",
    "instruments.peg.1": "7",
    "instruments.peg.2": "6",
    "instruments.peg.3": "6",
    **{f"instruments.phq4.{n}": "1" for n in (1, 2, 3, 4)},
    "ratings.problem": "7",
    "activity_words": "hold a cup",
    "acupuncture_before": "no",
    "stopping_medicine": "no",
}


@dataclass(frozen=True)
class Person:
    """`given` is answered wherever a page asks it; of danger signs and precautions whatever hides them is opened.

    Who `skips` leaves out all else; the others answer every question that stands open on a page. `may_plan`,
    `may_follow_up`: what the rules offer them, so that a way that is missing is told from one that is closed. `zone`:
    that of their phone, which tells their country.
    """

    name: str
    given: Given
    plan: Given = field(default_factory=lambda: {"weekdays": ("tue",), "time": "12:00"})
    skips: bool = False
    may_plan: bool = True
    may_follow_up: bool = True
    zone: str = "Europe/London"


RA = Person(
    "RA on methotrexate",
    {
        **_CALM, **_LATER, **_SELF, **_RATED,
        "conditions": ("ra",),
        "stiffness_minutes": "45",
        "none_before_needles": (),
        "precautions": ("methotrexate-dmard",),
        "problem_words": "sore wrists",
        "main_symptom": "pain",
    },
)  # fmt: skip
MS = Person(
    "MS, answered by a carer",
    {
        **_CALM, **_LATER, **_RATED,
        "answering_for": "someone-i-care-for",
        "age_band": "40-64",
        "country": "IE",
        "conditions": ("ms",),
        "none_before_needles": (),
        "precautions": ("ms-heat",),
        "problem_words": "worn out by noon",
        "main_symptom": "fatigue",
    },
    zone="Europe/Dublin",
)  # fmt: skip
PSORIASIS = Person(
    "psoriasis, wants clear skin",
    {
        **_CALM, **_LATER, **_SELF, **_RATED,
        "conditions": ("psoriasis",),
        "none_before_needles": (),
        "precautions": ("psoriasis-plaque",),
        "problem_words": "clear skin",
        "main_symptom": "skin",
    },
    may_plan=False,
)  # fmt: skip
NO_DIAGNOSIS = Person(
    "no diagnosis",
    {**_CALM, **_LATER, **_SELF, **_RATED, "conditions": ("none-yet",)},
    may_plan=False,
    may_follow_up=False,
)
FIBROMYALGIA = Person(
    "fibromyalgia, skips",
    {**_CALM, "age_band": "40-64", "conditions": ("fibromyalgia",)},
    skips=True,
)
EVERYONE = (RA, MS, PSORIASIS, NO_DIAGNOSIS, FIBROMYALGIA)
