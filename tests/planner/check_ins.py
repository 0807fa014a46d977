"""A person with a finished check-in, as the planner finds one."""

from __future__ import annotations

import uuid
from typing import Any


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
