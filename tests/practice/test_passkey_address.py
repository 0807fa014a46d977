"""Passkeys are offered only where browsers make them."""

from __future__ import annotations

import pytest

from acupwa.practice.accounts import people_service

FORM = 'action="/practice/sign-in/passkey"'
ELSEWHERE = "Passkeys do not work at this address."


@pytest.mark.parametrize(
    ("public", "host", "offered", "told"),
    [
        (None, "localhost:8000", True, False),
        (None, "127.0.0.1:8000", False, True),
        (None, "[::1]:8000", False, True),
        (None, "clinic.example", False, False),
        ("https://acupwa.example", "127.0.0.1:8000", True, False),
        ("https://192.0.2.7", "192.0.2.7", False, True),
        ("http://acupwa.example", "acupwa.example", False, False),
    ],
)
def test_the_door_offers_a_passkey_only_where_one_works(make_asgi, public, host, offered, told):
    ask = make_asgi(public_url=public)
    ask.app.inner.state.work.run(people_service.add_practitioner, "ann@example.org", "Ann", "Needle Lane")
    page = ask("GET", "/practice/sign-in", [("host", host)]).text

    assert (FORM in page, ELSEWHERE in page) == (offered, told)
