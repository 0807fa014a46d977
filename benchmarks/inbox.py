"""The first page of an inbox: of a clinic with 10,000 shared check-ins beside one with 100, in the same database."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import httpx
from cryptography.fernet import Fernet
from msgspec.structs import asdict
from sqlmodel import Session

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.db.tables import new_key
from acupwa.db.work import Work
from acupwa.library.load import load_library
from acupwa.library.model import Library
from acupwa.person.model import Newcomer
from acupwa.person.service import make_person
from acupwa.practice.accounts import one_time_service, people_service, sign_in_service
from acupwa.practice.accounts.model import NewSignIn
from acupwa.practice.accounts.passwords import hash_password
from acupwa.practice.links.model import NamedLink, NewLink
from acupwa.practice.links.service import make_link
from acupwa.practice.sharing.shares import store
from acupwa.practice.sharing.shares.model import Share
from acupwa.practice.sharing.shares.preview import copy_of, parts_of
from benchmarks.people import some_check_ins

FEW, MANY = 100, 10_000
ROUNDS = 120
PASSWORD = "a clinic that is measured"


def compare_inboxes(folder: Path, ours: Callable[[Path], AbstractContextManager[str]]) -> None:
    """Print the ratio of the median times, asked in turn; the goal is 1.3 or less."""
    key = Fernet.generate_key().decode()
    (folder / "var").mkdir(parents=True)
    seed(f"sqlite:///{folder / 'var' / 'acupwa.sqlite3'}", key, load_library())
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, {"ACUPWA_SECRET_KEYS": key}))
        base = stack.enter_context(ours(folder))
        few, many = signed_in(base, FEW), signed_in(base, MANY)
        for path in ("/practice", "/practice?show=all", "/practice?show=first"):
            times = [(asked(few, path), asked(many, path)) for _ in range(ROUNDS)]
            one, other = (statistics.median(column) for column in zip(*times[10:], strict=True))
            print(
                f"{'inbox ' + path:28} {1000 * other:6.1f} ms with {MANY:,} shared check-ins, "
                f"{1000 * one:.1f} ms with {FEW}   ratio {other / one:.2f}"
            )


def signed_in(base: str, count: int) -> httpx.Client:
    client = httpx.Client(base_url=base, headers={"sec-fetch-site": "same-origin"})
    answer = client.post("/practice/sign-in", data={"email": f"p{count}@example.org", "password": PASSWORD})
    if answer.status_code != 303:
        raise RuntimeError(f"the sign-in was answered {answer.status_code}")
    return client


def asked(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return time.perf_counter() - began


def seed(url: str, key: str, library: Library) -> None:
    engine = make_engine(url)
    upgrade(engine)
    work = Work(engine, KeyRing((key,)))
    for count in (FEW, MANY):
        email = f"p{count}@example.org"
        token = work.run(people_service.add_practitioner, email, "Ann", f"Clinic of {count}") or ""
        sign_in = work.run(one_time_service.use_one_time_link, token, "Ann", hash_password(PASSWORD), "", "", "")
        assert isinstance(sign_in, NewSignIn)
        work.run(add_shares, sign_in.token, count, library)
    work.close()


def add_shares(session: Session, now: datetime, sign_in: str, count: int, library: Library) -> None:
    """Of every kind that the inbox tells apart, so that each list has a full first page; half of them seen."""
    by = sign_in_service.find_signed_in(session, now, sign_in)
    assert by is not None
    chosen = NewLink(kind="reusable", variant="full", share_days=365, days=0, alias="Desk")
    link = make_link(session, now, by, chosen)
    named = NamedLink(**asdict(link), clinic=by.clinic.name, contact="", practitioner="Ann")
    chance = random.Random(7)
    (check_in,) = some_check_ins(library, 1, chance)
    copy = copy_of(check_in, named, parts_of(check_in, None, library))
    for number in range(count):
        person, _token = make_person(session, now, Newcomer(address=f"10.0.{number // 250}.{number % 250}"))
        rank = chance.choice((0, 1, 2, 3, 4))
        share = Share(
            id=new_key(),
            clinic_id=by.clinic.id,
            rank=rank,
            seen=chance.random() < 0.5,
            created_at=datetime.now(UTC) - timedelta(minutes=count - number),
            ends_at=datetime.now(UTC) + timedelta(days=365),
            withdrawn_at=None,
            copy=copy,
        )
        store.add_share(session, person.id, link.id, by.practitioner.id, share)
