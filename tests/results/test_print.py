"""The page taken along: two A4 pages at most, in the heaviest case, and nothing lost without colour."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from acupwa.library.model import Library
from acupwa.quiz.model import Answers
from acupwa.quiz.rules import precautions_asked, ratings_asked
from acupwa.quiz.safety import FEVER
from tests.support.people import RA

pytestmark = pytest.mark.browser


def heavy_case(library: Library) -> dict[str, Any]:
    """RA and lupus, three danger signs, eight precautions, every rating, low mood, a medicine in doubt."""
    asked = Answers(age_band="40-64", conditions=("ra", "sle"))
    raises_none = (one for one in precautions_asked(asked, library) if one.id not in ("pregnancy", FEVER))
    precautions = sorted(raises_none, key=lambda one: -len(one.question + one.why))
    return {
        **{key: value for key, value in RA.items() if not key.startswith("none_")},
        "conditions": ["ra", "sle"],
        "red_flags": ["septic-joint", "lupus-kidney", "new-joint-swelling"],
        "precautions": [one.id for one in precautions[:8]],
        **{f"ratings.{rating.key}": "6" for rating in ratings_asked(asked, library)},
        **{f"instruments.phq4.{number}": "2" for number in (1, 2, 3, 4)},
        "problem_words": "x" * 40 + " " + "y" * 39,
        "activity_words": "walking to the shop and back with my sister on Saturday mornings",
        "ratings.problem": "8",
        "main_symptom": "problem",
        "stopping_medicine": "yes",
    }


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_heaviest_case_prints_on_two_pages(phone: Any, library: Library) -> None:
    answer = phone.context.request.post(
        "/quiz/whole",
        data=urlencode(heavy_case(library), doseq=True),
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "sec-fetch-site": "same-origin",
            "idempotency-key": "print-heavy-case",
        },
        max_redirects=0,
    )
    assert answer.status == 303, answer.text()[:2000]

    phone.goto(answer.headers["location"])
    pdf = phone.pdf(format="A4")

    assert 1 <= pages_of(pdf) <= 2
    assert phone.locator(".results-large").is_visible()
