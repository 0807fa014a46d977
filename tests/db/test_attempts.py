"""One counter of wrong tries for every secret: by subject, by kind, for its hour, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from acupwa.db.attempts import Attempts, Limit, Wait
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade, upgrade_to
from acupwa.db.tables import new_key

HERE, THERE = bytes(31) + b"1", bytes(31) + b"2"
CODES = Attempts("code", timedelta(hours=1))
SIGN_INS = Attempts("sign-in", timedelta(hours=1))


def test_a_subject_waits_until_the_first_of_its_tries_counts_no_more(database, clock):
    for _ in range(3):
        database.work(CODES.add, [HERE])
        clock.now += timedelta(minutes=1)

    assert database.work(CODES.find_wait, [Limit(HERE, 4)]) is None
    assert database.work(CODES.find_wait, [Limit(THERE, 1)]) is None
    assert database.work(CODES.find_wait, [Limit(HERE, 3)]) == Wait(57 * 60)
    clock.now += timedelta(minutes=57)
    assert database.work(CODES.find_wait, [Limit(HERE, 3)]) is None
    assert database.work(CODES.count, HERE) == 2


def test_the_longest_wait_holds_and_all_together_have_a_limit_of_their_own(database, clock):
    database.work(CODES.add, [HERE])
    clock.now += timedelta(minutes=10)
    database.work(CODES.add, [THERE])

    assert database.work(CODES.find_wait, [Limit(HERE, 1), Limit(THERE, 1)]) == Wait(60 * 60)
    assert database.work(CODES.find_wait, [Limit(HERE, 2), Limit(None, 2)]) == Wait(50 * 60)


def test_one_kind_of_secret_does_not_count_for_another(database):
    database.work(CODES.add, [HERE])
    database.work(SIGN_INS.add, [HERE, THERE])

    assert database.work(CODES.find_wait, [Limit(None, 2)]) is None
    database.work(lambda db, now: SIGN_INS.delete_of(db, HERE))
    assert database.work(SIGN_INS.count, HERE) == 0
    assert database.work(SIGN_INS.count, THERE) == database.work(CODES.count, HERE) == 1


def test_what_is_past_its_hour_is_deleted_of_its_kind(database, clock):
    database.work(CODES.add, [HERE, THERE])
    database.work(SIGN_INS.add, [HERE])
    clock.now += timedelta(hours=1)

    assert database.work(CODES.delete_past) == 2
    assert database.work(SIGN_INS.delete_past) == 1


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_an_upgrade_takes_both_old_counts_over(kind, request, tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    if kind == "postgresql":
        url = "postgresql+psycopg" + request.getfixturevalue("postgres_url").removeprefix("postgresql")
    engine = make_engine(url)
    with engine.begin() as connection:
        upgrade_to(connection, "0002")
        for table, subject, hashed in (("wrong_code", "address_hash", HERE), ("failed_try", "subject_hash", THERE)):
            key = new_key().hex if kind == "sqlite" else new_key()
            at = clock.now.strftime("%Y-%m-%d %H:%M:%S.%f") if kind == "sqlite" else clock.now
            row = {"key": key, "hashed": hashed, "at": at}
            connection.execute(text(f"INSERT INTO {table} (id, {subject}, at) VALUES (:key, :hashed, :at)"), row)

    upgrade(engine)

    with engine.connect() as connection:
        found = connection.execute(text("SELECT kind, subject_hash FROM attempt ORDER BY kind")).all()
    assert [(kind, bytes(hashed)) for kind, hashed in found] == [("code", HERE), ("sign-in", THERE)]
    engine.dispose()
