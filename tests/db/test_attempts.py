"""One counter of tries for every secret: by subject, by kind, for its window, on both databases, also at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from acupwa.db.attempts import Attempts, Booked, Limit, Wait, delete_past_tries, place_limits, shared_limit
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade, upgrade_to
from acupwa.db.tables import new_key
from acupwa.networks import networks_of

HERE, THERE, ALL = (bytes(31) + one for one in (b"1", b"2", b"3"))
CODES = Attempts("code", timedelta(hours=1))
PASSWORDS = Attempts("password", timedelta(hours=1))


def limit(subject, most):
    return [Limit(subject=subject, most=most)]


def test_a_subject_waits_until_its_window_is_over_and_begins_anew(database, clock):
    for _ in range(3):
        assert database.work(CODES.book, limit(HERE, 3)) == Booked(subjects=(HERE,))
        clock.now += timedelta(minutes=1)

    assert database.work(CODES.book, limit(HERE, 3)) == Booked(wait=Wait(57 * 60), subjects=(HERE,))
    assert database.work(CODES.book, limit(THERE, 3)).wait is None
    clock.now += timedelta(minutes=57)
    assert database.work(CODES.book, limit(HERE, 3)).wait is None
    assert database.work(CODES.count, HERE) == 1


def test_who_is_kept_waiting_keeps_nobody_else_waiting_and_is_told_of(database):
    slows = [Limit(subject=ALL, most=9, refuses=False)]
    for _ in range(5):
        database.work(CODES.book, limit(HERE, 1) + limit(THERE, 9) + slows)

    assert [database.work(CODES.count, one) for one in (HERE, THERE, ALL)] == [5, 1, 5]


def test_only_what_was_counted_is_taken_back(database):
    for _ in range(4):
        database.work(CODES.book, limit(HERE, 2) + limit(THERE, 9))
    booked = database.work(CODES.book, limit(HERE, 2) + limit(THERE, 9))

    database.work(lambda db, now: CODES.take_back(db, booked.subjects))

    assert [database.work(CODES.count, one) for one in (HERE, THERE)] == [4, 2]


def test_the_right_one_takes_its_try_back(database):
    for _ in range(5):
        database.work(CODES.book, limit(HERE, 1))
        database.work(lambda db, now: CODES.take_back(db, [HERE]))

    assert database.work(CODES.count, HERE) == 0


def test_a_limit_that_strangers_fill_slows_and_never_refuses(database, capsys):
    def book(db, now):
        return CODES.book(db, now, [shared_limit(db, "test", "everyone", 2)])

    assert [database.work(book).slow for _ in range(4)] == [False, False, True, True]
    assert capsys.readouterr().err.count("many tries") == 1


def test_one_kind_of_secret_does_not_count_for_another(database):
    database.work(CODES.book, limit(HERE, 1))
    database.work(PASSWORDS.book, limit(HERE, 1))

    database.work(lambda db, now: PASSWORDS.delete_of(db, HERE))

    assert database.work(PASSWORDS.count, HERE) == 0
    assert database.work(CODES.count, HERE) == 1


def test_what_is_past_its_hour_is_deleted(database, clock):
    database.work(CODES.book, limit(HERE, 1) + limit(THERE, 1))
    clock.now += timedelta(minutes=59)
    database.work(PASSWORDS.book, limit(HERE, 1))
    clock.now += timedelta(minutes=1)

    assert database.work(delete_past_tries) == 2


@pytest.mark.parametrize("most", [1, 6, 20])
def test_of_eighty_at_once_as_many_as_there_may_be_are_let_through(database, most):
    with ThreadPoolExecutor(16) as pool:
        booked = list(pool.map(lambda _: database.work(CODES.book, limit(HERE, most) + limit(THERE, most)), range(80)))

    assert sum(one.wait is None for one in booked) == most
    assert database.work(CODES.count, HERE) == 80


def test_a_place_is_an_address_or_the_networks_that_hold_it():
    assert networks_of("192.0.2.7") == networks_of("::ffff:192.0.2.7") == ("192.0.2.7",)
    assert networks_of("2001:db8:1:2:3::1") == ("2001:db8:1:2::/64", "2001:db8:1::/56", "2001:db8:1::/48")
    assert networks_of("fe80::1%eth0") == networks_of("fe80::2")
    assert networks_of("") == networks_of("not an address") == ("unknown",)


def test_one_who_has_many_networks_does_not_have_the_tries_of_each(database):
    def book(address):
        return database.work(lambda db, now: CODES.book(db, now, place_limits(db, "test", address, 5)))

    let = sum(book(f"2001:db8:7:{n:x}::1").wait is None for n in range(400))

    assert let == 20, "four times one place for a /48"
    assert book("2001:db8:8::1").wait is None


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_an_upgrade_takes_old_counts_over(kind, request, tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    if kind == "postgresql":
        url = "postgresql+psycopg" + request.getfixturevalue("postgres_url").removeprefix("postgresql")
    engine = make_engine(url)
    with engine.begin() as connection:
        upgrade_to(connection, "0002")
        tables = (("wrong_code", "address_hash", HERE), ("failed_try", "subject_hash", THERE))
        for table, subject, hashed in (*tables, *tables[1:]):
            key = new_key().hex if kind == "sqlite" else new_key()
            at = clock.now.strftime("%Y-%m-%d %H:%M:%S.%f") if kind == "sqlite" else clock.now
            row = {"key": key, "hashed": hashed, "at": at}
            connection.execute(text(f"INSERT INTO {table} (id, {subject}, at) VALUES (:key, :hashed, :at)"), row)

    upgrade(engine)

    with engine.connect() as connection:
        found = connection.execute(text("SELECT kind, subject_hash, count FROM tries ORDER BY kind")).all()
    assert [(kind, bytes(hashed), count) for kind, hashed, count in found] == [
        ("code", HERE, 1),
        ("password", THERE, 2),
    ]
    engine.dispose()
