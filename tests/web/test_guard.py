"""The outermost door: what cannot be read is a calm page, no fault goes past it, each header stands once."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.web.guard import READ_HERE, Guard
from acupwa.web.security import SECURITY_HEADERS, secured
from tests.house.addresses import FILE
from tests.support.asgi import answer_of
from tests.support.loops import run_apart

ADDRESSES = [line.split()[:2] for line in FILE.read_text().splitlines()]


def faults_in_headers(answer) -> list[str]:
    """Doubled or missing."""
    counts = Counter(name for name, _ in answer.raw_headers)
    doubled = [name for name, count in counts.items() if count > 1 and name != "set-cookie"]
    needed = [*SECURITY_HEADERS, "cache-control"]
    cut = [name for name, value in answer.raw_headers if "\n" in value or "\r" in value]
    return [*doubled, *cut, *(name for name in needed if name not in counts)]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS", "BREW"])
def test_at_every_address_each_header_stands_once(make_asgi, method):
    ask = make_asgi(public_url="https://acupwa.example")
    for _, path in ADDRESSES:
        for target in (path.replace("{}", "x"), path.replace("{}", "x") + "/"):
            answer = ask(method, target, [("host", "acupwa.example"), ("content-length", "0")])
            assert faults_in_headers(answer) == [], (method, target)
            assert answer.headers["strict-transport-security"]
            assert answer.status < 500
            assert method != "HEAD" or not answer.body


def test_what_an_answer_says_itself_goes_before_what_all_say():
    made = secured(
        [
            (b"Referrer-Policy", b"no-referrer"),
            (b"set-cookie", b"a"),
            (b"set-cookie", b"b"),
            (b"vary", b"x"),
            (b"Vary", b"y"),
        ]
    )

    assert [value for name, value in made if name == b"referrer-policy"] == [b"no-referrer"]
    assert [value for name, value in made if name == b"set-cookie"] == [b"a", b"b"]
    assert [value for name, value in made if name == b"vary"] == [b"x, y"]


@pytest.mark.parametrize(
    "target",
    ["/%", "/%zz", "/read/%f", "/%ff", "/%c3%28", "/%ed%a0%80", "/a%00b", "/a\x00b", "/a b", "/%0d%0aset-cookie:x", "/\xe9",
     "/%7f", "/search?q=\xff", "/me?a b", "*", "", "me"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_a_target_that_cannot_be_read_is_a_calm_page(make_asgi, method, target):
    answer = make_asgi()(method, target, [("host", "localhost"), ("content-length", "0")])

    assert answer.status in (400, 404)
    assert faults_in_headers(answer) == []
    assert method == "HEAD" or "<h1>" in answer.text


MALFORMED_HEADERS = [
    ("origin", "https://[::1"),
    ("range", "bytes=-,9-1,x"),
    ("accept", "\x00;;q=,"),
    ("accept-encoding", ";q=\xff,*;q=9"),
    ("accept-language", "x" * 20_000),
    ("cookie", '=;;\xff="; acupwa=%ff; acupwa=\x01; __Host-acupwa=' + "a" * 5_000),
    ("cookie", 'acupwa="\\777\\1"'),
    ("if-none-match", 'W/"a, *'),
    ("if-modified-since", "Thu, 99 Foo 0000 99:99:99"),
    ("if-unmodified-since", "-1"),
    ("if-range", '"'),
    ("content-type", "multipart/form-data; boundary="),
    ("content-type", 'multipart/form-data; boundary=""'),
    ("content-type", "application/x-www-form-urlencoded; charset=\xff"),
    ("content-type", 'a/b; x="'),
    ("content-length", "-1"),
    ("content-length", "1e9"),
    ("content-length", "\xb2"),
    ("transfer-encoding", "nonsense"),
    ("expect", "999-nothing"),
    ("upgrade", "h2c"),
    ("hx-request", "\xff"),
    ("hx-request-type", "\xff"),
    ("hx-current-url", "http://["),
    ("idempotency-key", "\xff" * 300),
    ("forwarded", 'for="[::1'),
    ("x-forwarded-for", "[::1"),
    ("x-forwarded-proto", "\xff"),
    ("user-agent", "\xff" * 9_000),
    ("referer", "http://["),
]


@pytest.mark.parametrize(("name", "value"), MALFORMED_HEADERS, ids=range(len(MALFORMED_HEADERS)))
def test_a_header_that_cannot_be_read_is_no_fault_of_ours(make_asgi, capsys, name, value):
    ask = make_asgi()
    for method, target in (("GET", "/"), ("GET", "/me"), ("GET", "/static/app.css"), ("POST", "/quiz"),
                           ("POST", "/me/import"), ("POST", "/quiz/whole"), ("GET", "/practice"),
                           ("POST", "/practice/sign-in"), ("GET", "/practice/sign-out")):  # fmt: skip
        answer = ask(method, target, [("host", "localhost"), (name, value)], body=b"a=b")
        assert answer.status < 500, (method, target)
        assert faults_in_headers(answer) == [], (method, target)
    assert "fault" not in capsys.readouterr().err


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted({name for name, _ in MALFORMED_HEADERS} | {"host", "Host", "x"})),
            st.text(st.characters(max_codepoint=255), max_size=30),
        ),
        max_size=5,
    ),
    st.text(st.characters(max_codepoint=255), max_size=30),
)
def test_whatever_is_sent_the_guard_raises_nothing(sent, target):
    async def inner(scope, _receive, send):
        assert sum(name == b"host" for name, _ in scope["headers"]) == 1
        assert scope["scheme"] in ("http", "https")
        assert not {name for name, _ in scope["headers"]} & READ_HERE
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    guard = Guard(inner, settings_alone(), lambda status, _: str(status).encode())
    answer = run_apart(answer_of(guard, "GET", f"/{target}", sent))

    assert answer.status in (200, 400)
    assert faults_in_headers(answer) == []


def settings_alone():
    from pathlib import Path

    from acupwa.settings import Settings

    return Settings(data_dir=Path(), database_url="sqlite://", secret_keys=())


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_fault_outside_the_app_is_a_page_with_a_number(make_asgi, capsys, method):
    ask = make_asgi()
    planted = "zebra-symptom"

    async def fail(*_: object) -> None:
        raise RuntimeError(planted)

    door = ask.app
    kept, door._guard._inner = door._guard._inner, fail
    answer = ask(method, "/me")
    door._guard._inner = kept

    logged = capsys.readouterr().err
    assert answer.status == 500
    assert faults_in_headers(answer) == []
    assert planted not in logged + answer.text
    assert "Traceback" not in logged
    reference = json.loads(next(line for line in logged.splitlines() if "fault" in line))["reference"]
    assert method == "HEAD" or reference in answer.text


@pytest.mark.parametrize("gone", [ConnectionResetError, BrokenPipeError, OSError])
@pytest.mark.parametrize("path", ["/healthz", "/emergency", "/me", "/no-such-page", "/%"])
@pytest.mark.parametrize("after", [0, 1])
def test_who_has_left_while_we_send_is_no_fault_of_ours(make_asgi, capsys, gone, path, after):
    door, sent = make_asgi().app, []

    async def send(message: object) -> None:
        if len(sent) == after:
            raise gone
        sent.append(message)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "scheme": "http",
             "headers": [(b"host", b"localhost")], "http_version": "1.1", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 1)}  # fmt: skip
    run_apart(door(scope, receive, send))

    assert len(sent) == after
    captured = capsys.readouterr()
    assert captured.err + captured.out == ""


def test_the_page_of_a_fault_needs_no_template(make_asgi):
    ask = make_asgi()

    def fail(*_: object, **_more: object) -> str:
        raise RuntimeError

    templates = ask.app._cache._templates
    kept, templates.render = templates.render, fail
    answer = ask("GET", "/me", [("host", "[")])
    templates.render = kept

    assert (answer.status, faults_in_headers(answer)) == (400, [])
    assert answer.text.startswith("We could not use that")
