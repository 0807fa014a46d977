"""Passwords are checked a few at a time: strangers wait in bounded number, and not before those who were here."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from acupwa.practice.accounts import password_tries_service, passwords
from acupwa.practice.accounts.password_tries_service import try_password
from acupwa.web.aside import Busy
from acupwa.web.hashing import AT_ONCE, MOST_OF_ONE_PLACE, MOST_WAITING, hashing
from tests.support.loops import run_apart
from tests.support.practitioners import PASSWORD, signed_in, work_of
from tests.support.stalls import time_given


def test_so_many_wait_and_the_next_is_told_at_once_but_who_is_known_goes_in():
    at_once, most, lock, over = 0, 0, threading.Lock(), threading.Event()

    def hold() -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        over.wait(30)
        with lock:
            at_once -= 1

    async def ask():
        strangers = [asyncio.create_task(hashing(f"place {n}", hold)) for n in range(80)]
        await asyncio.sleep(0.02)
        began = time_given()
        with pytest.raises(Busy) as busy:
            await hashing("here", hold)
        assert time_given() - began < 0.05
        assert busy.value.headers == {"retry-after": "5"}
        assert await hashing(None, lambda: "in") == "in"
        assert time_given() - began < 0.1
        over.set()
        return await asyncio.gather(*strangers, return_exceptions=True)

    answers = run_apart(ask())

    assert most == AT_ONCE
    assert sum(one is None for one in answers) == AT_ONCE + MOST_WAITING
    assert sum(isinstance(one, Busy) for one in answers) == 80 - AT_ONCE - MOST_WAITING


def test_one_place_leaves_room_for_others():
    over = threading.Event()

    async def ask():
        crowd = [asyncio.create_task(hashing("there", over.wait, 30)) for _ in range(80)]
        await asyncio.sleep(0.02)
        inside = asyncio.create_task(hashing("here", lambda: "in"))
        await asyncio.sleep(0)
        over.set()
        assert await inside == "in"
        return await asyncio.gather(*crowd, return_exceptions=True)

    answers = run_apart(ask())

    assert sum(one is True for one in answers) == MOST_OF_ONE_PLACE


def test_a_browser_is_known_once_somebody_signed_in_with_it_and_to_their_account_alone(client):
    ann = signed_in(client, "ann@example.org")
    work = work_of(client)
    device = ann.cookies["acupwa-practice-device"]

    assert work.run(try_password, "ann@example.org", "192.0.2.1", device).place is None
    ann.post("/practice/sign-out")
    assert work.run(try_password, "ann@example.org", "192.0.2.1", device).place is None
    for name, shown in (("bob@example.org", device), ("ann@example.org", "made-up"), ("ann@example.org", "é" * 54)):
        assert work.run(try_password, name, "192.0.2.1", shown).place is not None


def test_passwords_cost_what_the_standard_asks_for():
    assert extract_parameters(passwords.NOBODY) == RFC_9106_LOW_MEMORY


class _HoldsStrangers(PasswordHasher):
    """Takes up who has no account, and lets them go on when told: what a slow machine does, without its slowness."""

    def __init__(self) -> None:
        super().__init__()
        self.taken_up = threading.Semaphore(0)
        self.let_go = threading.Event()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        if hash == passwords.NOBODY:
            self.taken_up.release()
            self.let_go.wait(30)
        return super().verify(hash, password)


def test_while_strangers_fill_the_queue_who_was_here_signs_in(client, monkeypatch):
    hasher = _HoldsStrangers()
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    monkeypatch.setattr(password_tries_service, "NOBODY", passwords.NOBODY)
    ann = signed_in(client, "ann@example.org")
    ann.post("/practice/sign-out")
    forms = [("/practice/sign-in", {"email": f"x{n}@example.org", "password": "wrong wrong wrong"}) for n in range(60)]

    with ThreadPoolExecutor() as beside:
        strangers = beside.submit(client.another().post_all_at_once, forms)
        try:
            for _ in range(AT_ONCE):
                assert hasher.taken_up.acquire(timeout=30)
            answer = ann.post("/practice/sign-in", data={"email": "ann@example.org", "password": PASSWORD})
            still_waiting = not strangers.done()
        finally:
            hasher.let_go.set()
        found = [one.status_code for one in strangers.result(60)]

    assert answer.status_code == 303
    assert still_waiting, "nobody waits behind a stranger"
    assert found.count(503) + found.count(429) >= 40
