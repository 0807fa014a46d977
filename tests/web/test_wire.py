"""What stands on the line, at real uvicorn: where a request ends, whom it is for, how many may come at once, who leaves."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import pytest

from acupwa.operate.server import Protocol
from tests.support.raw import Connection
from tests.support.served import served

GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE = b"GET /search/index.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKS = b"1\r\na\r\n0\r\n"


async def echo(scope, receive, send):
    """What came in."""
    assert scope["type"] == "http"
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    names = sorted(name.decode() for name, _ in scope["headers"])
    content = json.dumps({"path": scope["path"], "names": names, "body": body.decode()}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(content))]})
    await send({"type": "http.response.body", "body": content})


echo.refusal = lambda status: ([(b"content-length", b"0")], b"")


@pytest.fixture
def line():
    with served(echo) as url:
        yield url


@pytest.fixture
def site(app):
    with served(app) as url:
        yield url


def head(*lines: bytes, first: bytes = b"POST /quiz HTTP/1.1", host: bytes = b"localhost") -> bytes:
    return b"\r\n".join((first, b"Host: " + host, *lines, b"", b""))


def answers(heard) -> list[int]:
    return [int(part[:3]) for part in heard.bytes.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Host", "Cookie", "Origin", "Expect", "X-Any"])
def test_what_comes_after_a_body_is_no_header(line, name):
    sent = head(b"Transfer-Encoding: chunked") + CHUNKS + name.encode() + b": 7\r\n\r\n"

    heard = Connection(line).send(sent + GET).hear(0.5)

    first, second = (json.loads(part.partition(b"\r\n\r\n")[2]) for part in heard.bytes.split(b"HTTP/1.1 200")[1:])
    assert first == {"path": "/quiz", "names": ["host", "transfer-encoding"], "body": "a"}
    assert second["names"] == ["host"]


def test_what_comes_after_a_body_is_only_so_large(site):
    heard = Connection(site).send(head(b"Transfer-Encoding: chunked") + CHUNKS + b"X: aaaa\r\n" * 8_000).hear(2)

    assert heard.status in (400, 431)
    assert heard.closed


@pytest.mark.parametrize(
    "lines",
    [
        (b"Transfer-Encoding: gzip, chunked",),
        (b"Transfer-Encoding: gzip", b"Transfer-Encoding: chunked"),
        (b"Transfer-Encoding: chunked, chunked",),
        (b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"),
        (b"Transfer-Encoding: identity, chunked",),
        (b"Transfer-Encoding: , chunked",),
        (b"Transfer-Encoding: chunked;a=b",),
        (b"Transfer-Encoding: xchunked",),
        (b"Transfer-Encoding: \x0bchunked",),
        (b"Transfer-Encoding: identity",),
        (b"Transfer-Encoding:",),
        (b"Transfer-Encoding:", b"Content-Length: 1"),
        (b"Transfer-Encoding: chunked\r\n gzip",),
        (b"Transfer-Encoding: chunked", b"Content-Length: 11"),
        (b"Content-Length: 11", b"Transfer-Encoding: chunked"),
        (b"Content-Length: 11", b"Content-Length: 11"),
        (b"Content-Length: 11, 11",),
        (b"Content-Length: +11",),
        (b"Content-Length : 11",),
        (b"Transfer-Encoding : chunked",),
        (b"X: a\r\n Transfer-Encoding: chunked",),
        (b"X: a\nTransfer-Encoding: chunked",),
        (b"X: a\rTransfer-Encoding: chunked",),
        (b"X: a\0\r\nTransfer-Encoding: chunked",),
    ],
    ids=lambda lines: b" ".join(lines).decode("latin-1"),
)
def test_a_body_whose_end_could_be_read_in_two_ways_is_refused(site, lines):
    heard = Connection(site).send(head(*lines) + CHUNKS + b"\r\n" + GET).hear(2)

    assert answers(heard) in ([400], [501])
    assert heard.closed


@pytest.mark.parametrize("size", [b"0x1", b"+1", b"-1", b" 1", b"1 ", b"1\n", b"", b"g", b"1" * 40])
def test_a_chunk_whose_size_is_no_number_is_refused(site, size):
    sent = head(b"Transfer-Encoding: chunked", b"Content-Type: application/x-www-form-urlencoded")

    heard = Connection(site).send(sent + size + b"\r\na\r\n0\r\n\r\n" + GET).hear(2)

    assert answers(heard) == [400]
    assert heard.closed


@pytest.mark.parametrize("value", [b"chunked", b"Chunked", b"  chunked"])
def test_chunks_alone_are_read(line, value):
    heard = Connection(line).send(head(b"Transfer-Encoding:" + value) + CHUNKS + b"\r\n" + GET).hear(0.5)

    assert answers(heard) == [200, 200]
    assert not heard.closed


def test_chunks_are_not_for_http_1_0(site):
    sent = head(b"Transfer-Encoding: chunked", b"Connection: keep-alive", first=b"POST /quiz HTTP/1.0")

    heard = Connection(site).send(sent + CHUNKS + b"\r\n").hear(2)

    assert (heard.status, heard.closed) == (400, True)


@pytest.mark.parametrize("version", ["0.9", "2.0", "3.0", "1.2", "1.9", "9.9"])
def test_a_version_that_we_do_not_speak_is_refused(site, version):
    heard = Connection(site).send(head(first=f"GET /emergency HTTP/{version}".encode())).hear(2)

    assert heard.status in (400, 505)
    assert heard.closed


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        ("http://localhost/healthz", "localhost", 200),
        ("HTTP://LOCALHOST.:80/healthz", "localhost", 200),
        ("http://localhost/healthz", "LocalHost:80", 200),
        ("http://localhost:8000/healthz", "localhost:8000", 200),
        ("http://[0:0::1]/healthz", "[::1]", 200),
        ("https://localhost/healthz", "localhost:443", 200),
        ("http://evil.example/healthz", "localhost", 400),
        ("http://localhost/healthz", "evil.example", 400),
        ("http://localhost:8000/healthz", "localhost", 400),
        ("https://localhost/healthz", "localhost:80", 400),
        ("http://evil.example@localhost/healthz", "localhost", 400),
        ("ftp://localhost/healthz", "localhost", 400),
        ("http:///healthz", "localhost", 400),
        ("http://localhost,evil/healthz", "localhost", 400),
        ("localhost:80", "localhost", 400),
    ],
)
def test_a_target_and_a_host_that_differ_are_refused(site, target, host, status):
    heard = Connection(site).send(head(first=f"GET {target} HTTP/1.1".encode(), host=host.encode())).hear(0.5)

    assert answers(heard) == [status]
    assert heard.closed is (status == 400)


def test_a_target_with_a_host_needs_just_one_host_beside_it(site):
    for lines in (b"", b"Host: localhost\r\nHost: localhost\r\n", b"Host: localhost\r\nHost: evil.example\r\n"):
        for version in (b"1.0", b"1.1"):
            sent = b"GET http://localhost/healthz HTTP/" + version + b"\r\n" + lines + b"\r\n"
            assert Connection(site).send(sent).hear(0.5).status == 400


def test_what_asks_for_another_protocol_is_answered_in_ours_and_nothing_after_it_is_lost(line):
    upgrade = head(b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", first=b"GET /first HTTP/1.1")

    heard = Connection(line).send(upgrade + GET + upgrade + GET).hear(0.5)

    assert answers(heard) == [200] * 4


def test_answers_come_in_the_order_that_was_asked(line):
    post = head(b"Content-Length: 3000") + b"a" * 3_000
    chunked = head(b"Transfer-Encoding: chunked") + b"bb8\r\n" + b"b" * 3_000 + b"\r\n0\r\n\r\n"
    asked = [b"GET /%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % n + post + chunked for n in range(40)]

    heard = Connection(line).send(b"".join(asked)).hear(1)

    came = [json.loads(part.partition(b"\r\n\r\n")[2]) for part in heard.bytes.split(b"HTTP/1.1 200")[1:]]
    assert [one["path"] for one in came] == [path for n in range(40) for path in (f"/{n}", "/quiz", "/quiz")]
    assert [one["body"] for one in came] == ["", "a" * 3_000, "b" * 3_000] * 40


@pytest.mark.parametrize("size", [1, 7, 255, 256, 257, 100_000])
def test_however_it_is_cut_it_is_read_the_same(line, size):
    sent = (GET + head(b"Content-Length: 700") + b"a" * 700) * 5
    connection = Connection(line)
    for start in range(0, len(sent), size):
        connection.send(sent[start : start + size])

    heard = connection.hear(0.7)

    assert answers(heard) == [200] * 10
    assert not heard.closed


def test_what_is_no_http_never_goes_before_the_answers_that_are_due(site):
    heard = Connection(site).send(LARGE * 3 + b"HELO there\r\n\r\n" + GET).hear(3)

    assert answers(heard)[:3] == [200, 200, 200]
    assert heard.closed


def test_half_a_head_behind_a_whole_request_has_its_time_too(app, monkeypatch):
    monkeypatch.setattr("acupwa.operate.server.HEAD_SECONDS", 1.0)
    for half in (b"GET /em", GET[:-2], b"GET /emergency HTTP/1.1\r\nX"):
        with served(app) as url:
            heard = Connection(url).send(GET + half).hear(5, drip=b"X" * 20)
        assert answers(heard) == [200]
        assert heard.closed
        assert heard.seconds < 3


@contextmanager
def flood(url: str, connections: int, sent: bytes):
    """Each sends without end, and throws away what it gets."""
    address, over = urlsplit(url), threading.Event()

    def press() -> None:
        with suppress(OSError), socket.create_connection((address.hostname, address.port), timeout=0.2) as one:
            reading = threading.Thread(target=drain, args=(one,), daemon=True)
            reading.start()
            while not over.is_set():
                with suppress(TimeoutError):
                    one.send(sent)

    def drain(one: socket.socket) -> None:
        while not over.is_set():
            try:
                if not one.recv(262_144):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    threads = [threading.Thread(target=press, daemon=True) for _ in range(connections)]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in threads:
            one.join(2)


def test_who_asks_without_waiting_for_answers_keeps_nobody_out(site):
    assert Connection(site).send(GET).hear(0.3).status == 200
    with flood(site, 8, GET * 4_000):
        time.sleep(1)
        for _ in range(3):
            heard = Connection(site).send(head(b"Connection: close", first=b"GET /emergency HTTP/1.1")).hear(5)
            assert heard.status == 200
            assert heard.seconds < 3


def test_only_a_few_requests_of_one_connection_are_held(app):
    seen: list[tuple[int, int]] = []

    def on_message_begin(self) -> None:
        Protocol.on_message_begin(self)
        seen.append((len(self.pipeline), len(self._unread)))

    with served(app, on_message_begin=on_message_begin) as url:
        heard = Connection(url).send(LARGE * 2 + GET * 20_000 + LARGE).hear(1)

    assert heard.bytes
    assert len(seen) > 50
    assert max(waiting for waiting, _ in seen) <= 16
    assert max(unread for _, unread in seen) <= 600_000


def test_who_leaves_while_answers_go_out_is_no_fault_of_ours(app, capfd):
    with served(app) as url:
        for path in (b"/me", b"/healthz", b"/search/index.json", b"/emergency", b"/practice/sign-in"):
            ask = head(first=b"GET " + path + b" HTTP/1.1")
            for lag in (0, 0.001, 0.003, 0.01, 0.03) * 4:
                connection = Connection(url).send(ask * 20)
                time.sleep(lag)
                connection._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
        time.sleep(1)
        assert Connection(url).send(GET).hear(0.5).status == 200

    captured = capfd.readouterr()
    assert captured.err + captured.out == ""
