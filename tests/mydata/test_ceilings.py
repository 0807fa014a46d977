"""How much one person can have here, counted at every door; and that nobody waits for it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any

import pytest
from sqlalchemy import event

from acupwa.db.tables import new_key
from acupwa.person.model import MOST_CONSENTS
from acupwa.person.service import give_consent, list_consents, make_person
from acupwa.quiz.model import MOST_CHECK_INS
from acupwa.web.aside import AT_ONCE, MOST_OF_ONE, MOST_WAITING, Busy, aside, aside_when, visitor
from tests.mydata.test_import import bring, send, taken_along
from tests.support.codes import NEWCOMER
from tests.support.people import RA, a_whole_person


def full_file(client: Any, clock: Any, count: int = MOST_CHECK_INS) -> dict[str, Any]:
    a_whole_person(client, clock)
    file = dict(json.loads(taken_along(client)))
    file["check_ins"] = [file["check_ins"][1] | {"id": str(new_key())} for _ in range(count)]
    return file


@pytest.mark.slow  # 12 s on two cores at a load of 20
def test_the_doors_are_closed_when_there_are_as_many_as_are_kept(client, clock):
    whole = client.another()
    file = full_file(client, clock)
    bring(whole, json.dumps(file))
    before = json.loads(taken_along(whole))

    begun = whole.post("/quiz", {"again": "1"})
    follow_up = whole.post("/quiz", {"variant": "follow-up"})
    sent = whole.post("/quiz/whole", {**RA, "idempotency_key": "later"})
    one_more = [file["check_ins"][0] | {"id": str(new_key())}]
    brought = send(whole, json.dumps(file | {"check_ins": one_more}), press=True)

    assert begun.headers["location"] == follow_up.headers["location"] == "/me?done=full"
    assert f"{MOST_CHECK_INS} check-ins" in whole.follow(begun).text
    assert sent.status_code == brought.status_code == 422
    assert "the most we keep" in sent.text
    assert "Nothing was changed" in brought.text
    after = json.loads(taken_along(whole))
    assert after["check_ins"] == before["check_ins"]
    assert after["consents"] == before["consents"]

    gone = before["check_ins"][-1]["id"]
    whole.post(f"/me/check-ins/{gone}/delete")
    assert whole.post("/quiz", {"again": "1"}).headers["location"].startswith("/quiz/")

    assert whole.post("/quiz/whole", {**RA, "idempotency_key": "last"}).status_code == 303
    assert len(json.loads(taken_along(whole))["check_ins"]) == MOST_CHECK_INS + 1
    assert send(client.another(), taken_along(whole), press=True).status_code == 303


def test_consents_are_kept_each_time_up_to_a_ceiling_and_new_words_always(database):
    person, _ = database.work(make_person, NEWCOMER)

    def many(db: Any, now: Any) -> None:
        for _ in range(MOST_CONSENTS + 5):
            give_consent(db, now, person.id, "1", "the words", "en")
        give_consent(db, now, person.id, "2", "other words", "en")

    database.work(many)

    assert len(database.work(list_consents, person.id)) == MOST_CONSENTS + 1


def test_so_many_wait_for_long_work_and_the_next_is_asked_to_come_again(loop):
    over = threading.Event()

    async def crowd() -> list[Any]:
        calls = [asyncio.create_task(aside(over.wait, 30)) for _ in range(AT_ONCE + MOST_WAITING)]
        await asyncio.sleep(0.01)
        with pytest.raises(Busy) as busy:
            await aside(time.sleep, 0)
        over.set()
        await asyncio.gather(*calls)
        return [busy.value.status_code, busy.value.headers]

    assert asyncio.run_coroutine_threadsafe(crowd(), loop).result(30) == [503, {"retry-after": "5"}]


@pytest.mark.slow  # 15 s on two cores at a load of 20
def test_nobody_waits_for_the_largest_file_of_another(client, clock, loop):
    """What is read and written of all check-ins is so beside the event loop; time alone would tell the machine's load."""
    person, data = client.another(), json.dumps(full_file(client, clock))
    threads: set[int] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        # One row by LIMIT is short work, wherever it is done.
        all_of_them = "ORDER BY" in statement and "LIMIT" not in statement
        if "check_in" in statement and ("INSERT" in statement or all_of_them):
            threads.add(threading.get_ident())

    async def own_thread() -> int:
        return threading.get_ident()

    event.listen(client.app.inner.state.work.engine, "before_cursor_execute", note)
    send(person, data)
    assert send(person, data, press=True, field="text").status_code == 303
    for path in (
        "/today",
        "/me",
        "/progress",
        "/me/export.json",
        "/me/export.csv",
        "/me/export.xlsx",
        "/me/export.fhir.json",
    ):
        assert person.get(path).status_code == 200, path

    assert threads
    assert asyncio.run_coroutine_threadsafe(own_thread(), loop).result() not in threads


def test_a_page_of_few_waits_for_nobody_s_large_file(loop):
    over = threading.Event()

    async def crowd() -> list[bool]:
        calls = [asyncio.create_task(aside(over.wait, 30)) for _ in range(AT_ONCE + MOST_WAITING)]
        await asyncio.sleep(0.01)
        here = threading.get_ident()
        found = [await aside_when(False, threading.get_ident) == here]
        with pytest.raises(Busy):
            await aside_when(True, threading.get_ident)
        over.set()
        await asyncio.gather(*calls)
        return [*found, await aside_when(True, threading.get_ident) != here]

    assert asyncio.run_coroutine_threadsafe(crowd(), loop).result(30) == [True, True]


def test_one_visitor_has_one_long_work_at_a_time_and_others_go_on(loop):
    at_once: list[int] = []
    most = 0
    over = threading.Event()

    def work() -> None:
        nonlocal most
        at_once.append(1)
        most = max(most, len(at_once))
        over.wait(30)
        at_once.pop()

    async def crowd() -> list[int]:
        visitor.set("one")
        calls = [asyncio.create_task(aside(work)) for _ in range(1 + MOST_OF_ONE)]
        await asyncio.sleep(0.01)
        with pytest.raises(Busy):
            await aside(work)
        visitor.set("another")
        await aside(time.sleep, 0)
        held = list(at_once)
        over.set()
        await asyncio.gather(*calls)
        return held

    assert asyncio.run_coroutine_threadsafe(crowd(), loop).result(30) == [1], (
        "another is not kept waiting for the first"
    )
    assert most == 1
