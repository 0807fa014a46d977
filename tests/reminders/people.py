"""A person with a plan and phones, on either database, and the runner that looks at them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from acupwa.operate.reminding import Reminding
from acupwa.person.look_service import next_look
from acupwa.person.service import make_person, new_device
from acupwa.planner.service import put_plan
from acupwa.reminders.model import Choices
from acupwa.reminders.service import put_choices, subscribe
from acupwa.settings import Settings
from acupwa.web.metrics import Metrics
from acupwa.web.push import Push
from tests.reminders.lives import ANY_HOUR, plan_at
from tests.support.codes import NEWCOMER
from tests.support.loops import run_apart
from tests.support.push_service import PushService
from tests.today.people import LIBRARY


class Reminded(msgspec.Struct):
    """Somebody with reminders; `phones` are names of the push service, `tokens` their keys."""

    id: UUID
    tokens: list[str]


def newcomer(work: Any) -> Reminded:
    person, token = work.run(make_person, NEWCOMER)
    return Reminded(person.id, [token])


def reminded(work: Any, service: PushService, *names: str, choices: Choices = ANY_HOUR, plan: Any = None) -> Reminded:
    """With a session on Thursday 26 November at three, and a phone for each name."""
    person = newcomer(work)
    made = plan or plan_at("15:00", count=1)
    work.run(put_plan, person.id, msgspec.structs.replace(made, id=person.id))
    work.run(put_choices, person.id, choices)
    for number, name in enumerate(names):
        token = person.tokens[0] if number == 0 else work.run(new_device, person.id)
        person.tokens += [token] if number else []
        assert work.run(subscribe, person.id, service.browser(name), token) is None
    return person


class Looks:
    """The runner of one server, on a clock that tests turn."""

    def __init__(self, settings: Settings, work: Any, *services: PushService, **push: Any) -> None:
        self.metrics = Metrics()
        self._settings, self._work = settings, work
        self._services, self._options = services, push

    def look_at_all(self) -> int:
        """As long as somebody is due; how many looks it took."""
        return run_apart(self._look_at_all())

    def look_until(self, clock: Any, ends: datetime) -> None:
        """Whenever the next look is due."""
        run_apart(self._look_until(clock, ends))

    def run_until(self, done: Callable[[], Any], seconds: float = 10.0) -> None:
        """As it runs in a server, for ever."""
        run_apart(self._run_until(done, seconds))

    def count(self, outcome: str, fault: str = "") -> float:
        return self.metrics.reminders.labels(outcome, fault)._value.get()

    async def _look_at_all(self) -> int:
        async with self._reminding() as reminding:
            return await reminding.look_at_all()

    async def _look_until(self, clock: Any, ends: datetime) -> None:
        async with self._reminding() as reminding:
            await reminding.look_at_all()
            while (at := self._work.run_read(next_look)) and at < ends:
                assert at > clock.now
                clock.now = at
                await reminding.look_at_all()
        clock.now = max(clock.now, ends)

    async def _run_until(self, done: Callable[[], Any], seconds: float) -> None:
        async with self._reminding() as reminding:
            running = asyncio.create_task(reminding.run())
            async with asyncio.timeout(seconds):
                while not done():
                    await asyncio.sleep(0.02)
                reminding.stop()
                await running

    @asynccontextmanager
    async def _reminding(self) -> AsyncIterator[Reminding]:
        push = Push([one.origin for one in self._services], **self._options)
        yield Reminding(self._settings, self._work, LIBRARY, self.metrics, push)
        await push.close()
