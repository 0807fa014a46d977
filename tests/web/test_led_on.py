"""A person who asks for a page for newcomers is led on by the key in the cookie; all others get the same bytes."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.app import fresh_app
from tests.support.client import Client

LED = {"/": "/today", "/quiz": "/check-in"}
NO_KEY = (
    "",
    "acupwa=",
    "acupwa=new.abc",
    f"acupwa={'x' * 65}",
    "__Host-acupwa=abc",
    "acupwa-practice=abc",
    "other=acupwa",
)


@pytest.fixture(params=LED.items(), ids=lambda pair: pair[0])
def led(request):
    return request.param


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_person_is_led_on(client, led, method):
    path, to = led
    client.post("/quiz", {"start": "1"})

    answer = client.request(method, path, headers={"if-none-match": client.another().get(path).headers["etag"]})

    assert answer.status_code == 303
    assert answer.headers["location"] == to
    assert answer.headers["cache-control"] == "no-store"
    assert not answer.content
    assert "set-cookie" not in answer.headers


def test_by_its_presence_alone(client, led):
    path, to = led

    answer = client.get(path, headers={"cookie": "acupwa=nobody-has-this; other=1"})

    assert (answer.status_code, answer.headers["location"]) == (303, to)


@pytest.mark.parametrize("cookie", NO_KEY)
def test_without_the_key_it_is_the_page_for_everyone(client, led, cookie):
    path, _to = led

    answer, bare = client.get(path, headers={"cookie": cookie}), client.another().get(path)

    assert answer.status_code == 200
    assert answer.content == bare.content
    assert answer.headers["cache-control"] == "public, no-cache"
    assert {one.strip() for one in answer.headers["vary"].lower().split(",")} == {"accept-encoding", "cookie"}
    again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert "cookie" in again.headers["vary"]


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=';,="\\'), max_size=80))
@example("new.")
@example("x" * 64)
def test_any_token_leads_on_but_one_that_nothing_was_made_with(client, token):
    answer = client.get("/", headers={"cookie": f"acupwa={token}"})

    assert answer.status_code == (303 if 0 < len(token) <= 64 and not token.startswith("new.") else 200)


def test_where_it_is_https_only_the_bound_cookie_counts(loop, settings, library, clock):
    app = fresh_app(msgspec.structs.replace(settings, public_url="https://acupwa.example"), library, clock)
    visitor = Client(app, loop)

    assert visitor.get("/", headers={"cookie": "acupwa=a-token"}).status_code == 200
    assert visitor.get("/", headers={"cookie": "__Host-acupwa=a-token"}).status_code == 303
    app.inner.state.work.close()


def test_an_address_with_a_query_stays_and_so_does_every_other_page(client):
    client.post("/quiz", {"start": "1"})

    for path in ("/?from=card", "/quiz?from=card", "/read", "/emergency", "/about", "/offline"):
        assert client.get(path).status_code == 200, path
    assert client.post("/quiz", {"start": "1"}).status_code == 303
