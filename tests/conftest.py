"""Real parts for every test: the app, both databases, a served process, a phone-sized browser (tests/support)."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import argon2
import msgspec
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from acupwa.db import work
from acupwa.library.load import load_library
from acupwa.library.model import Library
from acupwa.practice.accounts import password_tries_service, passwords
from acupwa.settings import Settings, read_settings
from tests.support.app import fresh_app
from tests.support.asgi import Asgi
from tests.support.client import Client, running_loop
from tests.support.clock import Clock
from tests.support.database import KEY, migrate

hypothesis_settings.register_profile(
    "acupwa", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("acupwa")
# Every answer is parsed to thousands of small objects that hold one another: looking for dead ones as often as Python does
# by itself took a fifth of the time of all tests.
gc.set_threshold(50_000, 20, 20)
pytest_plugins = ("tests.support.database", "tests.support.server", "tests.support.browser")


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """argon2id as ever, with less of it: thousands of sign-ins took a sixth of the time of all tests.

    Served processes, and `tests/practice/test_hashing.py`, have the costs of the library.
    """
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(password_tries_service, "NOBODY", quick.hash("nobody has this password"))
        yield


@pytest.fixture(autouse=True)
def _patient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a test is not about deadlines, a machine with much to do is given time."""
    if not request.node.get_closest_marker("deadlines"):
        monkeypatch.setattr(work, "MOST_SECONDS", 30.0)


@pytest.fixture(scope="session")
def library() -> Library:
    library = load_library()
    gc.freeze()
    return library


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(tmp_path)}, folder=tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    with running_loop() as loop:
        yield loop


@pytest.fixture
def app(settings: Settings, library: Library, clock: Clock) -> Iterator[Any]:
    migrate(settings.database_url)
    app = fresh_app(settings, library, clock)
    yield app
    app.inner.state.work.close()


@pytest.fixture
def make_asgi(settings: Settings, library: Library, clock: Clock, loop: asyncio.AbstractEventLoop) -> Iterator[Any]:
    """The app with other settings, asked by requests that are sent as they are written."""
    made = []

    def make(**other: Any) -> Asgi:
        changed = msgspec.structs.replace(settings, **other)
        migrate(changed.database_url)
        made.append(fresh_app(changed, library, clock))
        return Asgi(made[-1], loop)

    yield make
    for app in made:
        app.inner.state.work.close()


@pytest.fixture
def client(app: Any, loop: asyncio.AbstractEventLoop) -> Client:
    return Client(app, loop)
