"""Whom a request is from when proxies stand in between."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.web.proxies import read_address, read_caller, read_networks

OURS = read_networks(("127.0.0.0/8", "::1/128", "10.0.0.0/8", "fd00::/8"))


def caller(peer: str, forwarded: str | None = None, scheme: str | None = None):
    headers = {b"x-forwarded-for": forwarded.encode("latin-1")} if forwarded is not None else {}
    headers |= {b"x-forwarded-proto": scheme.encode("latin-1")} if scheme is not None else {}
    return read_caller(peer, "http", headers, OURS)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("::1", "192.0.2.7", "192.0.2.7"),
        ("::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "1.1.1.1, 192.0.2.7", "192.0.2.7"),  # what a visitor writes stands to the left
        ("127.0.0.1", "192.0.2.7, 10.0.0.3", "192.0.2.7"),
        ("127.0.0.1", "192.0.2.7,10.0.0.3,fd00::1", "192.0.2.7"),
        ("127.0.0.1", "10.0.0.3, 10.0.0.4", "10.0.0.3"),
        ("127.0.0.1", "192.0.2.7:4711", "192.0.2.7"),
        ("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("127.0.0.1", "2001:DB8:0::7", "2001:db8::7"),
        ("127.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "rubbish, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "192.0.2.7, rubbish", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7,", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.256", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7:x", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7\xb2", "127.0.0.1"),
        ("127.0.0.1", "[::1", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("192.0.2.9", "192.0.2.7", "192.0.2.9"),
        ("::ffff:192.0.2.9", "192.0.2.7", "192.0.2.9"),
        ("", "192.0.2.7", ""),
        ("testclient", "192.0.2.7", "testclient"),
    ],
)
def test_the_visitor_is_the_first_from_the_right_that_is_no_proxy_of_ours(peer, forwarded, address):
    assert caller(peer, forwarded).address == address


@pytest.mark.parametrize(
    ("peer", "forwarded", "said", "scheme"),
    [
        ("127.0.0.1", None, "https", "https"),
        ("127.0.0.1", None, "HTTPS", "https"),
        ("127.0.0.1", None, "gopher", "http"),
        ("127.0.0.1", None, "", "http"),
        ("192.0.2.9", None, "https", "http"),
        ("127.0.0.1", "192.0.2.7", "https, http", "http"),
        ("127.0.0.1", "192.0.2.7, 10.0.0.3", "https, http", "https"),
        ("127.0.0.1", "192.0.2.7, 10.0.0.3", "https", "https"),
    ],
)
def test_what_the_browser_speaks_is_believed_from_our_proxies_alone(peer, forwarded, said, scheme):
    assert caller(peer, forwarded, said).scheme == scheme


@given(st.text(st.characters(max_codepoint=255)), st.ip_addresses().map(str))
def test_nothing_that_a_visitor_writes_changes_whom_our_proxy_saw(written, seen):
    known = caller("127.0.0.1", seen).address
    if known == seen and not any(read_address(seen) in network for network in OURS):
        assert caller("127.0.0.1", f"{written}, {seen}").address == seen
    assert caller("203.0.113.5", written).address == "203.0.113.5"


def test_a_proxy_that_nobody_named_is_told_once(make_asgi, capsys):
    ask = make_asgi()
    for header in ("x-forwarded-for", "forwarded"):
        ask("GET", "/healthz", [("host", "localhost"), (header, "192.0.2.7")], peer="172.17.0.1")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "proxy" in line]
    assert [(line["level"], line["peer"], line["setting"]) for line in lines] == [
        ("warning", "172.17.0.1", "ACUPWA_TRUSTED_PROXIES")
    ]
    assert "192.0.2.7" not in json.dumps(lines)


def test_wrong_codes_count_for_the_visitor_and_not_for_the_proxy(make_asgi):
    ask = make_asgi(trusted_proxies=("172.16.0.0/12",))

    def tried(visitor: str) -> int:
        sent = [
            ("host", "localhost"),
            ("x-forwarded-for", visitor),
            ("content-type", "application/x-www-form-urlencoded"),
        ]
        return ask("POST", "/resume", sent, body=b"code=CDFHJK", peer="172.17.0.1").status

    assert {tried(f"6.6.6.{n}, 192.0.2.7") for n in range(30)} == {422, 429}
    assert tried("192.0.2.8") == 422


@pytest.mark.parametrize(
    ("named", "peer", "headers", "status"),
    [
        (None, "127.0.0.1", {}, 200),
        (None, "::1", {}, 200),
        (None, "127.0.0.1", {"x-forwarded-for": "192.0.2.7"}, 404),
        (None, "127.0.0.1", {"forwarded": "for=192.0.2.7"}, 404),
        (None, "127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 404),
        (None, "192.0.2.7", {}, 404),
        ((), "127.0.0.1", {}, 404),
        (("192.0.2.0/24",), "192.0.2.7", {}, 200),
        (("192.0.2.0/24",), "127.0.0.1", {"x-forwarded-for": "192.0.2.7"}, 200),
        (("192.0.2.0/24",), "203.0.113.5", {"x-forwarded-for": "192.0.2.7"}, 404),
        (("192.0.2.0/24",), "127.0.0.1", {}, 404),
    ],
)
def test_the_counts_are_there_for_those_who_are_named(make_asgi, named, peer, headers, status):
    ask = make_asgi(metrics_from=named)
    answer = ask("GET", "/metrics", [("host", "10.2.3.4:8000"), *headers.items()], peer=peer)

    assert answer.status == status
    if status == 404:
        unknown = ask("GET", "/no-such-page", [("host", "10.2.3.4:8000"), *headers.items()], peer=peer)
        assert answer.body == unknown.body
