"""Reminders of a served process: stopped in the middle, without its key, and switched off."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.work import Work
from tests.reminders.two_servers import make_people, wait_for
from tests.support.database import KEY
from tests.support.push_service import Answer, PushService, running_push_service
from tests.support.server import Server


@pytest.fixture
def service():
    with running_push_service() as service:
        yield service


def served(tmp_path, service: PushService, **more: str) -> Server:
    return Server(tmp_path, ACUPWA_SECRET_KEYS=KEY, ACUPWA_PUSH_SERVICES=service.origin, **more)


def work_of(tmp_path) -> Work:
    return Work(make_engine(f"sqlite:///{tmp_path / 'var' / 'acupwa.sqlite3'}"), KeyRing((KEY,)))


def test_a_planned_stop_sends_and_keeps_what_is_in_hand(tmp_path, service):
    server, work = served(tmp_path, service).start(), work_of(tmp_path)
    service.answers = {"phone0": Answer(seconds=2)}
    work.run(make_people, service, 1, datetime.now(UTC) + timedelta(seconds=1))
    wait_for(lambda: service.asked == 1, 60)

    server.stop()

    assert service.said == ["hour-before"]
    claimed = "SELECT count(*) FROM reminder_clock WHERE claimed_until IS NOT NULL"
    assert work.run_read(lambda db, _now: db.execute(text(claimed)).scalar()) == 0
    work.close()


@pytest.mark.parametrize("off", [True, False])
def test_without_reminders_all_else_is_served(tmp_path, service, off):
    """Switched off, or with a key that cannot be read."""
    server = served(tmp_path, service, **({"ACUPWA_REMINDERS": "off"} if off else {})).start()
    if not off:
        server.stop()
        with sqlite3.connect(tmp_path / "var" / "acupwa.sqlite3") as connection:
            connection.execute("UPDATE push_key SET sealed = ?", (b"broken",))
        server.start()
    work = work_of(tmp_path)
    work.run(make_people, service, 1, datetime.now(UTC))
    time.sleep(2)

    assert httpx.get(f"{server.url}/").status_code == 200
    assert "acupwa_reminders_last_look_seconds NaN" in httpx.get(f"{server.url}/metrics").text
    assert service.asked == 0
    server.stop()
    assert ("no reminders are sent" in (tmp_path / "server.log").read_text()) is not off
    work.close()
