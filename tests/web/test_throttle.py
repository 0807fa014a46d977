from __future__ import annotations

from acupwa.web.throttle import NEWCOMERS_PER_MINUTE


def test_newcomers_without_end_are_asked_to_wait_and_nobody_else_is(client):
    client.post("/quiz", {"start": "1"})
    stranger = client.another()
    statuses = []
    for _ in range(NEWCOMERS_PER_MINUTE + 1):
        answer = stranger.post("/quiz", {"start": "1"})
        statuses.append(answer.status_code)
        stranger.cookies.clear()

    assert statuses[0] == 303
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "60"
    assert "Please wait a moment" in answer.text
    assert stranger.get("/emergency").status_code == 200
    assert client.post("/quiz", {"start": "1"}).status_code == 303
