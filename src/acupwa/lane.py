"""Threads beside the event loop, so many at the most, with so many waiting before them, each for so long.

The one way off the loop for whatever waits or computes: the database, large files, passwords.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, ContextVar, copy_context
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Full(Exception):
    """As many wait already as may."""


class Late(Exception):
    """Not done in time. Nobody waits for it any more."""


class Turn:
    """The time that a piece of work has, known to whatever it calls (`turn_of_this_work`)."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.given_up = False
        self._cut: Callable[[], None] | None = None
        self._lock = threading.Lock()

    def hold(self, cut: Callable[[], None]) -> None:
        """From now to `release`, giving up also calls `cut`, which frees the thread from what it waits for."""
        with self._lock:
            self._cut = cut
            if self.given_up:
                cut()

    def release(self) -> None:
        with self._lock:
            self._cut = None

    def give_up(self) -> None:
        with self._lock:
            self.given_up = True
            if self._cut is not None:
                self._cut()


_TURN: ContextVar[Turn | None] = ContextVar("turn", default=None)


def turn_of_this_work() -> Turn | None:
    """None outside of a lane: a command has all the time that it needs."""
    return _TURN.get()


class _Job(Generic[T]):
    def __init__(self, call: Callable[[], T], seconds: float) -> None:
        self.loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[T] = self.loop.create_future()
        self.turn = Turn(seconds)
        self._call = call
        self._context: Context = copy_context()

    def run(self) -> tuple[Callable[[Any], None], Any] | None:
        """How it ended, for `tell`. In a thread of the lane; language and country are as where it was asked for."""
        if self.turn.given_up:
            return None
        try:
            return self._succeed, self._context.run(self._in_turn)
        except BaseException as fault:
            return self._fail, fault

    def be_late(self) -> None:
        """In the loop."""
        self.turn.give_up()
        self._fail(Late())

    def _in_turn(self) -> T:
        _TURN.set(self.turn)
        return self._call()

    def tell(self, settle: Callable[[Any], None], outcome: Any) -> None:
        with suppress(RuntimeError):  # the loop was closed: nobody is there any more
            self.loop.call_soon_threadsafe(settle, outcome)

    def _succeed(self, value: T) -> None:
        if not self.answer.done():
            self.answer.set_result(value)

    def _fail(self, fault: BaseException) -> None:
        if not self.answer.done():
            self.answer.set_exception(fault)


class Lane:
    """Threads are made when they are needed, and end with `close`; after that they are made anew."""

    def __init__(self, threads: int, most_waiting: int) -> None:
        self._most_threads = threads
        self._most_open = threads + most_waiting
        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._threads = 0
        self._open = 0

    async def run(self, call: Callable[[], T], seconds: float) -> T:
        """What `call` gives. Raises Full at once, Late after `seconds`, and what `call` raises."""
        job = _Job(call, seconds)
        self._add(job)
        timer = job.loop.call_later(seconds, job.be_late)
        try:
            return await job.answer
        finally:
            timer.cancel()

    def close(self) -> None:
        with self._lock:
            for _ in range(self._threads):
                self._jobs.put(None)
            self._threads = 0

    def _add(self, job: _Job[Any]) -> None:
        with self._lock:
            if self._open >= self._most_open:
                raise Full
            self._open += 1
            if self._threads < min(self._open, self._most_threads):
                self._threads += 1
                threading.Thread(target=self._work, daemon=True).start()
        self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            ended = job.run()
            # Before it is told: whoever hears of it finds room.
            with self._lock:
                self._open -= 1
            if ended is not None:
                job.tell(*ended)
            # Let go of: the next one may be long in coming.
            del job, ended
