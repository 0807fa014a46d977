"""A plan request as a file holds it, with what a test changes."""

from __future__ import annotations

import json
from typing import Any

from acupwa.library.model import Library
from acupwa.planner.request_file import read_plan_request, run_plan


def request_fields(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "conditions": ["ra"],
        "main_symptom": "pain",
        "first_day": "2027-01-04",
        "weekdays": ["mon"],
        "time": "09:00",
        "time_zone": "Europe/London",
        "per_week": 1,
        "max_sessions": 10,
        "minutes": 40,
        "price": 45,
        "currency": "GBP",
        "travel_minutes": 30,
    }
    return {key: value for key, value in (fields | changes).items() if value is not ...}


def planned(library: Library, **changes: Any) -> dict[str, Any]:
    code, text, faults = run_plan(json.dumps(request_fields(**changes)).encode(), library)
    assert (code, faults) == (0, [])
    result: dict[str, Any] = json.loads(text)
    return result


def faults_of(library: Library, data: bytes | None = None, **changes: Any) -> list[str]:
    data = json.dumps(request_fields(**changes)).encode() if data is None else data
    code, text, faults = run_plan(data, library)
    assert (code, text) == (1, ""), text
    return faults


def make_request(library: Library, **changes: Any) -> Any:
    return read_plan_request(json.dumps(request_fields(**changes)), library)
