"""A file that somebody changed is refused, or it is one whose every page opens."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mydata.test_import import send, taken_along
from tests.support.people import a_whole_person

VALUES = st.sampled_from(
    [
        None, True, False, 0, 1, -1, 2, 7, 15, 16, 99, 100, 401, 10**6, 10**18, 0.5, 1e300, "", " ", "x", "none-yet", "under-16",
        "0001-01-01", "1969-12-31", "1970-01-01", "2200-12-31", "9999-12-31", "2027-02-28", "2026-11-23", "24:00", "00:00", "02:30",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2020-01-01T00:00:00Z", "2026-11-23T10:00:00+14:00",
        "2026-12-13T10:00:00.123456Z", "\u202e\u3164", "=1+1", "<b>", "é" * 80, "full", "follow-up", "extension", "old-one", "ra",
        "septic-joint", "emergency-now", "pain", "problem", "GB", "Europe/London", "Pacific/Apia", "Africa/Casablanca", "JPY", "de-AT",
        [], {}, [None], ["ra"], ["old-one"], ["none-yet"], {"pain": None}, {"problem": 0}, {"peg": []}, {"peg": [1, 1, 1]},
        {"phq4": [3, 3, 3, 3]}, {"pgic": [None]}, ["sun"], ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    ]
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inside for place in places(one, (*path, key)))]


@st.composite
def mutations(draw: Any, file: dict[str, Any]) -> dict[str, Any]:
    changed = json.loads(json.dumps(file))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from([one for one in places(changed) if one and one[0] in file]))
        holder: Any = changed
        for step in path[:-1]:
            holder = holder[step]
        match draw(st.sampled_from(("value", "value", "value", "gone", "twice", "turned", "other"))):
            case "value":
                holder[path[-1]] = draw(VALUES)
            case "gone":
                del holder[path[-1]]
            case "twice" if isinstance(holder, list):
                holder.insert(path[-1], json.loads(json.dumps(holder[path[-1]])))
            case "turned" if isinstance(holder, list):
                holder.reverse()
            case _:
                other: Any = changed
                for step in draw(st.sampled_from(places(changed))):
                    other = other[step]
                holder[path[-1]] = json.loads(json.dumps(other))
    return dict(changed)


def pages_of(file: dict[str, Any]) -> list[str]:
    pages = ["/today", "/me", "/list", "/plan", "/plan/change", "/progress", "/check-in"]
    pages += ["/me/export.json", "/me/export.csv", "/me/import", "/me/shares"]
    if file["plan"]:
        standing = [one["number"] for one in file["plan"]["visits"] if not one.get("cancelled")]
        pages += [
            "/plan.ics",
            "/plan/delete",
            *(f"/plan/sessions/{number}/move" for number in standing[:1] + standing[-1:]),
        ]
    for one in file["check_ins"]:
        pages += [f"/results/{one['id']}", f"/me/check-ins/{one['id']}/delete"]
        if one.get("finished_at"):
            pages += [f"/results/{one['id']}{ending}" for ending in (".txt", ".json", ".pdf", "/bundle.json")]
            pages += [f"/quiz/{one['id']}/review", f"/quiz/{one['id']}/ratings", "/me/export.fhir.json"]
    return list(dict.fromkeys(pages))


@pytest.mark.slow  # 40 s on two cores at a load of 20
def test_a_changed_file_is_refused_or_every_page_of_it_opens(client, clock):
    a_whole_person(client, clock)
    file = json.loads(taken_along(client))
    taken, places_to_come_from = 0, count()

    def newcomer() -> Any:
        # Each from another place: many newcomers from one would have to wait.
        browser, number = client.another(), next(places_to_come_from)
        browser._client._transport.client = (f"192.0.{number // 250}.{number % 250}", 1)
        return browser

    @given(mutations(file))
    @settings(max_examples=200, database=None)
    def try_one(changed: dict[str, Any]) -> None:
        nonlocal taken
        person, data = newcomer(), json.dumps(changed)
        shown = send(person, data)
        assert shown.status_code in (200, 413, 422), shown.status_code
        pressed = send(person, data, press=True)
        if shown.status_code != 200:
            assert pressed.status_code == shown.status_code
            return
        assert pressed.status_code == 303
        taken += 1
        mine = json.loads(taken_along(person))
        for path in pages_of(mine):
            assert person.get(path).status_code in (200, 303), path
        again = send(newcomer(), json.dumps(mine))
        assert again.status_code == 200, "our own file is taken"

    try_one()
    assert taken >= 10
