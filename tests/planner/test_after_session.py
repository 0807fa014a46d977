"""How a session was: what is kept, what it does to the course and to the check-in, and what is refused in words."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from html import unescape
from typing import Any

import pytest

from acupwa.library.model import Library
from acupwa.person.service import make_person
from acupwa.planner.after_session import AfterSession, pauses_asked, signs_asked
from acupwa.planner.after_session_service import KeptAfter, keep_after_session, note_session
from acupwa.planner.pause import pause_plan
from acupwa.planner.service import current_plan, take_step
from acupwa.quiz.service import list_check_ins
from tests.planner.test_store import save
from tests.support.codes import NEWCOMER
from tests.support.people import RA, answer_quiz, finish_check_in, plan_fields

ONE = "/plan/sessions/1"
CALM = RA | {"precautions": []}


@pytest.fixture
def gone(client: Any, clock: Any) -> Any:
    """A plan of ten Mondays; session 1 was yesterday, and the person said that they went."""
    answer_quiz(client, CALM)
    return after_one(client, clock)


def after_one(client: Any, clock: Any) -> Any:
    assert client.post("/plan", plan_fields()).status_code == 303
    clock.now = clock.now.replace(month=12, day=1, hour=12)
    answer = client.post(f"{ONE}/log", {"log": "went", "to": "today"})
    assert answer.headers["location"] == f"{ONE}?done=went&to=today"
    return client


def session(client: Any, number: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = plan_of(client)["visits"][number - 1]
    return found


def plan_of(client: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/me/export.json").json()["plan"]
    return found


def drafts(client: Any) -> list[dict[str, Any]]:
    return [one for one in client.get("/me/export.json").json()["check_ins"] if one["finished_at"] is None]


def words(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


# ------------------------------------------------------------------ three taps


def test_went_how_it_felt_and_none_of_these(gone: Any):
    page = gone.get(f"{ONE}?done=went&to=today")
    assert "Session 1: you went. Well done." in words(page)
    assert [words(page).count(one) for one in ("How did it feel?", "Has any of this come up?")] == [1, 1]

    answer = gone.post(ONE, {"to": "today", "felt": "all-right", "came_up": "none"})

    assert answer.headers["location"] == "/today?done=told&session=1"
    assert [session(gone)[name] for name in ("log", "felt", "followed", "told")] == ["went", "all-right", [], True]
    assert "Session 1: thank you. It is noted." in words(gone.follow(answer))
    assert not drafts(gone)


def test_danger_signs_come_first_then_what_pauses_then_what_passes(gone: Any, library: Library):
    page = gone.get(ONE).text
    names = [
        *(one.id for one in signs_asked(library)),
        *(one.id for one in pauses_asked(library)),
        *library.side_effects,
    ]
    found = re.findall(r'name="(?:red_flags|pauses|side_effects)" value="([^"]+)"', page)
    assert found == names
    row = re.search(r'<label class="door-row">.*?</label>', page, re.S)
    assert row
    assert all(one.short in unescape(row[0]) for one in signs_asked(library))


def test_every_sign_after_needles_is_asked_and_each_is_one_to_stop_for(library: Library):
    told = {id for one in library.guidance.stop_at_once for id in one.red_flags}
    asked = {one.id for one in signs_asked(library)}
    assert asked == {one.id for one in library.red_flags.values() if one.group == "after-needles"}
    assert asked <= told
    assert [one.id for one in pauses_asked(library)] == ["infection", "new-psoriasis", "blood-thinner", "pregnancy"]


def test_what_passes_is_kept_with_the_session_and_can_be_changed_later(gone: Any):
    gone.post(ONE, {"felt": "good", "side_effects": ["tired", "bruise"], "came_up": "save"})
    assert session(gone)["followed"] == ["bruise", "tired"]
    page = gone.get(ONE).text
    assert re.findall(r'value="([^"]+)" checked', page) == ["good", "bruise", "tired"]

    gone.post(ONE, {"felt": "bad", "side_effects": ["bruise"], "came_up": "save"})

    assert [session(gone)[name] for name in ("felt", "followed", "told")] == ["bad", ["bruise"], True]
    assert plan_of(gone)["pause"] is None


def test_it_can_be_opened_again_from_the_plan(gone: Any):
    gone.post(ONE, {"felt": "good", "came_up": "none"})
    assert f'href="{ONE}">How it was<span class="hidden-visually"> session 1</span>' in gone.get("/plan").text


def test_a_feeling_alone_is_no_answer_to_what_came_up(gone: Any):
    gone.post(ONE, {"felt": "good", "came_up": "save"})
    assert [session(gone)[name] for name in ("felt", "told")] == ["good", False]
    gone.post(ONE, {"felt": "good", "came_up": "none"})
    gone.post(ONE, {"felt": "bad", "came_up": "save"})
    assert [session(gone)[name] for name in ("felt", "told")] == ["bad", True]


# ------------------------------------------------------------------ danger


@pytest.mark.parametrize("said", [{"red_flags": "collapsed-lung-after-session"}, {"groups": "after-needles"}])
def test_a_danger_sign_is_the_first_thing_on_today_and_closes_the_plan(gone: Any, said: dict[str, str]):
    answer = gone.post(ONE, {**said, "felt": "bad", "came_up": "save", "to": "plan"})

    assert answer.headers["location"] == "/today"
    today = gone.follow(answer).text
    main = today[today.index("<main") :]
    assert "Get help first" in main
    assert 'href="tel:999"' in main
    assert 'role="status" id="done"' not in main
    assert "Before your next session" in gone.get("/plan").text
    (draft,) = drafts(gone)
    assert draft["variant"] == "follow-up"
    page = gone.get(f"/quiz/{draft['id']}/follow-up").text
    assert all(re.search(f'value="{value}"[^>]* checked', page) for value in said.values())
    assert "Get help for it first" in words(gone.get(ONE))


def test_help_and_then_a_check_in_without_it_end_it(gone: Any, clock: Any):
    gone.post(ONE, {"red_flags": "needle-left-or-broken", "came_up": "save"})
    gone.post("/today/had-help", {"shown": clock.now.isoformat()})
    assert "Get help first" not in gone.get("/today").text
    assert "Before your next session" in gone.get("/plan").text
    clock.now += timedelta(hours=1)
    (draft,) = drafts(gone)
    answer = gone.post(f"/quiz/{draft['id']}/follow-up", {"none_right_now": "1", "groups": ""})
    assert "/results/" in answer.headers["location"]
    assert "Before your next session" not in gone.get("/plan").text


def test_told_again_after_help_it_stands_again(gone: Any, clock: Any):
    said = {"red_flags": "needle-left-or-broken", "came_up": "save"}
    gone.post(ONE, said)
    gone.post("/today/had-help", {"shown": clock.now.isoformat()})
    clock.now += timedelta(days=7)
    gone.post("/plan/sessions/2/log", {"log": "went"})
    gone.post("/plan/sessions/2", said)
    assert "Get help first" in gone.get("/today").text


def test_none_of_these_takes_no_sign_off(gone: Any):
    gone.post(ONE, {"groups": "after-needles", "came_up": "save"})
    gone.post(ONE, {"felt": "good", "came_up": "none"})
    assert "Get help first" in gone.get("/today").text


def test_an_open_check_in_takes_it_in_and_loses_nothing(client: Any, clock: Any):
    answer_quiz(client, CALM)
    after_one(client, clock)
    place = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    client.post(f"{place}/draft", {"ratings.problem": "4"})

    client.post(ONE, {"red_flags": "head-bleed-after-needles", "came_up": "save"})

    (draft,) = drafts(client)
    assert place == f"/quiz/{draft['id']}/follow-up"
    assert draft["answers"]["ratings"]["problem"] == 4
    assert draft["answers"]["red_flags"] == ["head-bleed-after-needles"]


def test_a_fever_with_a_medicine_that_lowers_immunity_is_a_danger_sign(client: Any, clock: Any, library: Library):
    medicine = next(one.id for one in library.precautions.values() if one.lowers_immunity and not one.passing)
    answer_quiz(client, RA | {"precautions": [medicine]})
    after_one(client, clock)

    answer = client.post(ONE, {"pauses": "infection", "came_up": "save"})

    assert answer.headers["location"] == "/today"
    assert "Get help first" in client.get("/today").text
    assert plan_of(client)["pause"]["reason"] == "infection"


def test_so_it_is_in_a_full_check_in_that_has_not_asked_for_medicines_yet(client: Any, clock: Any, library: Library):
    medicine = next(one.id for one in library.precautions.values() if one.lowers_immunity and not one.passing)
    answer_quiz(client, RA | {"precautions": [medicine]})
    after_one(client, clock)
    client.post("/quiz", {"again": "1", "start": "1"})

    answer = client.post(ONE, {"pauses": "infection", "came_up": "save"})

    assert answer.headers["location"] == "/today"
    (draft,) = drafts(client)
    assert draft["variant"] == "full"
    assert "Get help first" in client.get("/today").text


# ------------------------------------------------------------------ the course waits


@pytest.mark.parametrize("reason", ["infection", "new-psoriasis", "blood-thinner", "pregnancy"])
def test_what_pauses_the_course_says_so_with_the_reason_of_the_evidence(gone: Any, library: Library, reason: str):
    answer = gone.post(ONE, {"pauses": reason, "felt": "all-right", "came_up": "save", "to": "today"})

    assert answer.headers["location"] == "/plan?done=waits&session=1"
    page = words(gone.follow(answer))
    found = next(one for one in pauses_asked(library) if one.id == reason)
    assert found.says in page
    assert (found.why or library.precautions[found.precaution or ""].why) in page
    assert plan_of(gone)["pause"]["reason"] == reason
    assert {one["cancelled"] for one in plan_of(gone)["visits"][1:]} == {True}
    (draft,) = drafts(gone)
    assert draft["answers"]["precautions"] == [found.precaution]


def test_of_several_reasons_each_is_told_with_what_it_means_for_needles(gone: Any, library: Library):
    ticked = ["infection", "pregnancy"]
    said = gone.post(ONE, {"pauses": ticked, "came_up": "save"})
    pages = [words(gone.follow(said)), words(gone.get("/plan")), words(gone.get("/plan/pause"))]
    for one in pauses_asked(library):
        for page in pages:
            if one.id in ticked:
                said_of = f"{one.name}{':' if page is pages[0] else '.'} {one.says}"
                assert said_of in page
                assert library.precautions[one.precaution or ""].why in page
    steps = len(plan_of(gone)["steps"])
    gone.post(ONE, {"pauses": ticked, "came_up": "save"})
    assert len(plan_of(gone)["steps"]) == steps
    gone.post(ONE, {"pauses": [*ticked, "blood-thinner"], "came_up": "save"})
    assert len(plan_of(gone)["steps"]) == steps + 1
    assert plan_of(gone)["pause"]["also"] == ["blood-thinner", "pregnancy"]


def test_undo_lets_the_course_go_on_and_leaves_the_check_in(gone: Any):
    before = [(one["day"], one["cancelled"]) for one in plan_of(gone)["visits"]]
    gone.post(ONE, {"pauses": "infection", "groups": "after-needles", "came_up": "save"})

    answer = gone.post(f"{ONE}/log", {"log": "undo", "to": "plan"})

    assert answer.headers["location"] == "/plan?done=undo&session=1"
    assert plan_of(gone)["pause"] is None
    assert [(one["day"], one["cancelled"]) for one in plan_of(gone)["visits"]] == before
    assert [session(gone)[name] for name in ("log", "told")] == [None, False]
    assert "Get help first" in gone.get("/today").text
    assert len(drafts(gone)) == 1


def test_pressed_twice_it_is_told_once(gone: Any):
    said = {"pauses": "infection", "felt": "bad", "came_up": "save"}
    for _press in range(2):
        assert gone.post(ONE, said).status_code == 303
    assert [one["kind"] for one in plan_of(gone)["steps"]].count("logged") == 2  # went, and this
    assert len(drafts(gone)) == 1


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"came_up": "none", "side_effects": "tired", "felt": "good"}, "untick it, or press Save"),
        ({"came_up": "none", "groups": "after-needles", "felt": "good"}, "untick it, or press Save"),
        ({"came_up": "none", "pauses": "infection", "felt": "good"}, "untick it, or press Save"),
        ({"came_up": "save"}, "press None of these"),
        ({}, "press None of these"),
        ({"came_up": "save", "red_flags": "old-sign", "felt": "good"}, "We do not know one of these"),
        ({"came_up": "save", "groups": "skin", "felt": "good"}, "We do not know one of these"),
        ({"came_up": "save", "pauses": "flare", "felt": "good"}, "We do not know one of these"),
        ({"came_up": "save", "side_effects": "cure", "felt": "good"}, "We do not know one of these"),
    ],
)
def test_what_is_wrong_stands_beside_it_and_nothing_is_lost(gone: Any, fields: dict[str, str], says: str):
    answer = gone.post(ONE, {**fields, "to": "today"})

    assert answer.status_code == 422
    assert says in words(answer)
    for name in ("felt", "side_effects", "pauses", "groups"):
        if name in fields and fields[name] in ("good", "tired", "after-needles", "infection"):
            assert re.search(rf'name="{name}" value="{fields[name]}"[^>]* checked', answer.text)
    assert [session(gone)[name] for name in ("felt", "told")] == [None, False]
    assert not drafts(gone)


@pytest.mark.parametrize("fields", [{"felt": "great"}, {"came_up": "maybe"}, {"note": "x"}, {"to": "//example.org"}])
def test_what_it_does_not_have_is_refused(gone: Any, fields: dict[str, str]):
    assert gone.post(ONE, {"came_up": "none"} | fields).status_code == 422
    assert session(gone)["told"] is False


def test_a_session_to_come_one_of_another_and_one_that_is_not_there(gone: Any):
    said = {"felt": "good", "came_up": "none"}
    answer = gone.post("/plan/sessions/2", said)
    assert answer.status_code == 422
    assert "still to come" in words(answer)
    assert gone.get("/plan/sessions/2").headers["location"] == "/plan"
    assert gone.get("/plan/sessions/99").status_code == 404
    assert gone.post("/plan/sessions/99", said).status_code == 404
    other = gone.another()
    assert other.get(ONE).status_code == 404
    assert other.post(ONE, said).status_code in (401, 403, 404)
    finish_check_in(other)
    assert other.post(ONE, said).status_code == 404


def test_missed_leads_back_as_before(gone: Any):
    answer = gone.post(f"{ONE}/log", {"log": "missed", "to": "today"})
    assert answer.headers["location"] == "/today?done=missed&session=1"
    assert session(gone)["told"] is False


# ------------------------------------------------------------------ at rest, on both databases


def test_the_log_and_the_check_in_are_kept_together_or_not_at_all(database: Any, library: Library):
    person, _token = database.work(make_person, NEWCOMER)
    save(database, library, person.id, first_day="2026-11-23")
    said = AfterSession(felt="bad", group=True, pauses=("pregnancy",))
    keep = partial(database.work, keep_after_session, person.id)

    assert keep(2, said, library, 30) == "not-yet"
    assert keep(99, said, library, 30) == "no-such-session"
    assert database.work(list_check_ins, person.id) == ()
    kept = keep(1, said, library, 30)

    assert isinstance(kept, KeptAfter)
    assert kept.danger
    assert kept.plan == database.work(current_plan, person.id)
    (draft,) = database.work(list_check_ins, person.id)
    assert draft.variant == "full"
    assert (draft.answers.groups, draft.answers.precautions) == (("after-needles",), ("pregnancy",))


def test_a_pause_of_before_stays_when_a_log_is_taken_back(database: Any, library: Library):
    person, _token = database.work(make_person, NEWCOMER)
    save(database, library, person.id, first_day="2026-11-23")
    database.work(note_session, person.id, 1, "went")
    database.work(take_step, person.id, partial(pause_plan, reason="flare", guidance=library.guidance))

    plan = database.work(note_session, person.id, 1, None)

    assert plan.pause is not None
    assert plan.sessions[0].log is None
