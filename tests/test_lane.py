from __future__ import annotations

import asyncio
import threading
import time
from contextvars import ContextVar

import pytest

from acupwa.lane import Full, Lane, Late, turn_of_this_work
from tests.support.loops import run_apart

_WORD: ContextVar[str] = ContextVar("word", default="")


@pytest.fixture
def lane():
    lane = Lane(threads=2, most_waiting=3)
    yield lane
    lane.close()


def test_what_is_done_there_is_given_back_and_what_is_raised_too(lane):
    async def ask() -> None:
        _WORD.set("hello")
        assert await lane.run(lambda: _WORD.get(), 1) == "hello"
        assert await lane.run(threading.get_ident, 1) != threading.get_ident()
        with pytest.raises(ZeroDivisionError):
            await lane.run(lambda: 1 // 0, 1)

    run_apart(ask())


def test_never_more_at_once_and_never_more_waiting_than_said(lane):
    at_once, most, lock = 0, 0, threading.Lock()

    def hold() -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.05)
        with lock:
            at_once -= 1

    async def ask() -> list[object]:
        return await asyncio.gather(*(lane.run(hold, 5) for _ in range(20)), return_exceptions=True)

    answers = run_apart(ask())

    assert most == 2
    assert sum(isinstance(one, Full) for one in answers) == 15
    assert sum(one is None for one in answers) == 5


def test_who_waited_too_long_is_told_and_what_had_not_begun_is_left(lane):
    begun: list[int] = []
    door = threading.Event()

    def hold(number: int) -> None:
        begun.append(number)
        door.wait(5)

    async def ask() -> None:
        began = time.monotonic()
        answers = await asyncio.gather(*(lane.run(lambda n=n: hold(n), 0.2) for n in range(4)), return_exceptions=True)
        assert all(isinstance(one, Late) for one in answers)
        assert time.monotonic() - began < 1
        door.set()
        assert await lane.run(lambda: 7, 1) == 7

    run_apart(ask())

    assert sorted(begun) == [0, 1]


def test_a_wait_is_cut_when_its_time_is_over(lane):
    cut = threading.Event()

    def wait() -> None:
        turn = turn_of_this_work()
        assert turn is not None
        turn.hold(cut.set)
        cut.wait(5)

    async def ask() -> None:
        with pytest.raises(Late):
            await lane.run(wait, 0.1)

    run_apart(ask())

    assert cut.is_set()


def test_nobody_has_a_turn_outside(lane):
    assert turn_of_this_work() is None
    turns = []
    run_apart(lane.run(lambda: turns.append(turn_of_this_work()), 1))
    assert turns[0] is not None


def test_a_closed_lane_ends_its_threads_and_opens_again(lane):
    async def ask() -> int:
        return await lane.run(threading.get_ident, 1)

    first = run_apart(ask())
    lane.close()
    deadline = time.monotonic() + 2
    while any(one.ident == first for one in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)

    assert run_apart(ask())
