"""What an earlier version of the app has left on a phone is sent by a later one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.offline.test_new_build import with_another_build
from tests.offline.test_queue import CHECK_INS, RECORDS
from tests.offline.test_update_offer import NEW_ONE_ANSWERS, UPDATE, offer
from tests.offline.test_worker_aside import KEEP, worker_answers
from tests.support.browser import PHONE, SAVES_DATA, until
from tests.support.server import Server
from tests.support.stand_in import StandIn, standing_in

pytestmark = pytest.mark.browser

# To the letter what the first version with a queue stored. It is never brought up to date: phones hold such.
VERSION_1: dict[str, Any] = {
    "id": "HoMZoJzM2Z43DNxOmptL6g",
    "claim": "kTq3uZ0o3m3l9b1YpQ5wVdS8fXn2cR7tG4hJ6kL0aBc",
    "person": "",
    "kind": "check-in",
    "what": "Check-in",
    "path": "/quiz/whole",
    "fields": [
        ["none_right_now", "1"], ["none_lately", "1"], ["answering_for", "myself"], ["age_band", "40-64"],
        ["country", "GB"], ["conditions", "ra"], ["ratings.fatigue", "5"], ["ratings.overall", "6"],
        ["problem_words", "aching quince thumb"], ["ratings.problem", "7"], ["main_symptom", "pain"],
        ["stopping_medicine", "no"], ["precautions", "anticoagulants"],
    ],
    "lines": [["What is it about?", "aching quince thumb"]],
    "seen": "",
    "made": 1796063355892,
    "says": [],
    "to": "",
}  # fmt: skip


@pytest.fixture
def between(server: Server, loop: asyncio.AbstractEventLoop) -> Iterator[StandIn]:
    with standing_in(server.port, loop) as made:
        yield made


@pytest.fixture
def page(browser: Any, between: StandIn) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=between.url)
    context.add_init_script(SAVES_DATA)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("state", ["waiting", "sending"], ids=["it waits", "its worker was ended while it sent"])
def test_a_record_of_version_1_is_sent_by_a_new_build(page, between, server, state):
    between.in_place_of["POST /quiz/whole"] = "502 of a proxy"
    # Here nothing of ours has made the database yet.
    page.goto("/robots.txt")
    page.evaluate(KEEP, ["queue", VERSION_1 | {"state": state}])
    page.goto("/emergency")
    worker_answers(page)
    between.answers["a later build"] = with_another_build(server)
    between.in_place_of["/service-worker.js"] = "a later build"
    until(page, lambda: page.evaluate(UPDATE) and offer(page).is_visible())
    with page.expect_navigation():
        offer(page).click()
    page.wait_for_function(NEW_ONE_ANSWERS)
    (record,) = page.evaluate(RECORDS)
    assert record | {"state": state} == VERSION_1 | {"state": state}, "as it was, over the update"

    del between.in_place_of["POST /quiz/whole"]
    page.goto("/emergency")

    until(page, lambda: [one["state"] for one in page.evaluate(RECORDS)] == ["sent"])
    assert page.evaluate(CHECK_INS) == ["aching quince thumb"]
