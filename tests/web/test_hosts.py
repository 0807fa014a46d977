"""For which host a request is: the settings outrank what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.web.host import Host, is_address, is_loopback, make_origin, read_host, read_origin
from acupwa.web.origin import passkeys_work_at

MALFORMED = [
    "", " ", ":", ":80", "x:abc", "x:99999", "x:0", "x:-1", "x:1:2", "::1", "::1:8000", "[::1", "[::1]x", "[x]", "[]",
    "[v1.a]", "a b", "a\tb", "a/b", "a?b", "a#b", "u@h", "a,b", "a\\b", "a..b", ".", "..", ".a", "a%41", "a\x00", "\xe9",
    "x:\xb2", "http://x", "[fe80::1%25eth0]", "x" * 256, "x:800000", "[1.2.3.4]",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("localhost", Host("localhost")),
        ("LocalHost.:8000", Host("localhost", 8000)),
        ("acupwa.example:", Host("acupwa.example")),
        ("[0:0::1]:8000", Host("[::1]", 8000)),
        ("127.0.0.1", Host("127.0.0.1")),
        ("web_1:65535", Host("web_1", 65535)),
    ],
)
def test_a_host_is_read_by_its_grammar(text, host):
    assert read_host(text) == host
    assert read_host(str(host)) == host


@pytest.mark.parametrize("text", MALFORMED)
def test_what_is_no_host_is_none(text):
    assert read_host(text) is None
    assert read_origin(f"https://{text}") is None


@given(st.text(st.characters(max_codepoint=255), max_size=40))
def test_whatever_is_sent_it_is_a_host_or_it_is_not(text):
    host = read_host(text)
    read_origin(text)
    assert host is None or read_host(str(host)) == host
    assert host is None or read_origin(f"https://{host}") == make_origin("https", host)
    assert host is None or is_loopback(host) in (True, False)


@pytest.mark.parametrize(
    "text", ["null", "https://[::1", "http://[", "https://a/", "https://a, https://a", "a", "//a", "ftp://a"]
)
def test_what_is_no_origin_is_none(text):
    assert read_origin(text) is None


def test_an_origin_has_no_default_port():
    assert read_origin("HTTPS://ACUPWA.example.:443") == read_origin("https://acupwa.example")
    assert read_origin("http://a:443") != read_origin("http://a")


@pytest.mark.parametrize("name", ["127.0.0.1", "[::1]", "127.1", "0x7f.0.0.1", "2130706433", "192.0.2.7"])
def test_a_number_is_no_name(name):
    assert is_address(Host(name))


@pytest.mark.parametrize(
    ("origin", "work"),
    [
        ("https://acupwa.example", True),
        ("https://localhost", True),
        ("http://localhost:8000", True),
        ("http://clinic.localhost", True),
        ("http://acupwa.example", False),
        ("http://127.0.0.1:8000", False),
        ("https://127.0.0.1", False),
        ("https://[::1]", False),
        ("nonsense", False),
    ],
)
def test_passkeys_are_made_by_https_under_a_name_or_at_localhost(origin, work):
    assert passkeys_work_at(origin) is work


PUBLIC = "https://acupwa.example"


@pytest.mark.parametrize(
    "host",
    ["acupwa.example", "ACUPWA.Example", "acupwa.example.", "acupwa.example:443", "acupwa.example:80", "127.0.0.1:8000",
     "localhost:8000", "[::1]:8000"],
)  # fmt: skip
def test_behind_a_proxy_all_addresses_are_those_of_the_setting(make_asgi, host):
    ask = make_asgi(public_url=PUBLIC)
    sent = [("host", host), ("x-forwarded-proto", "http"), ("x-forwarded-host", "evil.example")]

    page = ask("GET", "/robots.txt", sent)
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in page.text
    assert page.headers["strict-transport-security"].startswith("max-age=")
    made = ask("POST", "/quiz", [*sent, ("origin", PUBLIC), ("content-length", "0")])
    assert made.status == 303
    assert made.headers["set-cookie"].startswith("__Host-acupwa=")
    assert "Secure" in made.headers["set-cookie"]


@pytest.mark.parametrize(
    "host", [*MALFORMED, "evil.example", "acupwa.example.evil", "evil.acupwa.example", "acupwa.example:8443"]
)
@pytest.mark.parametrize("path", ["/", "/me", "/static/app.css", "/no-such-page"])
def test_another_host_is_a_calm_400(make_asgi, host, path):
    answer = make_asgi(public_url=PUBLIC)("GET", path, [("host", host)])

    assert answer.status == 400
    assert "We could not use that" in answer.text
    assert "content-security-policy" in answer.headers


def test_this_machine_s_own_names_are_for_its_proxies_alone(make_asgi):
    ask = make_asgi(public_url=PUBLIC)
    assert ask("GET", "/me", [("host", "127.0.0.1:8000")], peer="192.0.2.7").status == 400
    assert ask("GET", "/me", [("host", "10.2.3.4:8000")], server="10.2.3.4").status == 200
    assert ask("GET", "/me", [("host", "10.2.3.4:8000")], server="10.2.3.4", peer="192.0.2.7").status == 400


def test_whoever_watches_asks_by_any_address(make_asgi):
    ask = make_asgi(public_url=PUBLIC, metrics_from=("127.0.0.1/32",))
    for path in ("/healthz", "/readyz"):
        assert ask("GET", path, [("host", "10.2.3.4:8000")], peer="10.2.3.1").status == 200
        assert ask("GET", path, [("host", "x:abc")]).status == 400
    assert ask("GET", "/metrics", [("host", "10.2.3.4:8000")]).status == 200


def test_a_proxy_that_says_nothing_of_the_visitor_shows_nobody_the_counts(make_asgi):
    assert make_asgi(public_url=PUBLIC)("GET", "/metrics", [("host", "acupwa.example")]).status == 404
    assert make_asgi()("GET", "/metrics", [("host", "localhost")]).status == 200


@pytest.mark.parametrize("hosts", [[], ["localhost", "localhost"], ["localhost", "evil.example"]])
def test_a_request_has_one_host(make_asgi, hosts):
    assert make_asgi()("GET", "/", [("host", host) for host in hosts]).status == 400


@pytest.mark.parametrize(
    ("public", "sent", "status"),
    [
        (PUBLIC, {"host": "acupwa.example", "origin": PUBLIC}, 303),
        (PUBLIC, {"host": "acupwa.example:443", "origin": "https://ACUPWA.example:443"}, 303),
        (PUBLIC, {"host": "acupwa.example", "origin": "http://acupwa.example"}, 403),
        (PUBLIC, {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}, 403),
        (None, {"host": "a.example", "origin": "http://a.example"}, 303),
        (None, {"host": "a.example", "origin": "https://a.example"}, 303),
        (None, {"host": "a.example", "origin": "http://a.example", "x-forwarded-proto": "https"}, 403),
        (None, {"host": "a.example:8000", "origin": "http://a.example"}, 403),
        (None, {"host": "a.example", "origin": "https://[::1"}, 403),
        (None, {"host": "a.example", "origin": "http://["}, 403),
        (None, {"host": "a.example", "origin": "null"}, 403),
        (None, {"host": "a.example", "sec-fetch-site": "same-origin, cross-site"}, 403),
    ],
)
def test_a_write_comes_from_our_own_origin(make_asgi, public, sent, status):
    answer = make_asgi(public_url=public)("POST", "/quiz", [*sent.items(), ("content-length", "0")])

    assert answer.status == status


def test_two_origins_are_none(make_asgi):
    sent = [("host", "a.example"), ("origin", "http://a.example"), ("origin", "http://evil.example")]
    assert make_asgi()("POST", "/quiz", [*sent, ("content-length", "0")]).status == 403
