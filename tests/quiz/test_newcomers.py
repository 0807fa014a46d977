"""A new person is a few rows on the disk: from one place not without end, whatever cookies come along."""

from __future__ import annotations

import time

from acupwa.person.service import NEW_BY_PLACE


def test_newcomers_without_end_are_asked_to_wait_and_nobody_else_is(client):
    client.post("/quiz", {"start": "1"})
    stranger = client.another()
    statuses = []
    for _ in range(NEW_BY_PLACE):
        answer = stranger.post("/quiz", {"start": "1"}, headers={"cookie": "x=1"})
        statuses.append(answer.status_code)
        stranger.cookies.clear()

    assert statuses[0] == 303
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert "Please wait a moment" in answer.text
    assert stranger.get("/emergency").status_code == 200
    assert client.post("/quiz", {"start": "1"}).status_code == 303


def test_very_many_from_everywhere_are_slowed_and_told_of_and_nobody_is_kept_out(client, monkeypatch, capsys):
    monkeypatch.setattr("acupwa.person.service.NEW_BY_ALL", 3)
    monkeypatch.setattr("acupwa.person.cookie.SLOWED_SECONDS", 0.2)
    began = time.monotonic()

    statuses = []
    for place in range(5):
        stranger = client.another(f"192.0.2.{place}")
        statuses.append(stranger.post("/quiz", {"start": "1"}).status_code)

    assert statuses == [303] * 5
    assert time.monotonic() - began >= 0.4
    assert capsys.readouterr().err.count("many tries") == 1
