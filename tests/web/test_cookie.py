"""A cookie with a token of ours: closed to scripts and other sites, and plain on one's own machine alone."""

from __future__ import annotations

import pytest
from litestar.testing import RequestFactory

from acupwa.web.cookie import TokenCookie

COOKIE = TokenCookie("acupwa-test", 3600)


def asked(server: str, sent: str = ""):
    scheme, _, host = server.partition("://")
    factory = RequestFactory(server=host, scheme=scheme, port=443 if scheme == "https" else 8000)
    return factory.get(headers={"cookie": sent} if sent else {})


@pytest.mark.parametrize("server", ["https://acupwa.example", "http://acupwa.example", "https://localhost"])
def test_elsewhere_it_is_secure_and_bound_to_its_host(server):
    cookie = COOKIE.make(asked(server), "a-token")

    assert (cookie.key, cookie.value, cookie.max_age) == ("__Host-acupwa-test", "a-token", 3600)
    assert (cookie.secure, cookie.httponly, cookie.samesite, cookie.path) == (True, True, "lax", "/")
    assert cookie.domain is None
    assert COOKIE.read(asked(server, "__Host-acupwa-test=a-token")) == "a-token"
    assert COOKIE.read(asked(server, "acupwa-test=a-token")) == ""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_on_one_s_own_machine_it_goes_without_https(host):
    cookie = COOKIE.make(asked(f"http://{host}"), "a-token")

    assert (cookie.key, cookie.secure, cookie.httponly) == ("acupwa-test", False, True)
    assert COOKIE.read(asked(f"http://{host}", "acupwa-test=a-token")) == "a-token"


def test_what_is_too_long_to_be_a_token_is_none():
    assert COOKIE.read(asked("http://localhost", f"acupwa-test={'x' * 65}")) == ""
    assert COOKIE.read(asked("http://localhost")) == ""


def test_it_is_forgotten_at_once():
    cookie = COOKIE.forget(asked("https://acupwa.example"))

    assert (cookie.key, cookie.value, cookie.max_age) == ("__Host-acupwa-test", "", 0)
