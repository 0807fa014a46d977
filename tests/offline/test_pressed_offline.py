"""What is pressed with no network is kept on the phone, and the server has it once; what has changed since is told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from acupwa.planner.model import WEEKDAYS
from tests.support.browser import PHONE, until
from tests.support.modules import started
from tests.support.people import RA, plan_fields
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in

pytestmark = pytest.mark.browser

RECORDS = 'import("/static/js/queue.js").then(({ records }) => records())'
LATER = 'import("/static/js/later.js").then(() => true)'
SEND = 'import("/static/js/queue.js").then(({ sendAll }) => sendAll())'
EXPORT = 'fetch("/me/export.json").then((answer) => answer.json())'
POST = """async ([path, fields]) => {
  const body = new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])));
  const answer = await fetch(path, { method: "POST", body });
  return answer.status;
}"""
KEPT = "Kept on this phone. It is sent when Acupwa is open and you are online."
# Three seconds, and what a busy machine takes to draw it.
AT_MOST = 4.5


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("server"))
    made.command = ("tests.support.serving", *made.command[1:])
    yield made
    made.stop()


@pytest.fixture
def server(one_server: Server) -> Server:
    """Each test finds it running, and may stop it."""
    return one_server if one_server.process else one_server.start()


@pytest.fixture
def between(server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(server.port, loop) as made:
        yield made


@pytest.fixture
def page(browser: Any, between: StandIn) -> Iterator[Any]:
    """A phone of somebody whose first session was in the first hour of today. No worker helps its pages."""
    context = browser.new_context(**PHONE, base_url=between.url, service_workers="block")
    made = context.new_page()
    made.goto("/about")
    zone, today = afternoon()
    plan = plan_fields(first_day=today.isoformat(), weekdays=WEEKDAYS[today.weekday()], time="00:15", time_zone=zone)
    sent = RA | {"idempotency_key": f"of-before-{uuid4()}"}
    assert made.evaluate(POST, ["/quiz/whole", {name: value for name, value in sent.items() if value}]) == 200
    assert made.evaluate(POST, ["/plan", plan]) == 200
    yield made
    context.close()


def afternoon() -> tuple[str, date]:
    """Where a session of the first hour of the day is over by now, and another day is not near; and the day there."""
    for zone in ("Europe/London", "Asia/Tokyo", "America/New_York", "Pacific/Honolulu", "Pacific/Auckland"):
        here = datetime.now(ZoneInfo(zone))
        if 4 <= here.hour <= 21:
            return zone, here.date()
    raise AssertionError("it is night everywhere")


def turn(between: StandIn, loop: asyncio.AbstractEventLoop, mode: str) -> None:
    asyncio.run_coroutine_threadsafe(between.change(mode), loop).result(10)


def opened(page: Any, path: str) -> None:
    page.goto(path)
    started(page)
    # What the test asks with is there before the server is stopped, and what the page takes a press with.
    assert page.evaluate(RECORDS) == []
    assert page.evaluate(LATER)


def addresses(page: Any) -> list[str]:
    """Where the forms of the page go."""
    found: list[str] = page.evaluate("[...document.forms].map((one) => one.getAttribute('action'))")
    return found


def states(page: Any) -> list[str]:
    return [one["state"] for one in page.evaluate(RECORDS)]


def steps(page: Any) -> list[str]:
    """What happened to the plan, by its kind."""
    kept: list[dict[str, Any]] = page.evaluate(EXPORT)["plan"]["steps"]
    return [one["kind"] for one in kept]


def log(page: Any, number: int = 1) -> str | None:
    said: str | None = page.evaluate(EXPORT)["plan"]["visits"][number - 1]["log"]
    return said


def marks(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(EXPORT)["reading_list"]["marks"]
    return found


@pytest.mark.parametrize("path", ["/today", "/plan"])
def test_went_is_kept_while_the_server_is_stopped_and_is_there_once(page, server, path):
    opened(page, path)
    server.stop()

    page.get_by_role("button", name="Went").first.click()

    page.get_by_text(KEPT).first.wait_for()
    assert page.get_by_role("link", name="See what is waiting").is_visible()
    aloud = f"() => [...document.querySelectorAll('body > p[role=status]')].some((one) => one.textContent.startsWith('{KEPT}'))"
    page.wait_for_function(aloud)
    assert states(page) == ["waiting"]
    server.start()
    for _ in range(2):
        page.evaluate(SEND)
    page.get_by_text("Sent.").first.wait_for()
    assert log(page) == "went"
    assert steps(page) == ["made", "logged"]
    page.get_by_role("link", name="See it").click()
    page.wait_for_url("**/plan/sessions/1?done=went**")


def test_a_second_press_follows_the_first_and_is_no_conflict(page, server):
    opened(page, "/plan")
    server.stop()
    page.get_by_role("button", name="Went").first.click()
    page.get_by_text(KEPT).first.wait_for()
    page.get_by_role("button", name="Went").first.click()
    page.get_by_role("button", name="Missed").first.click()
    until(page, lambda: states(page) == ["waiting", "waiting"])
    server.start()

    page.evaluate(SEND)

    assert states(page) == ["sent", "sent"]
    assert log(page) == "missed"


def test_a_press_that_was_cut_off_after_it_was_saved_is_there_once(page, between, loop):
    opened(page, "/plan")
    path = "/plan/sessions/1/log"
    between.held.add(path)
    page.get_by_role("button", name="Went").first.click()
    until(page, lambda: path in between.waiting)
    (record,) = page.evaluate(RECORDS)
    # It arrives, and the answer does not.
    headers = {"idempotency-key": record["id"], "acupwa-seen": record["seen"], "acupwa-queued": record["person"]}
    between.held.clear()
    page.wait_for_url("**/plan/sessions/1?done=went**")
    assert page.evaluate(POST, [path, {"log": "undo"}]) == 200
    again = "([path, headers]) => fetch(path, { method: 'POST', headers, body: new URLSearchParams({ log: 'went' }) }).then((one) => one.json())"

    answer = page.evaluate(again, [path, headers])

    assert answer["to"] == "/plan/sessions/1?done=went&to=plan"
    assert log(page) is None


def test_a_session_is_moved_by_a_form_that_was_sent_with_no_network(page, server):
    opened(page, "/plan/sessions/2/move")
    day = afternoon()[1] + timedelta(days=4)
    page.get_by_label("New day").fill(day.isoformat())
    page.get_by_label("Move only this one").check()
    server.stop()

    page.get_by_role("button", name="Move it").click()

    page.get_by_text(KEPT).first.wait_for()
    (record,) = page.evaluate(RECORDS)
    assert record["what"] == "Move session 2"
    assert [question for question, _ in record["lines"]][:2] == ["New day", "Time"]
    server.start()
    page.evaluate(SEND)
    assert page.evaluate(EXPORT)["plan"]["visits"][1]["day"] == day.isoformat()


def test_what_is_pressed_on_a_plan_waits_for_what_was_pressed_on_it_before(page, between):
    """A fault of ours at one address keeps the others of the same plan back, and nothing of the list."""
    log_path, move_path = "/plan/sessions/1/log", "/plan/sessions/2/move"
    opened(page, "/plan")
    between.in_place_of[f"POST {log_path}"] = "500 of ours"
    page.get_by_role("button", name="Went").first.click()
    page.get_by_text(KEPT).first.wait_for()
    page.goto(move_path)
    started(page)
    page.get_by_label("New day").fill((afternoon()[1] + timedelta(days=4)).isoformat())
    page.get_by_label("Move only this one").check()
    page.get_by_role("button", name="Move it").click()
    page.get_by_text(KEPT).first.wait_for()
    page.goto("/list")
    page.locator(".reading-entry").first.get_by_role("button", name="Mark as read").click()
    page.get_by_text("Marked as read").first.wait_for()
    assert [one["path"] for one in page.evaluate(RECORDS)] == [log_path, move_path]
    assert ("POST", move_path) not in [one[:2] for one in between.asked]

    between.in_place_of.clear()
    page.evaluate(SEND)

    assert states(page) == ["sent", "sent"]
    assert steps(page) == ["made", "logged", "moved"]


@pytest.mark.parametrize("where", ["/plan", "/today"])
def test_undo_of_a_note_that_was_just_made_waits_too(page, server, where):
    assert page.evaluate(POST, ["/plan/sessions/1/log", {"log": "missed"}]) == 200
    opened(page, f"{where}?done=missed&session=1")
    server.stop()

    page.locator("#done").get_by_role("button", name="Undo").click()

    page.get_by_text(KEPT).first.wait_for()
    server.start()
    page.evaluate(SEND)
    assert states(page) == ["sent"]
    assert log(page) is None


@pytest.mark.parametrize("where", ["/plan?done=moved&session=2", "/today?done=moved&session=2", "/plan"])
def test_undo_of_the_last_step_of_a_plan_waits_too(page, server, where):
    move = {"day": (afternoon()[1] + timedelta(days=4)).isoformat(), "time": "00:15", "which": "this"}
    assert page.evaluate(POST, ["/plan/sessions/2/move", move]) == 200
    opened(page, where)
    server.stop()
    if where == "/plan":
        page.get_by_text("What happened so far").click()

    page.get_by_role("button", name="Undo").locator("visible=true").first.click()

    page.get_by_text(KEPT).first.wait_for()
    (record,) = page.evaluate(RECORDS)
    assert record["what"] == "Undo the last change to your plan"
    server.start()
    page.evaluate(SEND)
    assert states(page) == ["sent"]
    assert steps(page) == ["made", "moved", "undone"]


def test_what_cannot_be_is_shown_at_its_field_when_there_is_a_network(page):
    opened(page, "/plan/sessions/2/move")
    page.get_by_label("New day").fill((afternoon()[1] - timedelta(days=30)).isoformat())

    page.get_by_role("button", name="Move it").click()

    page.locator(".error-summary").wait_for()
    assert states(page) == []


def test_what_has_changed_since_is_told_where_it_was_pressed_and_stays_to_be_read(page):
    opened(page, "/plan")
    assert page.evaluate(POST, ["/plan/sessions/1/log", {"log": "missed"}]) == 200

    page.get_by_role("button", name="Went").first.click()

    page.get_by_text("You chose: went.").first.wait_for()
    assert log(page) == "missed"
    assert page.get_by_role("link", name="Open the page as it is now").get_attribute("href") == "/plan"
    page.get_by_role("link", name="On this phone, not sent").click()
    page.get_by_text("Not done: changed somewhere else").wait_for()
    assert page.get_by_text("You chose: went.").is_visible()
    assert page.get_by_role("link", name="Open the page as it is now").get_attribute("href") == "/plan"


@pytest.mark.parametrize("mode", ["offline", "502 of a proxy", "a portal's page", "500 of ours"])
def test_a_mark_of_the_list_is_kept_and_there_once(page, between, loop, mode):
    opened(page, "/list")
    entry = page.locator(".reading-entry").first
    name = str(entry.get_attribute("id")).removeprefix("page-")
    if mode == "offline":
        page.context.set_offline(True)
    else:
        turn(between, loop, mode)

    entry.get_by_role("button", name="Mark as read").click()

    entry.get_by_text(KEPT).wait_for()
    page.context.set_offline(False)
    turn(between, loop, "the app")
    page.evaluate(SEND)
    page.get_by_text("Sent.").first.wait_for()
    assert list(marks(page)["read"]) == [name]


def test_with_a_network_the_list_is_drawn_at_once_and_nothing_waits(page):
    opened(page, "/list")

    page.locator(".reading-entry").first.get_by_role("button", name="Mark as read").click()

    page.get_by_text("Marked as read").first.wait_for()
    until(page, lambda: states(page) == [])
    assert len(marks(page)["read"]) == 1


def test_a_mark_on_a_network_that_hangs_is_said_to_be_kept_and_is_done_once(page, between):
    """What hung arrives after all, beside what the queue sends meanwhile."""
    opened(page, "/list")
    entry = page.locator(".reading-entry").first
    path = "/list/" + str(entry.get_attribute("id")).removeprefix("page-")
    between.held.add(path)
    begun = time.monotonic()
    entry.get_by_role("button", name="Mark as read").click()

    entry.get_by_text(KEPT).wait_for()

    assert time.monotonic() - begun < AT_MOST
    until(page, lambda: sum(one.path == path for one in between.asked) == 2)
    between.held.clear()
    page.get_by_text("Sent.").first.wait_for()
    assert states(page) == ["sent"]
    assert list(marks(page)["read"]) == [path.removeprefix("/list/")]


@pytest.mark.parametrize("path", ["/list", "/plan", "/read/what-to-expect"])
def test_a_press_on_a_silent_network_is_said_to_be_kept_within_three_seconds(page, between, path):
    opened(page, "/today")
    opened(page, path)
    between.in_place_of |= {f"POST {one}": "silence" for one in addresses(page)}
    begun = time.monotonic()
    page.get_by_role("button", name="Went" if path == "/plan" else "Mark as read").first.click()

    page.get_by_text(KEPT).first.wait_for()

    assert time.monotonic() - begun < AT_MOST
    page.wait_for_timeout(8000)
    assert page.locator(".outcome").all_inner_texts() == [f"{KEPT} See what is waiting"], (
        "and nothing else is said of it later"
    )


def test_a_mark_whose_answer_is_lost_after_it_was_saved_is_there_once(page, between, loop):
    opened(page, "/list")
    entry = page.locator(".reading-entry").first
    path = "/list/" + str(entry.get_attribute("id")).removeprefix("page-")
    between.held.add(path)
    entry.get_by_role("button", name="Mark as read").click()
    until(page, lambda: path in between.waiting)
    (record,) = page.evaluate(RECORDS)
    # As if it had come through: the same key, seen the same.
    between.held.clear()
    page.get_by_text("Marked as read").first.wait_for()
    until(page, lambda: states(page) == [])
    page.evaluate("(one) => import('/static/js/phone-store.js').then(({ put }) => put('queue', one))", record)
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Undone.").wait_for()

    page.evaluate(SEND)

    assert states(page) == ["sent"]
    assert "read" not in marks(page)


def test_a_list_that_has_changed_since_says_so_beside_the_button(page):
    opened(page, "/list")
    entry = page.locator(".reading-entry").first
    path = "/list/" + str(entry.get_attribute("id")).removeprefix("page-")
    assert page.evaluate(POST, [path, {"action": "hide"}]) == 200

    entry.get_by_role("button", name="Mark as read").click()

    entry.get_by_text("It is now: hidden. You chose: Mark as read.").wait_for()
    until(page, lambda: states(page) == ["conflict"])
    assert "read" not in marks(page)


def test_a_page_of_the_library_is_marked_while_the_server_is_stopped(page, server):
    opened(page, "/today")
    opened(page, "/read/what-to-expect")
    server.stop()

    page.get_by_role("button", name="Mark as read").click()

    page.get_by_text(KEPT).first.wait_for()
    server.start()
    page.evaluate(SEND)
    assert list(marks(page)["read"]) == ["what-to-expect"]


def test_what_is_asked_of_danger_signs_does_not_wait(page):
    assert page.evaluate(POST, ["/plan/sessions/1/log", {"log": "went"}]) == 200
    opened(page, "/plan/sessions/1")
    page.context.set_offline(True)

    page.get_by_role("button", name="None of these").click()

    page.get_by_text("Nothing was sent").first.wait_for()
    assert states(page) == []
