"""Whoever comes by GET to an address that only takes a POST is led to the page above it: never to a dead end."""

from __future__ import annotations

import re
import uuid

import pytest

from tests.house.addresses import FILE

LINES = [line.split()[:2] for line in FILE.read_text().splitlines()]
OPEN = {path for method, path in LINES if method in ("GET", "PUBLIC")}
ONLY_POSTED = sorted({path for method, path in LINES if method == "POST"} - OPEN)


@pytest.mark.parametrize("path", ONLY_POSTED)
def test_every_address_that_is_only_posted_to_leads_to_a_page_above_it(client, path):
    key = "7" if "/sessions/" in path else str(uuid.uuid4())

    answer = client.request("GET", path.replace("{}", key), headers={"accept": "text/html,*/*;q=0.8"})

    assert answer.status_code == 303, answer.text
    above = answer.headers["location"].replace(key, "{}")
    assert path.startswith(above + "/")
    assert above in OPEN
    between = [path[: match.start()] for match in re.finditer("/", path) if match.start() > len(above)]
    assert not OPEN & set(between), "the nearest one"


def test_what_is_led_on_keeps_its_answers_to_all_else(client):
    assert client.post("/me").status_code == 405
    refused = client.get("/practice/sign-out")
    assert refused.status_code == 405, "to what is no browser it is the wrong method"
    assert "POST" in refused.headers["allow"]
    assert client.request("DELETE", "/list/what-to-expect").status_code in (403, 405)
    assert client.get("/no-such-page").status_code == 404
