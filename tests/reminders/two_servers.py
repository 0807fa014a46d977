"""Many reminders that are due at the same moment, two servers on one PostgreSQL, and one of them killed in the middle."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import text

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.tables import new_key
from acupwa.db.work import Work
from acupwa.operate.reminding import PAUSE_SECONDS
from acupwa.person import store as person_store
from acupwa.planner.store import put_plan
from acupwa.reminders import store
from acupwa.reminders.model import Choices, Clock
from tests.reminders.lives import plan_at
from tests.support.database import KEY
from tests.support.paths import ROOT
from tests.support.push_service import Answer, PushService
from tests.support.server import Server

_HOUR = timedelta(hours=1)
_NAMES = ("one", "two")
# So that two servers share the work on any machine.
SLOW = Answer(seconds=0.1)


class Figures(msgspec.Struct, frozen=True):
    """How often each person was sent theirs (times → people), how many each server had sent when one was killed, and how
    it went. Seconds are from the first message on.
    """

    times: dict[int, int]
    before_the_kill: tuple[int, ...]
    seconds: float
    most_late: float


def send_to_many(url: str, folder: Path, service: PushService, count: int, *, short: bool) -> Figures:
    """`url` is an empty PostgreSQL. `short`: servers have people for seconds, not minutes (`short_lease`)."""
    servers = [_server(folder / name, url, service, name, short=short) for name in _NAMES]
    work = Work(make_engine(url.replace("postgresql://", "postgresql+psycopg://")), KeyRing((KEY,)))
    try:
        with ThreadPoolExecutor(len(servers)) as threads:
            list(threads.map(Server.start, servers))
        # By then both know it.
        both_know = datetime.now(UTC) + timedelta(seconds=2 if short else PAUSE_SECONDS + 3)
        due = work.run(make_people, service, count, both_know)
        wait_for(lambda: len(service.arrived) >= count * 2 // 5 and all(_sent_by(service)), 240)
        servers[0].kill()
        before = _sent_by(service)
        wait_for(lambda: work.run_read(_is_done), 900)
    finally:
        for one in servers:
            one.kill()
        work.close()
    moments = [one.at for one in service.arrived]
    times = Counter(Counter(one.name for one in service.arrived).values())
    return Figures(dict(times), before, max(moments) - min(moments), max(moments) - due.timestamp())


def _server(folder: Path, url: str, service: PushService, name: str, *, short: bool) -> Server:
    """Each signs for a contact of its own, by which what it sent is known."""
    folder.mkdir()
    server = Server(
        folder,
        DATABASE_URL=url,
        ACUPWA_SECRET_KEYS=KEY,
        ACUPWA_PUSH_SERVICES=service.origin,
        ACUPWA_VAPID_SUBJECT=f"mailto:{name}@example.org",
        PYTHONPATH=f"{ROOT / 'src'}:{ROOT}",
    )
    if short:
        server.command = ("tests.reminders.short_lease", *server.command[1:])
    return server


def _sent_by(service: PushService) -> tuple[int, ...]:
    sent = Counter(one.claims["sub"] for one in list(service.arrived))
    return tuple(sent[f"mailto:{name}@example.org"] for name in _NAMES)


def make_people(db: Any, now: datetime, service: PushService, count: int, due: datetime) -> datetime:
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


def _is_done(db: Any, _now: datetime) -> bool:
    """Nobody is due, and nobody is in anybody's hand, nor in that of the dead."""
    held = db.execute(text("SELECT count(*) FROM reminder_clock WHERE claimed_until IS NOT NULL")).scalar()
    return held == 0 and db.execute(text("SELECT count(*) FROM person WHERE look_at <= now()")).scalar() == 0


def wait_for(done: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, "it did not come to it"
        time.sleep(0.02)
