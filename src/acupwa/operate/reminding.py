"""The runner of reminders: one thread beside the server, which looks at some people at a time, and sends what is due.

Any number of servers may run on one PostgreSQL: each takes whom no other has. A look is kept once all of it was sent,
so that a server which is killed loses nothing, and what it was just sending is sent again, by whoever comes next.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

from acupwa.db.work import DatabaseLost, Work
from acupwa.library.model import Library
from acupwa.logs import Seldom
from acupwa.person.look_service import next_look
from acupwa.reminders.delivery_service import deliver
from acupwa.reminders.looking_service import LEASE, Found, Taken, find_work, leave, put_off, take_next
from acupwa.reminders.model import Again
from acupwa.reminders.service import make_sender
from acupwa.reminders.wire import to_send, try_again, waiting
from acupwa.settings import Settings
from acupwa.web.errors import frames_of
from acupwa.web.metrics import Metrics
from acupwa.web.push import Push
from acupwa.web.push_message import Sender

T = TypeVar("T")
_Sent = tuple[tuple[Again, ...], tuple[UUID, ...]]

# While nobody is due: a change may come at any time, by whichever server.
PAUSE_SECONDS = 20.0
# A push service that is slow keeps so many places, and no more people waiting.
MOST_AT_ONCE = 10
# A look that is sent and not kept is sent again by whoever comes after a killed server: so only one is between the two,
# unless a push service lets us wait longer than this.
TURN_SECONDS = 0.25
# Longer than a push service is waited for.
STOP_SECONDS = 12.0
_FAULT_SECONDS = 5.0
_LEAST_SECONDS = 0.05
_SPARE_SECONDS = 10.0


class Reminding:
    """Belongs to one event loop. The database is asked beside it, one question at a time: whoever waits for a push service
    hears of its answer in time.
    """

    def __init__(self, settings: Settings, work: Work, library: Library, metrics: Metrics, push: Push) -> None:
        self._settings = settings
        self._work = work
        self._library = library
        self._metrics = metrics
        self._push = push
        self._faults = Seldom()
        self._sender: Sender | None = None
        self._stopping = False
        self._woken = asyncio.Event()
        self._turn = asyncio.Lock()
        self._asking = ThreadPoolExecutor(1)

    async def run(self) -> None:
        """Until it is told to stop; then to the end of the looks in hand. Each fault is told."""
        room = asyncio.Semaphore(MOST_AT_ONCE)
        async with asyncio.TaskGroup() as looks:
            while not self._stopping:
                await room.acquire()
                self._woken.clear()
                try:
                    taken, pause = await self._take()
                except Exception as fault:
                    self._log(fault)
                    taken, pause = None, _FAULT_SECONDS
                if taken:
                    looks.create_task(self._look_at(taken)).add_done_callback(lambda _task: self._leave_room(room))
                else:
                    room.release()
                    await self._rest(pause)

    def stop(self) -> None:
        """Nobody new is taken. In its loop."""
        self._stopping = True
        self._woken.set()

    async def look_at_all(self) -> int:
        """As long as somebody is due, all that there are at once; how many looks it took."""
        looks = 0
        while True:
            all_taken = [taken for _each in range(MOST_AT_ONCE) if (taken := (await self._take())[0])]
            if not all_taken:
                return looks
            await asyncio.gather(*map(self._look_at, all_taken))
            looks += len(all_taken)

    def _leave_room(self, room: asyncio.Semaphore) -> None:
        """A look may have found that the next one is soon."""
        room.release()
        self._woken.set()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            pass

    async def _beside(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._asking, call)

    async def _take(self) -> tuple[Taken | None, float]:
        """Somebody who is due, or how long to rest. Asked of the database as a reader: on SQLite nobody waits for that."""
        at = await self._beside(lambda: self._work.run_read(next_look))
        self._metrics.note_look()
        ahead = (at - self._work.clock()).total_seconds() if at else PAUSE_SECONDS
        taken = await self._beside(lambda: self._work.run(take_next)) if ahead <= 0 else None
        return taken, min(max(ahead, _LEAST_SECONDS), PAUSE_SECONDS)

    async def _look_at(self, taken: Taken) -> None:
        """Never raises: whatever is wrong with one person, the others get theirs."""
        ends = time.monotonic() + LEASE.total_seconds() - _SPARE_SECONDS
        try:
            days = self._settings.draft_days
            found = await self._beside(lambda: self._work.run_read(find_work, taken, self._library, days))
            async with self._turn:
                sending = asyncio.create_task(self._send(found))
                await asyncio.wait({sending}, timeout=TURN_SECONDS)
                if sending.done():
                    return await self._keep(taken, found, await sending, ends)
            await self._keep(taken, found, await sending, ends)
        except DatabaseLost as fault:
            # Nothing was sent: when the time is over that they were taken for, they are looked at anew.
            self._log(fault)
        except Exception as fault:
            self._log(fault)
            await self._surely(lambda: self._work.run(put_off, taken), ends)

    async def _keep(self, taken: Taken, found: Found | None, sent: _Sent, ends: float) -> None:
        again, gone = sent
        await self._surely(lambda: self._work.run(leave, taken, found, again, gone), ends)

    async def _surely(self, write: Callable[[], None], ends: float) -> None:
        """Tried again as long as nobody else takes them: what was sent and not kept is sent once more."""
        while True:
            try:
                return await self._beside(write)
            except Exception as fault:
                self._log(fault)
                if time.monotonic() > ends:
                    return None
            await asyncio.sleep(1)

    async def _send(self, found: Found | None) -> _Sent:
        """What is to be tried again, and which phones nobody is reached by any more."""
        if found is None:
            return (), ()
        look, gone = found.look, set[UUID]()
        again = list(waiting(look.again, look.due, found.at))
        self._metrics.count_reminders(dropped=look.late)
        for one in to_send(look.due, look.again, found.at):
            browsers = [browser for browser in found.browsers if browser[0] not in gone]
            delivered = await deliver(one, browsers, await self._signer(), self._push, found.at)
            self._metrics.count_reminders(sent=delivered.sent, faults=delivered.faults)
            gone.update(delivered.gone)
            missed = try_again(one, delivered.missed, delivered.wait, found.at)
            again += [missed] if missed else []
        return tuple(again), tuple(gone)

    async def _signer(self) -> Sender:
        if self._sender is None:
            self._sender = await self._beside(lambda: self._work.run(make_sender, self._settings.vapid_subject))
        return self._sender

    def _log(self, fault: Exception) -> None:
        self._faults.log_fault("reminders", kind=type(fault).__name__, where=frames_of(fault))


class Runner:
    """Of one process, in a thread of its own, which ends with the process at the latest."""

    def __init__(self, settings: Settings, work: Work, library: Library, metrics: Metrics) -> None:
        self._push = Push(settings.push_services)
        self._reminding = Reminding(settings, work, library, metrics, self._push)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="reminders", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """What is in hand is sent and kept: else it would be sent once more."""
        self._loop.call_soon_threadsafe(self._reminding.stop)
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        self._loop.run_until_complete(self._reminding.run())
        self._loop.run_until_complete(self._push.close())
