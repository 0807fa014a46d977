"""What a passkey is asked to sign is made without a row, and is good once, for us alone, until its end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import select

from acupwa.practice.accounts.challenge_service import is_good, make_challenge, use_challenge
from acupwa.practice.accounts.rules import CHALLENGE_FOR
from acupwa.practice.accounts.store import ChallengeRow
from tests.support.practitioners import work_of


def test_it_is_ours_alone_until_its_end(database, clock):
    challenge = database.work(make_challenge)

    assert len(challenge) == 32
    assert database.work(is_good, challenge)
    for place in range(32):
        other = bytearray(challenge)
        other[place] ^= 1
        assert not database.work(is_good, bytes(other)), place
    assert not database.work(is_good, b"")
    clock.now += CHALLENGE_FOR - timedelta(seconds=1)
    assert database.work(is_good, challenge)
    clock.now += timedelta(seconds=1)
    assert not database.work(is_good, challenge)


def test_of_ten_at_once_one_uses_it(database):
    challenge = database.work(make_challenge)

    with ThreadPoolExecutor(10) as pool:
        used = list(pool.map(lambda _: database.work(use_challenge, challenge), range(10)))

    assert used.count(True) == 1


def test_who_asks_without_end_fills_no_table(client):
    for _ in range(30):
        assert client.post("/practice/sign-in/passkey-options").status_code == 200

    assert work_of(client).run(lambda db, now: db.exec(select(func.count()).select_from(ChallengeRow)).one()) == 0
