"""Generated requests over every address: `python -m tools.fuzz` for as many as one likes."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter

import httpx
import pytest
from tools.fuzz.generator import Person, generate
from tools.fuzz.judge import faults
from tools.fuzz.log import is_fault
from tools.fuzz.people import addresses, make_people
from tools.fuzz.values import SCRIPT
from tools.fuzz.wire import send

from acupwa.web.security import SECURITY_HEADERS
from tests.support.asgi import answer_of
from tests.support.server import Server

IN_MEMORY, ON_POSTGRES, BY_SOCKET = 5_000, 1_000, 400
NOBODY = Person("", (), ())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("database", "count"), [("sqlite", IN_MEMORY), pytest.param("postgresql", ON_POSTGRES, marks=pytest.mark.postgres)]
)
def test_no_request_breaks_the_app(make_asgi, loop, capsys, request, database, count):
    url = request.getfixturevalue("postgres_url") if database == "postgresql" else ""
    other = {"database_url": url.replace("postgresql", "postgresql+psycopg", 1)} if url else {}
    app = make_asgi(**other).app
    people = make_people(app, loop)
    app.inner.state.offline.sizes  # noqa: B018 - seconds of compressing, which `acupwa serve` does beside its first requests
    statuses: Counter[int] = Counter()

    async def send_all() -> list[str]:
        found = []
        for wanted in generate(1, count, addresses(), people):
            began = time.perf_counter()
            headers = [(name, value.encode("utf-8", "replace").decode("latin-1")) for name, value in wanted.headers]
            answer = await answer_of(app, wanted.method, wanted.target, headers, wanted.body)
            statuses[answer.status] += 1
            told = faults(answer.status, answer.raw_headers, answer.body, time.perf_counter() - began)
            found += [f"{fault}: {wanted}" for fault in told]
        return found

    found = asyncio.run_coroutine_threadsafe(send_all(), loop).result(300)
    logged = [line for line in capsys.readouterr().err.splitlines() if is_fault(line)]

    assert found == []
    assert logged == []
    # Something of every kind was answered, or nothing was tried.
    assert all(statuses[status] for status in (200, 204, 303, 308, 400, 403, 404, 405, 415, 422)), statuses


@pytest.mark.slow
def test_what_is_hardly_a_request_gets_an_answer_of_ours(tmp_path):
    server = Server(tmp_path, ACUPWA_LOG_LEVEL="warning").start()
    try:
        # As above: what `acupwa serve` does beside its first requests is done.
        httpx.get(f"{server.url}/offline/sizes.json", timeout=60).raise_for_status()
        sent = [
            (wanted, send(server.port, wanted))
            for wanted in generate(2, BY_SOCKET, addresses(), {"anonymous": [NOBODY]}, raw=0.5)
        ]
    finally:
        server.stop()
    found = [
        f"{fault}: {wanted}"
        for wanted, got in sent
        if got.status or not wanted.raw
        for fault in faults(got.status, got.headers, got.body, got.seconds)
    ]

    assert found == []
    assert [line for line in (tmp_path / "server.log").read_text().splitlines() if is_fault(line)] == []


def test_the_judge_sees_what_may_never_come_back():
    good = [
        *SECURITY_HEADERS.items(),
        ("cache-control", "no-store"),
        ("content-type", "text/html"),
        ("set-cookie", "a"),
        ("set-cookie", "b"),
    ]

    assert list(faults(200, good, b"", 0.1)) == []
    assert list(faults(500, good, b"", 0.1)) == ["status 500"]
    assert list(faults(200, good, b"", 3.5)) == ["3.5 seconds"]
    assert list(faults(200, good[1:], b"", 0.1)) == ["no header content-security-policy"]
    assert list(faults(200, [*good, ("vary", "a"), ("vary", "b")], b"", 0.1)) == ["header vary twice"]
    assert list(faults(200, good, SCRIPT.encode(), 0.1)) == [f"reflected {SCRIPT}"]
    assert is_fault("Traceback (most recent call last):")
    assert is_fault(json.dumps({"level": "error", "kind": "ValueError"}))
    assert not is_fault(json.dumps({"level": "warning"}))
