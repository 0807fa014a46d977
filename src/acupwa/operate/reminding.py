"""The runner of reminders: one thread beside the server, which looks at one person at a time, and sends what is due.

Any number of servers may run on one PostgreSQL: each takes whom no other has. A look is kept once all of it was sent,
so that a server which is killed loses nothing, and what it was just sending is sent again, by whoever comes next.
"""

from __future__ import annotations

import asyncio
import threading
from uuid import UUID

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.logs import Seldom
from acupwa.person.look_service import next_look
from acupwa.reminders.delivery_service import deliver
from acupwa.reminders.looking_service import Found, claim_next, find_work, leave
from acupwa.reminders.model import Again
from acupwa.reminders.service import make_sender
from acupwa.reminders.wire import to_send, try_again, waiting
from acupwa.settings import Settings
from acupwa.web.metrics import Metrics
from acupwa.web.push import Push

# While nobody is due: a change may come at any time, by whichever server.
PAUSE_SECONDS = 20.0
_FAULT_SECONDS = 5.0
_LEAST_SECONDS = 0.05


class Reminding:
    """Belongs to one event loop, which nobody else needs: the database is asked in it."""

    def __init__(self, settings: Settings, work: Work, library: Library, metrics: Metrics, push: Push) -> None:
        self._settings = settings
        self._work = work
        self._library = library
        self._metrics = metrics
        self._push = push
        self._faults = Seldom()

    async def run(self) -> None:
        """For ever. Each fault is told, and the next person is looked at."""
        while True:
            try:
                if not await self.look_at_one():
                    await asyncio.sleep(self._pause())
            except Exception as fault:
                self._faults.log_fault("reminders", kind=type(fault).__name__)
                await asyncio.sleep(_FAULT_SECONDS)

    async def look_at_one(self) -> bool:
        """False when nobody is due."""
        if not self._is_due():
            return False
        claim = self._work.run(claim_next)
        if claim is None:
            return False
        found = self._work.run_read(find_work, claim, self._library, self._settings.draft_days)
        again, gone = await self._send(found) if found else ((), ())
        self._work.run(leave, claim, found, again, gone)
        return True

    def _is_due(self) -> bool:
        """Asked of the database as a reader: on SQLite nobody waits for that."""
        at = self._work.run_read(next_look)
        return at is not None and at <= self._work.clock()

    def _pause(self) -> float:
        at = self._work.run_read(next_look)
        ahead = (at - self._work.clock()).total_seconds() if at else PAUSE_SECONDS
        return min(max(ahead, _LEAST_SECONDS), PAUSE_SECONDS)

    async def _send(self, found: Found) -> tuple[tuple[Again, ...], tuple[UUID, ...]]:
        """What is to be tried again, and which phones nobody is reached by any more."""
        again, gone = list(waiting(found.again, found.look.due, found.at)), set[UUID]()
        self._metrics.count_reminders(dropped=found.look.late)
        sender = self._work.run(make_sender, self._settings.vapid_subject)
        for one in to_send(found.look.due, found.again, found.at):
            browsers = [browser for browser in found.browsers if browser[0] not in gone]
            delivered = await deliver(one, browsers, sender, self._push, found.at)
            self._metrics.count_reminders(sent=delivered.sent, faults=delivered.faults)
            gone.update(delivered.gone)
            missed = try_again(one, delivered.missed, delivered.wait, found.at)
            again += [missed] if missed else []
        return tuple(again), tuple(gone)


def remind(settings: Settings, work: Work, library: Library, metrics: Metrics) -> None:
    """Starts the runner in a thread of its own, which ends with the process."""

    def run() -> None:
        asyncio.run(_run(settings, work, library, metrics))

    threading.Thread(target=run, name="reminders", daemon=True).start()


async def _run(settings: Settings, work: Work, library: Library, metrics: Metrics) -> None:
    push = Push(settings.push_services)
    try:
        await Reminding(settings, work, library, metrics, push).run()
    finally:
        await push.close()
