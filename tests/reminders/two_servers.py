"""Many reminders that are due at the same moment, two servers on one PostgreSQL, and one of them killed in the middle."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
from sqlalchemy import text

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.tables import new_key
from acupwa.db.work import Work
from acupwa.person import store as person_store
from acupwa.planner.store import put_plan
from acupwa.reminders import store
from acupwa.reminders.model import Choices, Clock
from tests.reminders.lives import plan_at
from tests.support.database import KEY
from tests.support.push_service import Answer, PushService
from tests.support.server import Server

# Whoever looks does so every twenty seconds, or at the moment that the database names: by then both know it.
_BOTH_KNOW = timedelta(seconds=23)
_HOUR = timedelta(hours=1)


class Figures(msgspec.Struct, frozen=True):
    """How often each person was sent theirs (times → people), and how it went. Seconds are from the first message on."""

    times: dict[int, int]
    before_the_kill: int
    seconds: float
    most_late: float


def send_to_many(url: str, folder: Path, service: PushService, count: int, *, wait_for_lease: bool) -> Figures:
    """`url` is an empty PostgreSQL. Without `wait_for_lease` the two minutes of the killed server's lease are cut short."""
    environment = {"DATABASE_URL": url, "ACUPWA_SECRET_KEYS": KEY, "ACUPWA_PUSH_SERVICES": service.origin}
    folders = [folder / name for name in ("one", "two")]
    for each in folders:
        each.mkdir()
    servers = [_started(Server(each, **environment)) for each in folders]
    work = Work(make_engine(url.replace("postgresql://", "postgresql+psycopg://")), KeyRing((KEY,)))
    try:
        due = work.run(_make_people, service, count, datetime.now(UTC) + _BOTH_KNOW)
        _wait(lambda: len(service.arrived) >= count * 2 // 5, 120)
        servers[0].kill()
        before = len(service.arrived)
        names = {f"phone{number}" for number in range(count)}
        _wait(lambda: len({one.name for one in service.arrived}) >= count - 1, 600)
        if not wait_for_lease:
            time.sleep(3)  # until the other one has nobody in hand
            work.run(_end_leases)
        _wait(lambda: {one.name for one in service.arrived} == names, 180)
        time.sleep(25 if wait_for_lease else 2)
    finally:
        for one in servers:
            one.kill()
        work.close()
    moments = [one.at for one in service.arrived]
    times = Counter(Counter(one.name for one in service.arrived).values())
    return Figures(dict(times), before, max(moments) - min(moments), max(moments) - due.timestamp())


def _started(server: Server) -> Server:
    """On a machine with much to do it takes longer than `start` waits."""
    with suppress(RuntimeError):
        return server.start()

    def is_ready() -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{server.url}/readyz", timeout=5).status_code == 200
        return False

    _wait(is_ready, 120)
    return server


def _make_people(db: Any, now: datetime, service: PushService, count: int, due: datetime) -> datetime:
    """Each has a session an hour after the minute before `due`, and one phone."""
    at = due.replace(second=0, microsecond=0)
    starts = at + _HOUR
    plan = plan_at(starts.strftime("%H:%M"), count=1)
    session = msgspec.structs.replace(plan.sessions[0], day=starts.date())
    clock = Clock(choices=Choices(kinds=("hour-before",), quiet=None), looked_until=at - timedelta(minutes=1))
    for number in range(count):
        id = person_store.add_person(db, now).id
        name = f"phone{number}"
        token = name.encode().ljust(32)
        assert person_store.add_device(db, id, token, now)
        put_plan(db, id, msgspec.structs.replace(plan, id=new_key(), sessions=(session,)))
        store.put_browser(db, now, id, person_store.find_device(db, token), service.browser(name))
        store.put_clock(db, id, clock)
        person_store.put_look(db, id, due)
    return due


def _end_leases(db: Any, _now: datetime) -> None:
    held = "SELECT person_id FROM reminder_clock WHERE claimed_until IS NOT NULL"
    db.execute(text(f"UPDATE person SET look_at = now() WHERE id IN ({held})"))
    db.execute(text("UPDATE reminder_clock SET claimed_until = NULL WHERE claimed_until IS NOT NULL"))


def _wait(done: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, "it did not come to it"
        time.sleep(0.02)


SLOW = Answer(seconds=0.05)
