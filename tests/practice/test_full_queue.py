"""A password that found no place in the queue was not tried: who sent it is asked to come again, and no more."""

from __future__ import annotations

from acupwa.practice.accounts.rules import TRIES_OF_PAIR
from acupwa.web import hashing
from tests.support.practitioners import PASSWORD, signed_in

ANN = {"email": "ann@example.org", "password": PASSWORD}


def test_who_is_told_that_it_is_full_has_used_up_no_try(client, monkeypatch):
    signed_in(client, ANN["email"])
    full = hashing.Lane(threads=1, most_waiting=0)
    monkeypatch.setattr(hashing, "_STRANGERS", full)
    full._open = full._most_open
    for _ in range(2 * TRIES_OF_PAIR):
        assert client.another().post("/practice/sign-in", ANN).status_code == 503
    full._open = 0

    assert client.another().post("/practice/sign-in", ANN).status_code == 303
