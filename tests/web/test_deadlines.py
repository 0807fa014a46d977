"""Slow, half, endless and vanishing visitors, at real uvicorn: each has its time, and nobody else notices."""

from __future__ import annotations

import time

import httpx
import pytest

from acupwa.operate.connections import Connections
from acupwa.web import admission
from tests.support.raw import Connection
from tests.support.served import served

GET = b"GET /emergency HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEADERS = (b"content-security-policy: ", b"x-content-type-options: nosniff", b"cache-control: no-store")


def post(path: str, length: int, body: bytes = b"", kind: str = "application/x-www-form-urlencoded") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + body


@pytest.fixture
def quick(app, monkeypatch):
    """Deadlines of a second or two."""
    monkeypatch.setattr(admission, "BODY_SECONDS", 1.0)
    monkeypatch.setattr("acupwa.operate.server.HEAD_SECONDS", 1.0)
    monkeypatch.setattr("acupwa.operate.server.BODY_SECONDS", 3.0)
    monkeypatch.setattr("acupwa.operate.server.KEEP_ALIVE_SECONDS", 1)
    with served(app) as url:
        yield url


@pytest.mark.parametrize(
    ("begun", "drip"),
    [
        (b"", b""),
        (b"", GET),
        (b"GE", GET[2:]),
        (b"\r\n\r\n", b"\r\n" * 10),
        (b"GET /emergency HTTP/1.1\r\n", b"X" * 20),
        (GET[:-2] + b"X-A: b\r\n", b"X" * 20),
    ],
    ids=["silence", "nothing yet", "letters", "empty lines", "a line", "never"],
)
def test_a_head_has_its_time_however_it_drips(quick, begun, drip):
    heard = Connection(quick).send(begun).hear(4, drip=drip)

    assert heard.closed
    assert not heard.bytes
    assert 0.5 < heard.seconds < 2.5


@pytest.mark.parametrize("begun", [b"", b"\r\n", b"GET /em"], ids=["nothing", "an empty line", "half a line"])
def test_after_an_answer_the_next_head_has_its_time_too(quick, begun):
    connection = Connection(quick).send(GET)
    assert connection.hear(0.5).status == 200

    heard = connection.send(begun).hear(5, drip=b"X" * 20)

    assert heard.closed
    assert heard.seconds < 3


@pytest.mark.parametrize("path", ["/quiz", "/resume", "/quiz/whole", "/practice/sign-in"])
def test_a_late_body_is_told_so_with_all_our_headers(quick, path):
    heard = Connection(quick).send(post(path, 500, b"code=")).hear(5, drip=b"X" * 20)

    assert heard.status == 408
    assert heard.closed
    assert all(header in heard.bytes.lower() for header in HEADERS)
    assert b"That took too long to arrive" in heard.bytes
    assert heard.seconds < 2.5


def test_a_body_that_nobody_reads_has_its_time_too(quick):
    heard = Connection(quick).send(post("/no-such-page", 500, b"a=")).hear(8, drip=b"X" * 40)

    assert heard.status in (404, 405)
    assert heard.closed
    assert heard.seconds < 5


def test_a_steady_body_may_take_longer(quick):
    connection = Connection(quick).send(post("/resume", 300_000))
    for _ in range(6):
        connection.send(b"code=" + b"a" * 49_995)
        time.sleep(0.3)

    assert connection.hear(3).status not in (0, 408)


def test_a_head_may_be_only_so_large(quick):
    for large in (b"X-Large: " + b"a" * 40_000, *[b"\r\n".join(b"X-%d: aaaaaaaaaa" % n for n in range(4_000))]):
        heard = Connection(quick).send(GET[:-2] + large + b"\r\n\r\n").hear(3)
        assert heard.status == 431, heard
        assert heard.closed
        assert all(header in heard.bytes.lower() for header in HEADERS)
    assert Connection(quick).send(GET[:-2] + b"Cookie: a=" + b"b" * 8_000 + b"\r\n\r\n").hear(0.5).status == 200


def test_what_is_no_http_is_refused_with_our_headers(quick):
    heard = Connection(quick).send(b"HELO there\r\n\r\n").hear(3)

    assert heard.status == 400
    assert all(header in heard.bytes.lower() for header in HEADERS)


def test_one_peer_has_so_many_connections_and_a_trusted_proxy_as_many_as_it_likes(app):
    with served(app, connections=Connections(trusted=(), most_of_one=5)) as url:
        held = [Connection(url) for _ in range(5)]
        time.sleep(0.2)
        heard = Connection(url).send(GET).hear(2)
        assert heard.status in (0, 503)
        assert heard.closed
        held.pop().close()
        time.sleep(0.2)
        assert Connection(url).send(GET).hear(0.5).status == 200
    with served(app, connections=Connections(most_of_one=5)) as url:
        held = [Connection(url) for _ in range(20)]
        assert Connection(url).send(GET).hear(0.5).status == 200
    with served(app, connections=Connections(trusted=(), most=5)) as url:
        held = [Connection(url).send(b"GET / HTTP/1.1\r\n") for _ in range(30)]
        time.sleep(0.2)
        assert Connection(url).send(GET).hear(1).status == 200, "who only holds places keeps nobody out"
    with served(app, connections=Connections(most=5)) as url:
        held = [Connection(url) for _ in range(5)]
        time.sleep(0.2)
        assert Connection(url).hear(2).status == 503
    assert held


def test_who_leaves_is_no_fault_of_ours(app, capfd):
    with served(app) as url:
        for path, kind in (
            ("/quiz", "application/x-www-form-urlencoded"),
            ("/quiz/whole", "application/x-www-form-urlencoded"),
            ("/me/import", "multipart/form-data; boundary=b"),
            ("/practice/sign-in", "application/x-www-form-urlencoded"),
        ):
            for body in (b"", b"a=b", b"a" * 100_000):
                connection = Connection(url).send(post(path, 400_000, body, kind))
                time.sleep(0.05)
                connection.close()
            connection = Connection(url).send(post(path, 3, b"a=b", kind))
            connection.close()
        time.sleep(0.5)
        counts = httpx.get(f"{url}/metrics").text

    captured = capfd.readouterr()
    assert captured.err + captured.out == ""
    assert 'status="5xx"' not in counts


def test_half_of_many_files_cannot_fill_the_memory(app):
    kind = "multipart/form-data; boundary=b"
    with served(app) as url:
        halves = [Connection(url).send(post("/me/import", 5_000_000, b"a" * 4_000_000, kind)) for _ in range(6)]
        time.sleep(0.5)
        answers = [one.hear(0.3) for one in halves]
        refused = [one for one in answers if one.status == 503]
        assert len(refused) >= 3
        assert all(b"retry-after" in one.bytes.lower() for one in refused)
        # What everybody sends goes in meanwhile.
        assert httpx.post(f"{url}/resume", data={"code": "abc"}).status_code < 500
        for one in halves:
            one.close()
        time.sleep(0.3)
        assert Connection(url).send(post("/me/import", 5_000_000, b"a" * 4_000_000, kind)).hear(1).status == 0


def test_who_takes_no_answer_is_let_go(app, monkeypatch):
    monkeypatch.setattr("acupwa.operate.server.ANSWER_SECONDS", 1.0)
    open_now = Connections()
    ask = b"GET /search/index.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with served(app, connections=open_now) as url:
        assert Connection(url).send(ask).hear(3).status == 200
        connection = Connection(url).send(ask * 60)
        time.sleep(0.5)
        assert open_now.count >= 1
        deadline = time.monotonic() + 6
        while open_now.count:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        connection.close()
