"""Each limit under eighty presses at once, and strangers who fill every counter: the right secret still opens."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acupwa.db.attempts import SLOWED_SECONDS
from acupwa.person.codes import TRIES_BY_ADDRESS
from acupwa.person.service import NEW_BY_PLACE
from acupwa.practice.accounts.rules import TRIES_OF_CODES, TRIES_OF_DEVICE, TRIES_OF_PAIR
from acupwa.practice.links.rules import CODE_LENGTH, TRIES_BY_PLACE
from acupwa.settings import Settings, read_settings
from tests.support.codes import WRONG, code_on, resume
from tests.support.database import KEY
from tests.support.people import RA, answer_quiz
from tests.support.practitioners import PASSWORD, code_of, make_link, signed_in

AT_ONCE = 80
ANN = "ann@example.org"
# What is let through is looked at and found wrong. 503 is a queue that is full: of passwords, or of requests.
LET_THROUGH = (200, 303, 404, 422)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Of either database: what counts in one step on one has to on the other."""
    given = {"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(tmp_path)}
    if request.param == "postgresql":
        given["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    return read_settings(given, folder=tmp_path)


def burst(client: Any, path: str, fields: Any) -> Counter[int]:
    return Counter(one.status_code for one in client.another().post_all_at_once([(path, one) for one in fields]))


def password(name: str) -> dict[str, str]:
    return {"email": name, "password": "wrong wrong wrong"}


def sign_in(client: Any, email: str, password: str = PASSWORD) -> Any:
    return client.post("/practice/sign-in", {"email": email, "password": password})


BURSTS: dict[str, tuple[str, Any, int]] = {
    "one name from one place": ("/practice/sign-in", lambda n: password("nobody@example.org"), TRIES_OF_PAIR),
    "codes": ("/resume", lambda n: {"code": WRONG}, TRIES_BY_ADDRESS),
    "codes of practitioners": ("/practice/sign-in/code", lambda n: {"code": WRONG}, TRIES_OF_CODES),
    "passkeys": ("/practice/sign-in/passkey", lambda n: {"answer": "{}"}, TRIES_OF_CODES),
    "links": (f"/l/{'C' * CODE_LENGTH}", lambda n: {}, TRIES_BY_PLACE),
}  # fmt: skip


@pytest.mark.parametrize("limit", BURSTS)
def test_of_eighty_at_once_no_more_are_let_through_than_may_be(client, limit):
    path, fields, most = BURSTS[limit]

    statuses = burst(client, path, [fields(n) for n in range(AT_ONCE)])

    assert 0 < sum(statuses[one] for one in LET_THROUGH) <= most, statuses
    assert statuses[429] >= AT_ONCE / 2, statuses
    assert statuses.total() == sum(statuses[one] for one in (*LET_THROUGH, 429, 503)), statuses


def test_of_new_persons_at_once_no_more_are_made_than_may_be(client):
    strangers = [client.another() for _ in range(2)]
    statuses: Counter[int] = Counter()
    for stranger in strangers:
        answers = stranger.post_all_at_once([("/quiz", {"start": "1"})] * AT_ONCE)
        statuses.update(one.status_code for one in answers)

    assert 0 < statuses[303] <= NEW_BY_PLACE
    assert statuses[303] == NEW_BY_PLACE or statuses[503]


def test_strangers_who_fill_every_counter_keep_nobody_out(client, monkeypatch):
    monkeypatch.setattr("acupwa.practice.accounts.rules.TRIES_OF_ALL", 30)
    monkeypatch.setattr("acupwa.practice.accounts.rules.TRIES_OF_NAME", 12)
    monkeypatch.setattr("acupwa.person.code_service.TRIES_BY_ALL", 30)
    ann = signed_in(client, ANN)
    answer_quiz(client, RA)
    own, of_ann = code_on(client.follow(client.post("/me/move"))), code_on(ann.post("/practice/account/code"))
    link = code_of(ann, make_link(ann))
    ann.post("/practice/sign-out")
    with monkeypatch.context() as quick:
        for module in ("acupwa.mydata.resume_routes", "acupwa.practice.accounts.sign_in_routes"):
            quick.setattr(f"{module}.SLOWED_SECONDS", 0)
        for place in range(6):
            stranger = client.another(f"198.51.100.{place}")
            for _ in range(TRIES_OF_PAIR):
                sign_in(stranger, ANN, "wrong wrong wrong")
            for path in ("/resume", "/practice/sign-in/code"):
                for _ in range(TRIES_BY_ADDRESS):
                    stranger.post(path, {"code": WRONG})
            for _ in range(TRIES_BY_PLACE):
                stranger.post(f"/l/{'C' * CODE_LENGTH}")

    honest = "203.0.113.5"
    at_full_place = "198.51.100.1"
    for what, press, wanted in (
        ("a password from elsewhere", lambda: sign_in(client.another(honest), ANN), 303),
        ("a code", lambda: resume(client.another(at_full_place), own), 303),
        (
            "a code of a practitioner",
            lambda: client.another(at_full_place).post("/practice/sign-in/code", {"code": of_ann}),
            303,
        ),
        ("a link", lambda: client.another(at_full_place).post(f"/l/{link}"), 303),
        ("a link that is looked at", lambda: client.another(at_full_place).get(f"/l/{link}"), 200),
    ):
        began = time.monotonic()
        assert press().status_code == wanted, what
        assert time.monotonic() - began < 2 + SLOWED_SECONDS / 2, what


def test_a_guest_at_the_same_place_who_tries_other_names_only_slows(client, monkeypatch):
    monkeypatch.setattr("acupwa.practice.accounts.rules.TRIES_OF_PLACE", 1)
    signed_in(client, ANN)
    for place in ("192.0.2.50", "2001:db8:1:2::1"):
        guest = client.another(place)
        statuses = Counter(sign_in(guest, f"x{n}@example.org", "wrong wrong wrong").status_code for n in range(2))
        assert statuses == {422: 2}

        began = time.monotonic()
        assert sign_in(client.another(place), ANN).status_code == 303
        assert time.monotonic() - began >= SLOWED_SECONDS


def test_a_browser_that_signed_in_before_has_tries_that_no_stranger_at_its_place_fills(client):
    ann = signed_in(client, ANN)
    ann.post("/practice/sign-out")
    burst(client, "/practice/sign-in", [password(ANN)] * AT_ONCE)
    assert sign_in(client.another(), ANN).status_code == 429

    assert sign_in(ann, ANN).status_code == 303
    ann.post("/practice/sign-out")
    for _ in range(TRIES_OF_DEVICE):
        assert sign_in(ann, ANN, "wrong wrong wrong").status_code == 422
    assert sign_in(ann, ANN, "wrong wrong wrong").status_code == 429


def test_a_wait_lasts_as_long_as_it_says(client, clock):
    for _ in range(TRIES_BY_ADDRESS):
        client.post("/resume", {"code": WRONG})
    said = int(client.post("/resume", {"code": WRONG}).headers["retry-after"])
    clock.now += timedelta(seconds=said - 1)
    assert client.post("/resume", {"code": WRONG}).status_code == 429
    clock.now += timedelta(seconds=1)
    assert client.post("/resume", {"code": WRONG}).status_code == 422


def test_pages_of_others_use_up_nobody_s_tries(client):
    for n in range(AT_ONCE):
        client.get(f"/l/zz{n}", headers={"sec-fetch-site": "cross-site", "sec-fetch-dest": "image"})
        client.get(f"/resume?code={WRONG}", headers={"sec-fetch-site": "cross-site"})

    assert sign_in(client, ANN).status_code == 422
    assert client.post("/resume", {"code": WRONG}).status_code == 422
