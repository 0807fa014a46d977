"""How much one person can have here, counted at every door; and that nobody waits for it."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from typing import Any

import pytest

from acupwa.db.tables import new_key
from acupwa.person.model import MOST_CONSENTS
from acupwa.person.service import give_consent, list_consents, make_person
from acupwa.quiz.model import MOST_CHECK_INS
from acupwa.web.aside import AT_ONCE, MOST_WAITING, Busy, aside
from tests.mydata.test_import import bring, send, taken_along
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

    assert begun.headers["location"] == "/me?done=full"
    assert f"{MOST_CHECK_INS} check-ins" in whole.follow(begun).text
    assert follow_up.headers["location"] == "/quiz"
    assert sent.status_code == brought.status_code == 422
    assert "as many as we keep" in sent.text
    assert "Nothing was changed" in brought.text
    after = json.loads(taken_along(whole))
    assert after["check_ins"] == before["check_ins"]
    assert after["consents"] == before["consents"]

    gone = before["check_ins"][-1]["id"]
    whole.post(f"/me/check-ins/{gone}/delete")
    assert whole.post("/quiz", {"again": "1"}).headers["location"].startswith("/quiz/")


def test_consents_are_kept_each_time_up_to_a_ceiling_and_new_words_always(database):
    person, _ = database.work(make_person)

    def many(db: Any, now: Any) -> None:
        for _ in range(MOST_CONSENTS + 5):
            give_consent(db, now, person.id, "1", "the words", "en")
        give_consent(db, now, person.id, "2", "other words", "en")

    database.work(many)

    assert len(database.work(list_consents, person.id)) == MOST_CONSENTS + 1


def test_so_many_wait_for_long_work_and_the_next_is_asked_to_come_again(loop):
    async def crowd() -> list[Any]:
        calls = [asyncio.create_task(aside(time.sleep, 0.05)) for _ in range(AT_ONCE + MOST_WAITING)]
        await asyncio.sleep(0.01)
        with pytest.raises(Busy) as busy:
            await aside(time.sleep, 0)
        await asyncio.gather(*calls)
        return [busy.value.status_code, busy.value.headers]

    assert asyncio.run_coroutine_threadsafe(crowd(), loop).result(30) == [503, {"retry-after": "5"}]


@pytest.mark.slow  # 15 s on two cores at a load of 20
def test_nobody_waits_for_the_largest_file_of_another(client, clock, loop):
    """Each press beside the largest import and the largest exports is answered within half a second."""
    person = client.another()
    data = json.dumps(full_file(client, clock))
    waits: list[float] = []
    # As a server does when it starts: else what is measured is Python looking through everything that was loaded.
    gc.collect()
    gc.freeze()

    async def watch(stop: asyncio.Event) -> None:
        while not stop.is_set():
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            waits.append(time.perf_counter() - began)

    async def start() -> tuple[asyncio.Event, asyncio.Task[None]]:
        stop = asyncio.Event()
        return stop, asyncio.create_task(watch(stop))

    stop, task = asyncio.run_coroutine_threadsafe(start(), loop).result()
    send(person, data)
    assert send(person, data, press=True, field="text").status_code == 303
    for path in ("/me", "/progress", "/me/export.json", "/me/export.csv", "/me/export.fhir.json"):
        assert person.get(path).status_code == 200, path
    loop.call_soon_threadsafe(stop.set)
    asyncio.run_coroutine_threadsafe(asyncio.wait_for(task, 10), loop).result()

    gc.unfreeze()
    print(f"longest wait {max(waits):.3f} s of {len(waits)}")
    assert max(waits) < 0.5
