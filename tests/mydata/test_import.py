"""A person's file: nothing is lost on the way to another Acupwa, and nothing else gets in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from acupwa.app import create_app
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.db.tables import new_key
from acupwa.mydata.export_format import MAX_BYTES
from acupwa.quiz.model import MOST_CHECK_INS, MOST_HELD
from acupwa.settings import read_settings
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.database import KEY
from tests.support.people import RA, a_whole_person, answer_quiz


@pytest.fixture
def elsewhere(
    tmp_path_factory: pytest.TempPathFactory, library: Any, clock: Clock, loop: asyncio.AbstractEventLoop
) -> Iterator[Client]:
    """Another Acupwa, with its own database."""
    folder = tmp_path_factory.mktemp("elsewhere")
    settings = read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(folder)}, folder=folder)
    engine = make_engine(settings.database_url)
    upgrade(engine)
    engine.dispose()
    app = create_app(settings, library=library, clock=clock)
    yield Client(app, loop)
    app.inner.state.work.close()


def send(client: Client, data: str | bytes, *, press: bool = False, field: str = "file") -> Any:
    content = data.encode() if isinstance(data, str) else data
    do = "import" if press else ""
    if field == "file":
        files: dict[str, Any] = {"file": ("acupwa-my-data.json", content), "do": (None, do)}
    else:
        files = {"text": (None, content), "do": (None, do)}
    return client.request("POST", "/me/import", files=files, headers={"sec-fetch-site": "same-origin"})


def bring(client: Client, data: str | bytes) -> None:
    """Both presses, as a browser makes them: the second sends what the first page holds."""
    shown = send(client, data)
    assert shown.status_code == 200, shown.text[:4000]
    assert "What it does" in shown.text
    done = send(client, json.dumps(json.loads(data)), press=True, field="text")
    assert done.status_code == 303, done.text[:4000]
    assert "Everything in the file is here now" in client.follow(done).text


def taken_along(client: Client) -> str:
    return str(client.get("/me/export.json").text)


def without_place_and_time(export: str) -> dict[str, Any]:
    """Without what is of the server and the moment: when it was made, the person's key, the browsers, the codes, the
    address that a calendar follows, the phones that are reminded.
    """
    found = json.loads(export)
    for key in ("exported_at", "person", "devices", "codes", "reminders"):
        found.pop(key)
    if found["calendar"]:
        found["calendar"].pop("feed")
    return dict(found)


def test_export_import_export_gives_the_same(client, elsewhere, clock):
    a_whole_person(client, clock)
    first = taken_along(client)
    kept = json.loads(first)
    assert [one["finished_at"] is not None for one in kept["check_ins"]] == [False, True, True]
    assert kept["check_ins"][1]["answers"]["note"]
    assert kept["check_ins"][1]["asks"]
    assert kept["plan"]["visits"]
    assert kept["reading_list"]["marks"]["read_on"]
    assert kept["consents"]
    assert kept["codes"][0]["kind"] == "pause"

    clock.now += timedelta(hours=3)
    bring(elsewhere, first)

    assert without_place_and_time(taken_along(elsewhere)) == without_place_and_time(first)
    for one in kept["check_ins"]:
        address = f"/results/{one['id']}" if one["finished_at"] else f"/quiz/{one['id']}/review"
        assert elsewhere.get(address).status_code == 200
    assert elsewhere.get("/plan").status_code == elsewhere.get("/list").status_code == 200


@pytest.mark.parametrize(
    "file", sorted((Path(__file__).parent / "fixtures").glob("export-*.json")), ids=lambda f: f.stem
)
def test_a_file_of_an_older_version_is_brought_in(client, clock, file):
    clock.now += timedelta(days=20)
    older = json.loads(file.read_text())

    bring(client, file.read_text())

    now = without_place_and_time(taken_along(client))
    assert [one["id"] for one in now["check_ins"]] == [one["id"] for one in older["check_ins"]]
    assert [one["answers"].get("note") for one in now["check_ins"]] == [
        one["answers"].get("note") for one in older["check_ins"]
    ]
    assert now["plan"]["request"] == {
        "unsure": [],
        "groups": [],
        "every_weeks": 1,
        "max_money": None,
        **older["plan"]["request"],
    }
    assert now["reading_list"]["marks"] == older["reading_list"]["marks"]
    for one in now["check_ins"]:
        address = f"/results/{one['id']}" if one["finished_at"] else f"/quiz/{one['id']}/review"
        assert client.get(address).status_code == 200


def test_importing_twice_changes_nothing(client, elsewhere, clock):
    a_whole_person(client, clock)
    file = taken_along(client)
    bring(elsewhere, file)
    once = taken_along(elsewhere)

    assert "There is nothing to import" in send(elsewhere, file).text
    send(elsewhere, file, press=True)

    assert taken_along(elsewhere) == once


def test_the_page_says_beforehand_what_the_press_does_and_keeps_nothing_until_then(client, elsewhere, clock):
    a_whole_person(client, clock)

    page = send(elsewhere, taken_along(client))

    for words in ("Adds 3 check-ins", "Adds your plan", "Adds your reading list", "Your consent"):
        assert words in page.text
    assert not elsewhere.cookies
    assert "We hold nothing about you" in elsewhere.get("/me").text


def test_the_newer_of_two_stays(client, elsewhere, clock):
    a_whole_person(client, clock)
    old = taken_along(client)
    clock.now += timedelta(hours=1)
    changed = json.loads(old)
    newest = changed["check_ins"][1]
    newest["answers"]["note"] = "changed since"
    newest["updated_at"] = clock.now.isoformat().replace("+00:00", "Z")
    changed["plan"]["updated_at"] = newest["updated_at"]
    changed["plan"]["steps"] = []  # as one of an older server
    changed["plan"]["request"]["price"] = 12.0
    new = json.dumps(changed)
    bring(elsewhere, old)

    page = send(elsewhere, new)
    assert "Brings 1 check-in up to date" in page.text
    assert "here, which is older, with the one in the file" in page.text
    assert "2 check-ins are here already" in page.text
    bring(elsewhere, new)
    assert without_place_and_time(taken_along(elsewhere)) == without_place_and_time(new)

    assert "Your plan here is newer" in send(elsewhere, old).text
    send(elsewhere, old, press=True)
    assert without_place_and_time(taken_along(elsewhere)) == without_place_and_time(new)


def test_whoever_lost_their_cookie_brings_their_file_back_to_the_same_server(client, clock):
    a_whole_person(client, clock)
    file = taken_along(client)
    again = client.another()

    bring(again, file)
    once = taken_along(again)
    send(again, file, press=True)

    assert taken_along(again) == once
    mine, before = json.loads(once), json.loads(file)
    assert [one["answers"] for one in mine["check_ins"]] == [one["answers"] for one in before["check_ins"]]
    assert not {one["id"] for one in mine["check_ins"]} & {one["id"] for one in before["check_ins"]}
    assert taken_along(client).replace("\n", "") == file.replace("\n", "")


def test_answers_that_this_library_does_not_know_are_kept_and_break_no_page(client, elsewhere, clock):
    a_whole_person(client, clock)
    file = json.loads(taken_along(client))
    for one in file["check_ins"]:
        answers = one["answers"]
        answers["conditions"].append("old-illness")
        answers["red_flags"] = ["old-sign"]
        answers["precautions"] = [*answers.get("precautions", []), "old-precaution"]
        answers["ratings"] = answers.get("ratings", {}) | {"old-rating": 3}
        answers["instruments"] = answers.get("instruments", {}) | {"old-questions": [1, None, 99], "phq4": [1, 1]}
        answers["side_effects"], answers["changed_since"] = ["old-effect"], ["old-change"]
        answers["main_symptom"] = "old-rating"
        one["asks"] = [*one["asks"], "old-rating"]
        one["quiz_version"] = "0"
    file["plan"]["request"]["precautions"] = ["old-precaution"]
    file["plan"]["request"]["conditions"].append("old-illness")
    file["plan"]["steps"] = []
    file["reading_list"]["marks"]["hidden"] = ["old-page"]
    data = json.dumps(file)

    bring(elsewhere, data)

    assert without_place_and_time(taken_along(elsewhere)) == without_place_and_time(data)
    draft, newest, _first = file["check_ins"]
    for path in (
        "/me", "/list", "/plan", "/plan/change", f"/quiz/{draft['id']}/review", f"/quiz/{draft['id']}/ratings",
        f"/results/{newest['id']}", f"/results/{newest['id']}.txt", f"/results/{newest['id']}.json",
        f"/results/{newest['id']}.pdf", f"/results/{newest['id']}/bundle.json", "/me/export.fhir.json", "/check-in",
    ):  # fmt: skip
        assert elsewhere.get(path).status_code == 200, path
    table = elsewhere.get("/me/export.csv").text
    assert "red_flags,old-sign" in table
    assert "old-rating,3" in table

    begun = elsewhere.post("/quiz", {"variant": "follow-up"})
    assert elsewhere.follow(begun).status_code == 200
    saved = elsewhere.post(f"/quiz/{newest['id']}/right-now", {"none_right_now": "1"})
    assert saved.status_code == 303
    after = next(one for one in json.loads(taken_along(elsewhere))["check_ins"] if one["id"] == newest["id"])
    assert "old-sign" in after["answers"]["red_flags"]
    assert after["answers"]["ratings"]["old-rating"] == 3


def broken(file: dict[str, Any], *path: Any, value: Any) -> str:
    place: Any = file
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(file)


def cases(file: str) -> dict[str, tuple[str | bytes, str]]:
    def new() -> dict[str, Any]:
        return dict(json.loads(file))

    check_in = ("check_ins", 0)
    return {
        "nothing": ("", "Choose your file"),
        "cut short": (file[: len(file) // 2], "damaged or incomplete"),
        "no JSON": ("hello", "not an Acupwa file"),
        "a list": ("[]", "not an Acupwa file"),
        "not text": (b"\xff\xd8\xff\xe0picture", "not an Acupwa file"),
        "foreign": ('{"resourceType": "Bundle", "entry": []}', "not an Acupwa file"),
        "later": (broken(new(), "version", value=2), "made by a newer version"),
        "later and otherwise": ('{"format": "acupwa-export", "version": 99, "x": 1}', "made by a newer version"),
        "nested": ("[" * 100_000, "not an Acupwa file"),
        "nested inside": ('{"format": ' + "[" * 100_000, "damaged or incomplete"),
        "unknown key": (broken(new(), "more", value=1), "The place: more"),
        "unknown key of an answer": (broken(new(), *check_in, "answers", "more", value=1), "check_ins[0].answers"),
        "rating": (
            broken(new(), *check_in, "answers", "ratings", value={"pain": 11}),
            "The place: check_ins[0].answers.ratings.pain<",
        ),
        "rating as truth": (broken(new(), *check_in, "answers", "ratings", value={"pain": True}), "answers.ratings"),
        "long note": (
            broken(new(), *check_in, "answers", "note", value="x" * 501),
            "The place: check_ins[0].answers.note<",
        ),
        "a NUL": (broken(new(), *check_in, "answers", "note", value="a\0b"), "answers.note"),
        "no such country": (broken(new(), *check_in, "answers", "country", value="QQ"), "answers.country"),
        "no UUID": (broken(new(), *check_in, "id", value="1"), "check_ins[0].id"),
        "another UUID": (broken(new(), *check_in, "id", value=str(UUID(int=4))), "check_ins[0].id"),
        "no zone": (broken(new(), *check_in, "created_at", value="2026-11-20T10:00:00"), "created_at"),
        "from the future": (broken(new(), *check_in, "updated_at", value="2027-11-20T10:00:00Z"), "created_at"),
        "from long ago": (broken(new(), *check_in, "created_at", value="1970-01-01T00:00:00Z"), "created_at"),
        "the wrong way round": (broken(new(), *check_in, "updated_at", value="2021-01-01T00:00:00Z"), "created_at"),
        "the same id twice": (broken(new(), "check_ins", 1, "id", value=new()["check_ins"][0]["id"]), "check_ins"),
        "urgency": (broken(new(), *check_in, "urgency", value="calm"), "urgency"),
        "a version that is none": (broken(new(), "version", value="1"), "The place: version"),
        "no weekday": (broken(new(), "plan", "request", "weekdays", value=[]), "The place: plan.request.weekdays"),
        "time zone": (broken(new(), "plan", "request", "time_zone", value="../../x"), "plan.request.time_zone"),
        "clock": (broken(new(), "plan", "visits", 0, "time", value="25:00"), "plan.visits[0].time"),
        **plan_cases(new),
        "a list marked in the future": (
            broken(new(), "reading_list", "marks", "read_on", value={"what-to-expect": "2030-01-01"}),
            "reading_list.marks.read_on",
        ),
        "a list marked in the year 1": (
            broken(new(), "reading_list", "marks", "read_on", value={"what-to-expect": "0001-01-01"}),
            "reading_list.marks.read_on",
        ),
        "a day of what was not read": (
            broken(new(), "reading_list", "marks", "read_on", value={"old-page": "2026-11-23"}),
            "reading_list.marks.read_on",
        ),
        "pinned twice": (broken(new(), "reading_list", "marks", "pinned", value=["a", "a"]), "marks.pinned"),
        "pinned and hidden": (
            broken(new(), "reading_list", "marks", value={"pinned": ["a"], "hidden": ["a"]}),
            "reading_list.marks.pinned",
        ),
        "a condition twice": (broken(new(), *check_in, "answers", "conditions", value=["ra", "ra"]), "conditions"),
        "no diagnosis and one": (
            broken(new(), *check_in, "answers", "conditions", value=["ra", "none-yet"]),
            "check_ins[0].answers.conditions",
        ),
        **answer_cases(new),
        "finished before begun": (
            broken(new(), "check_ins", 1, "finished_at", value="2026-11-01T10:00:00Z"),
            "check_ins[1].created_at",
        ),
        "more than a check-in holds": (
            broken(new(), *check_in, "answers", "red_flags", value=[f"{n:080}" for n in range(200)]),
            "check_ins[0].answers",
        ),
        "more check-ins than are kept": (
            broken(
                new(), "check_ins", value=[new()["check_ins"][0] | {"id": str(new_key())} for _ in range(MOST_HELD + 1)]
            ),
            "The place: check_ins<",
        ),
        "more consents than are kept": (broken(new(), "consents", value=new()["consents"][:1] * 501), "consents"),
        "an order of the list": (broken(new(), "reading_list", "marks", "order", value=["<b>"]), "marks.order"),
    }


def answer_cases(new: Any) -> dict[str, tuple[str, str]]:
    def answered(number: int, name: str, **changes: Any) -> tuple[str, str]:
        file = new()
        file["check_ins"][number]["answers"] |= changes
        return json.dumps(file), f"The place: check_ins[{number}].{name}<"

    now = "2026-12-13T10:00:00Z"
    ahead = "2026-12-13T10:06:00Z"
    last = ("check_ins", 2)
    return {
        "none and an emergency": answered(2, "answers.none_right_now", red_flags=["stroke-fast"]),
        "none lately and a sign": answered(2, "answers.none_lately", red_flags=["septic-joint"]),
        "none and a sign in a follow-up": answered(1, "answers.none_right_now", red_flags=["septic-joint"]),
        "none and an emergency in a draft": answered(0, "answers.none_right_now", red_flags=["stroke-fast"]),
        "none and a precaution": answered(2, "answers.none_before_needles", none_before_needles=True),
        "none and an effect": answered(1, "answers.none_side_effects", none_side_effects=True),
        "none and a change": answered(1, "answers.none_changed", none_changed=True),
        "an answer too few": answered(2, "answers.instruments.phq4", instruments={"phq4": [1, 1]}),
        "an answer too many": answered(2, "answers.instruments.peg", instruments={"peg": [1, 1, 1, 1]}),
        "no answers": answered(2, "answers.instruments.peg", instruments={"peg": []}),
        "nine of three": answered(2, "answers.instruments.phq4", instruments={"phq4": [1, 9, 1, 1]}),
        "less than nothing": answered(2, "answers.instruments.phq4", instruments={"phq4": [-1, 0, 0, 0]}),
        "no change of nought": answered(1, "answers.instruments.pgic", instruments={"pgic": [0]}),
        "open and answered": (broken(new(), *last, "open_items", value=["peg.1"]), "check_ins[2].open_items[0]<"),
        "open and not asked": (broken(new(), *last, "open_items", value=["peg.4"]), "check_ins[2].open_items[0]<"),
        "urgent for nothing": (broken(new(), *last, "urgency", value="emergency-now"), "check_ins[2].urgency<"),
        "finished without urgency": (broken(new(), *last, "urgency", value=None), "check_ins[2].urgency<"),
        "urgent before it is finished": (
            broken(new(), "check_ins", 0, "urgency", value="none"),
            "check_ins[0].urgency<",
        ),
        "a sign that is not urgent": (
            broken(
                new(),
                *last,
                "answers",
                value=new()["check_ins"][2]["answers"] | {"red_flags": ["septic-joint"], "none_lately": False},
            ),
            "check_ins[2].urgency<",
        ),
        "ratings of a child": answered(2, "answers.ratings", age_band="under-16"),
        "ratings without a diagnosis": answered(2, "answers.ratings", conditions=["none-yet"]),
        "agreed to nothing": (broken(new(), "consents", 0, "wording", value=" "), "consents[0].wording<"),
        "a weekday twice": (broken(new(), "plan", "request", "weekdays", value=["mon", "mon"]), "request.weekdays<"),
        "six minutes ahead": (broken(new(), "check_ins", 0, "updated_at", value=ahead), "check_ins[0].created_at<"),
        "finished ahead": (
            broken(new(), "check_ins", 1, value=new()["check_ins"][1] | {"finished_at": ahead, "updated_at": ahead}),
            "check_ins[1].created_at<",
        ),
        "made ahead": (broken(new(), "exported_at", value=ahead), "The place: exported_at<"),
        "agreed ahead": (broken(new(), "consents", 0, "given_at", value=ahead), "consents[0].given_at<"),
        "a plan from ahead": (broken(new(), "plan", "updated_at", value=ahead), "plan.created_at<"),
        "a list from ahead": (broken(new(), "reading_list", "updated_at", value=ahead), "reading_list.updated_at<"),
        "a person from ahead": (broken(new(), "person", "created_at", value=ahead), "person.created_at<"),
        "a browser from ahead": (broken(new(), "devices", 0, "seen_at", value=ahead), "devices[0].seen_at<"),
        "a browser seen before it was there": (
            broken(
                new(), "devices", 0, value=new()["devices"][0] | {"created_at": now, "seen_at": "2026-11-23T10:00:00Z"}
            ),
            "devices[0].seen_at<",
        ),
        "read tomorrow": (
            broken(new(), "reading_list", "marks", "read_on", value={"what-to-expect": "2026-12-14"}),
            "reading_list.marks.read_on<",
        ),
    }


def plan_cases(new: Any) -> dict[str, tuple[str, str]]:
    visits = new()["plan"]["visits"]

    def changed(*changes: tuple[int, dict[str, Any]]) -> list[Any]:
        return [one | dict(changes).get(place, {}) for place, one in enumerate(visits)]

    cancelled = [one | {"cancelled": True} for one in visits]
    day, next_day = visits[0]["day"], (date.fromisoformat(visits[0]["day"]) + timedelta(days=1)).isoformat()
    more = [one | {"number": number} for number, one in enumerate((visits * 3)[:16], 1)]
    found: dict[str, tuple[str, str]] = {
        f"plan: {name}": (broken(new(), "plan", "visits", value=value), "The place: plan.visits")
        for name, value in {
            "no sessions": [],
            "all cancelled": cancelled,
            "a cancelled one first": [cancelled[0], *visits[1:]],
            "out of order": [*visits[1::-1], *visits[2:]],
            "a number twice": [visits[0], *visits],
            "a number left out": visits[1:],
            "a day twice": changed((1, {"day": day})),
            "too close": changed((1, {"day": next_day})),
            "backwards": changed((0, {"day": "2027-06-01"})),
            "the year 1": changed((0, {"day": "0001-01-01"})),
            "the year 9999": changed((len(visits) - 1, {"day": "9999-12-31"})),
            "no minutes": changed((0, {"minutes": 0})),
            "a day long": changed((0, {"minutes": 1440})),
            "more than there can be": more,
            "an extension first": changed((0, {"phase": "extension"})),
            "a day off the weekdays": changed((2, {"day": "2026-12-15"})),
            "another hour": changed((2, {"time": "09:05"})),
            "a length of its own": changed((2, {"minutes": 45})),
            "moved, and not changed": changed((2, {"moved": True})),
            "changed a million times": changed((2, {"sequence": 1_000_000})),
            "changed less than never": changed((2, {"sequence": -1})),
            "one left out": visits[:-1],
        }.items()
    }
    for name, value in {
        "conditions": [], "per_week": 3, "max_sessions": 16, "minutes": 4, "travel_minutes": 601, "price": 10_000_001,
        "first_day": "9999-12-31", "days_off": ["2027-01-02", "2027-01-01"], "red_flags": ["septic-joint"],
        "age_band": "under-16", "currency": "XXX", "precautions": ["severe-bleeding-disorder"],
    }.items():  # fmt: skip
        found[f"plan: {name}"] = (
            broken(new(), "plan", "request", name, value=value),
            f"The place: plan.request.{name}<",
        )
    for name, most in {
        "less than a session": 44.99,
        "cents of cents to spend": 450.001,
        "too much": 150_000_001,
    }.items():
        found[f"plan: {name}"] = (broken(new(), "plan", "request", "max_money", value=most), "plan.request.max_money")
    found["plan: cents of cents"] = (broken(new(), "plan", "request", "price", value=0.001), "plan.request.price")
    found["plan: days off"] = (broken(new(), "plan", "own_days_off", value=["2027-05-05"]), "plan.own_days_off")
    return found


def test_what_is_broken_foreign_or_of_a_later_version_is_refused_and_nothing_changes(client, clock):
    a_whole_person(client, clock)
    before = taken_along(client)
    for name, (data, reason) in cases(before).items():
        for press in (False, True):
            for field in ("file", "text"):
                answer = send(client, data, press=press, field=field)
                assert answer.status_code == 422, name
                assert reason in answer.text, (name, answer.text[answer.text.find("<main") :][:1500])
                assert 'class="error"' in answer.text, name
    assert taken_along(client) == before


def test_a_clock_that_is_some_minutes_ahead_is_no_fault(client, elsewhere, clock):
    a_whole_person(client, clock)
    file = json.loads(taken_along(client))
    ahead = (clock.now + timedelta(minutes=4)).isoformat().replace("+00:00", "Z")
    file["exported_at"] = file["check_ins"][0]["updated_at"] = ahead

    bring(elsewhere, json.dumps(file))


def test_a_draft_that_was_paused_with_a_sign_and_none_keeps_the_sign_and_goes_in(client, elsewhere):
    place = client.post("/quiz", {"start": "1"}).headers["location"].rpartition("/")[0]
    both = {"none_right_now": "1", "red_flags": ["stroke-fast"]}
    assert client.post(f"{place}/right-now/pause", both).status_code == 303

    file = taken_along(client)

    (draft,) = json.loads(file)["check_ins"]
    assert draft["answers"]["red_flags"] == ["stroke-fast"]
    assert "none_right_now" not in draft["answers"]
    bring(elsewhere, file)


def test_a_day_is_over_where_the_person_is(client, clock):
    clock.now = clock.now.replace(hour=23)
    a_whole_person(client, clock)  # at 23:00 in London: in Auckland it is the next day
    file = json.loads(taken_along(client))
    file["reading_list"]["marks"]["read_on"] = {"what-to-expect": "2026-12-14"}
    assert send(client, json.dumps(file)).status_code == 422

    file["person"]["time_zone"] = "Pacific/Auckland"

    assert send(client, json.dumps(file)).status_code == 200


def test_fifty_megabytes_are_refused_beside_the_field_and_nothing_changes(client):
    answer_quiz(client, RA)
    before = taken_along(client)

    answer = send(client, b" " * (50 * 1024 * 1024))
    just_over = send(client, b" " * (MAX_BYTES + 1))

    assert answer.status_code == just_over.status_code == 413
    assert 'id="f-file-error"' in answer.text
    assert "larger than 5 MB" in answer.text
    assert taken_along(client) == before


def test_more_than_is_read_at_all_is_refused(client):
    assert send(client, b" " * (65 * 1024 * 1024)).status_code == 413


def test_other_forms_than_a_file_s_are_refused_and_writes_from_elsewhere_too(client):
    assert client.post("/me/import", {"text": "{}"}).status_code == 415
    elsewhere = client.request("POST", "/me/import", files={"file": b"{}"}, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    broken_form = client.post(
        "/me/import", content=b"--x\r\nno", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert broken_form.status_code == 422


def test_a_file_on_its_way_is_written_to_no_disk(client, clock, tmp_path, monkeypatch):
    a_whole_person(client, clock)
    file = taken_along(client) + " " * (2 * 1024 * 1024)
    spool = tmp_path / "spool"
    spool.mkdir()
    spool.chmod(0o500)
    monkeypatch.setattr("tempfile.tempdir", str(spool / "not-there"))

    assert send(client, file).status_code == 200


def test_unfinished_check_ins_past_their_time_are_left_out(client, elsewhere, clock):
    a_whole_person(client, clock)
    file = taken_along(client)
    clock.now += timedelta(days=31)

    page = send(elsewhere, file)

    assert "1 unfinished check-in is past its time" in page.text
    bring(elsewhere, file)
    assert len(json.loads(taken_along(elsewhere))["check_ins"]) == 2


def test_bringing_in_is_consent_to_this_server_kept_once(client, elsewhere, clock, library):
    a_whole_person(client, clock)
    file = json.loads(taken_along(client))
    file["consents"] = []

    bring(elsewhere, json.dumps(file))
    send(elsewhere, json.dumps(file), press=True)

    (consent,) = json.loads(taken_along(elsewhere))["consents"]
    assert consent["version"] == library.quiz.consent.version
    assert "30 days" in consent["wording"]


@pytest.mark.slow  # 17 s on two cores at a load of 20
def test_the_import_of_all_check_ins_that_are_kept_stays_quick(client, elsewhere, clock):
    import time

    a_whole_person(client, clock)
    file = json.loads(taken_along(client))
    file["check_ins"] = [file["check_ins"][1] | {"id": str(new_key())} for _ in range(MOST_CHECK_INS)]
    data = json.dumps(file)

    # Of the processor: a busy machine makes nothing slower here.
    began = time.process_time()
    bring(elsewhere, data)

    assert len(json.loads(taken_along(elsewhere))["check_ins"]) == MOST_CHECK_INS
    assert time.process_time() - began < 15
