"""Real parts for every test: the app, both databases, a served process, a phone-sized browser."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from acupwa.app import create_app
from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.db.work import Work
from acupwa.library.load import load_library
from acupwa.library.model import Library
from acupwa.settings import Settings, read_settings
from tests.page import judge
from tests.postgres import free_port, running_postgres

hypothesis_settings.register_profile(
    "acupwa", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("acupwa")
KEY = Fernet.generate_key().decode()
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(tmp_path)}, folder=tmp_path)


class Clock:
    """A clock that tests turn. `now` is aware UTC."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Client:
    """A browser without a screen, on the real app: keeps cookies, judges every HTML answer."""

    def __init__(self, app: Any, loop: asyncio.AbstractEventLoop) -> None:
        self.app = app
        self._loop = loop
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False), base_url="http://localhost"
        )

    @property
    def cookies(self) -> httpx.Cookies:
        return self._client.cookies

    def another(self) -> Client:
        """The same app, another person."""
        return Client(self.app, self._loop)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, data: Mapping[str, str | Sequence[str]] | None = None, **options: Any) -> httpx.Response:
        headers = {"sec-fetch-site": "same-origin", **options.pop("headers", {})}
        if data is None and "content" not in options:
            data = {}
            headers.setdefault("content-type", "application/x-www-form-urlencoded")
        return self.request("POST", path, data=data, headers=headers, **options)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        sent = self._client.request(method, path, **options)
        answer = asyncio.run_coroutine_threadsafe(sent, self._loop).result(60)
        self._judge(answer)
        return answer

    def follow(self, answer: httpx.Response) -> httpx.Response:
        """Go where a 303 points, as a browser does."""
        assert answer.status_code == 303, (answer.status_code, answer.text[:300])
        return self.get(answer.headers["location"])

    def _judge(self, answer: httpx.Response) -> None:
        assert "content-security-policy" in answer.headers, f"{answer.url}: no security headers"
        assert answer.headers.get("content-type", "").count("charset") <= 1, f"{answer.url}: charset twice"
        if not answer.headers.get("content-type", "").startswith("text/html") or not answer.text:
            return
        request = answer.request
        fragment = request.headers.get("hx-request") == "true" and request.method != "GET"
        is_error = answer.status_code >= 400 and answer.status_code not in (409, 422)
        whole = not fragment or is_error or answer.text.lstrip().lower().startswith("<!doctype")
        faults = judge(answer.text, whole=whole, address=f"{request.method} {answer.url.path}")
        personal = "no-store" in answer.headers.get("cache-control", "")
        if not personal and "set-cookie" in answer.headers:
            faults.append(f"{answer.url.path}: a cookie on a public page")
        assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """In a thread of its own: the browser's driver has one running in the main thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@pytest.fixture
def app(settings: Settings, library: Library, clock: Clock) -> Iterator[Any]:
    engine = make_engine(settings.database_url)
    upgrade(engine)
    engine.dispose()
    app = create_app(settings, library=library, clock=clock)
    yield app
    app.inner.state.work.close()


@pytest.fixture
def client(app: Any, loop: asyncio.AbstractEventLoop) -> Client:
    return Client(app, loop)


# ------------------------------------------------------------------ databases


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One server a test process; a database a test."""
    with running_postgres() as url:
        yield url


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    name = f"t{time.time_ns()}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    yield postgres.removesuffix("/postgres") + f"/{name}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)')


class Database:
    """A migrated database of either kind; `work` runs a service function in one transaction."""

    def __init__(self, url: str, clock: Callable[[], datetime]) -> None:
        self.url = url
        engine = make_engine(url)
        upgrade(engine)
        self.runner = Work(engine, KeyRing((KEY,)), clock)

    def work(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.runner.run(function, *args, **kwargs)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    else:
        url = "postgresql+psycopg" + request.getfixturevalue("postgres_url").removeprefix("postgresql")
    database = Database(url, clock)
    yield database
    database.runner.close()


# ------------------------------------------------------------------ a served process and a browser


class Server:
    """`acupwa serve` as a process of its own. `stop()` and `kill()` end just that process."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("ACUPWA_", "DATABASE_URL", "PORT"))},
            "PYTHONPATH": str(ROOT / "src"),
            "ACUPWA_DATA_DIR": str(folder / "var"),
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "acupwa", "serve", "--port", str(self.port)],
            env=self._environment,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "server.log").open("ab"),
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=1).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
            if self.process.poll() is not None:
                break
        raise RuntimeError((self.folder / "server.log").read_text()[-2000:])

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(15)
            self.process = None

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(15)
            self.process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For stories that bring their own person and leave the server as it was."""
    server = Server(tmp_path_factory.mktemp("server")).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-GB",
    "timezone_id": "Europe/London",
}


# With it the worker takes what a page needs, and not the whole library in the background: minutes, over all stories.
SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


@pytest.fixture
def phone(browser: Any, shared_server: Server) -> Iterator[Any]:
    """A page on a phone; relative addresses go to the shared server."""
    context = browser.new_context(**PHONE, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone_without_js(browser: Any, shared_server: Server) -> Iterator[Any]:
    context = browser.new_context(**PHONE, base_url=shared_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()
