"""Whatever the database does, the loop goes on, readers of SQLite go on, and nobody waits for longer than told."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import WroteWhileReading, make_engine
from acupwa.db.work import DatabaseLost, Gone, Patience, Work, patience
from acupwa.person.service import find_person, make_person, note_visit
from acupwa.person.store import PersonRow
from tests.support.codes import NEWCOMER
from tests.support.database import KEY, Database
from tests.support.frozen import frozen
from tests.support.loops import run_apart
from tests.support.stalls import time_given

pytestmark = pytest.mark.deadlines
# Seconds: the database would hold the loop for 2 or more.
AT_ONCE = 1.0


@contextmanager
def locked(url: str):
    other = sqlite3.connect(url.partition(":///")[2], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def sqlite(tmp_path, clock):
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}", clock)
    yield database
    database.runner.close()


@pytest.fixture
def postgres_work(postgres_url, clock):
    url = "postgresql+psycopg" + postgres_url.removeprefix("postgresql")
    database = Database(url, clock)
    work = Work(make_engine(url, most_seconds=5), KeyRing((KEY,)), clock)
    yield work
    work.close()
    database.runner.close()


async def ticks(stop: asyncio.Event) -> float:
    """The longest that the loop was not there for others, in seconds."""
    longest, last = 0.0, time_given()
    while not stop.is_set():
        await asyncio.sleep(0.005)
        longest, last = max(longest, time_given() - last), time_given()
    return longest


async def beside(waiting) -> tuple[float, list[object]]:
    stop = asyncio.Event()
    watch = asyncio.create_task(ticks(stop))
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    stop.set()
    return await watch, answers


def test_with_a_held_lock_readers_go_on_and_writers_are_told_in_time(sqlite):
    work = sqlite.runner
    person, token = work.run(make_person, NEWCOMER)

    async def ask():
        writers = [asyncio.create_task(work(make_person, NEWCOMER)) for _ in range(12)]
        await asyncio.sleep(0.2)
        began = time_given()
        assert await work.read(find_person, token) == person
        read_in = time_given() - began
        began = time_given()
        await work.note(note_visit, person.id, token)
        noted_in = time_given() - began
        longest, answers = await beside(writers)
        return read_in, noted_in, longest, answers

    with locked(sqlite.url):
        began = time_given()
        read_in, noted_in, longest, answers = run_apart(ask())
        took = time_given() - began

    assert all(isinstance(one, DatabaseLost) for one in answers)
    assert read_in < AT_ONCE
    assert noted_in < 0.6
    assert longest < AT_ONCE
    assert took < 5.6
    assert sqlite.work(make_person, NEWCOMER)


def test_what_was_told_as_lost_is_not_kept_later(sqlite):
    work = sqlite.runner

    def count(db, _now):
        return db.connection().execute(text("select count(*) from person")).scalar()

    async def ask():
        patience.set(Patience(0.3))
        with pytest.raises(DatabaseLost):
            await work(make_person, NEWCOMER)

    with locked(sqlite.url):
        run_apart(ask())
    time.sleep(0.2)

    assert work.run_read(count) == 0


def test_all_waits_of_one_request_count_together(sqlite):
    work = sqlite.runner

    async def ask():
        patience.set(Patience(0.5))
        began = time_given()
        for _ in range(3):
            with pytest.raises(DatabaseLost):
                await work(make_person, NEWCOMER)
        return time_given() - began

    with locked(sqlite.url):
        assert run_apart(ask()) < 0.9


def test_when_too_many_wait_the_next_is_told_at_once(sqlite):
    work = sqlite.runner

    async def ask():
        patience.set(Patience(0.5))
        waiting = [asyncio.create_task(work(make_person, NEWCOMER)) for _ in range(101)]
        await asyncio.sleep(0.05)
        began = time_given()
        with pytest.raises(DatabaseLost, match="Full"):
            await work(make_person, NEWCOMER)
        assert time_given() - began < 0.1
        await asyncio.gather(*waiting, return_exceptions=True)

    with locked(sqlite.url):
        run_apart(ask())


def test_what_only_reads_may_not_write(database):
    def add(db, now):
        db.add(PersonRow(created_at=now, seen_at=now))

    def change(db, now):
        db.connection().execute(text("update person set time_zone = 'UTC'"))

    def make(db, now):
        make_person(db, now, NEWCOMER)

    for function in (add, change, make):
        with pytest.raises(WroteWhileReading):
            database.runner.run_read(function)
    assert database.runner.run_read(find_person, "nobody") is None


def test_two_who_read_and_then_write_never_refuse_each_other(sqlite, tmp_path, clock):
    other = Database(sqlite.url, clock)
    _, token = sqlite.work(make_person, NEWCOMER)

    def read_then_write(db, now):
        find_person(db, now, token)
        time.sleep(0.01)
        return make_person(db, now, NEWCOMER)

    async def ask():
        works = [sqlite.runner, other.runner] * 20
        return await asyncio.gather(*(work(read_then_write) for work in works), return_exceptions=True)

    answers = run_apart(ask())
    other.runner.close()

    assert not [one for one in answers if isinstance(one, Exception)]


@pytest.mark.postgres
def test_a_frozen_server_keeps_nobody_and_is_found_again(postgres_work, postgres_url):
    work = postgres_work
    person, token = work.run(make_person, NEWCOMER)

    async def ask():
        patience.set(Patience(1.5))
        began = time_given()
        longest, answers = await beside([asyncio.create_task(work(make_person, NEWCOMER)) for _ in range(12)])
        return longest, answers, time_given() - began

    with frozen(postgres_url):
        longest, answers, took = run_apart(ask())

    assert all(isinstance(one, DatabaseLost) for one in answers), answers
    assert longest < AT_ONCE
    assert took < 2
    # The threads were set free; the first to come finds what was cut, and tries once more.
    assert run_apart(work.read(find_person, token)) == person
    assert run_apart(work(make_person, NEWCOMER))


@pytest.mark.postgres
def test_a_connection_that_was_lost_meanwhile_is_made_anew(postgres_work):
    work = postgres_work
    person, token = work.run(make_person, NEWCOMER)

    def end_all(db, _now):
        db.connection().execute(
            text("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
        )

    for _ in range(3):
        run_apart(work.read(find_person, token))
    other = Work(make_engine(str(work.engine.url)), KeyRing((KEY,)))
    other.run(end_all)
    other.close()

    assert run_apart(work.read(find_person, token)) == person


def test_a_database_that_takes_no_write_is_not_ready_and_comes_back(sqlite):
    work = sqlite.runner

    async def ask():
        began = time_given()
        longest, answers = await beside([asyncio.create_task(work.is_ready()) for _ in range(20)])
        return longest, answers, time_given() - began

    assert run_apart(work.is_ready())
    with locked(sqlite.url):
        longest, answers, took = run_apart(ask())

    assert answers == [False] * 20
    assert longest < AT_ONCE
    assert took < 2.2
    assert run_apart(work.is_ready())


@pytest.mark.postgres
def test_a_frozen_server_is_not_ready_and_comes_back(postgres_work, postgres_url):
    async def ask():
        began = time_given()
        longest, answers = await beside([asyncio.create_task(postgres_work.is_ready()) for _ in range(20)])
        return longest, answers, time_given() - began

    assert run_apart(postgres_work.is_ready())
    with frozen(postgres_url):
        longest, answers, took = run_apart(ask())

    assert answers == [False] * 20
    assert longest < AT_ONCE
    assert took < 2.2
    deadline = time_given() + 3
    while not run_apart(postgres_work.is_ready()):
        assert time_given() < deadline


def test_once_looked_it_is_not_looked_again_at_once(database):
    looks = []
    event.listen(database.runner.engine, "begin", looks.append)

    async def ask():
        return [await database.runner.is_ready() for _ in range(20)]

    assert run_apart(ask()) == [True] * 20
    assert len(looks) == 1


def test_a_file_that_was_taken_away_or_replaced_takes_no_more_answers(sqlite, tmp_path):
    file = tmp_path / "test.sqlite3"
    _, token = sqlite.work(make_person, NEWCOMER)
    file.rename(tmp_path / "elsewhere")

    with pytest.raises(DatabaseLost):
        sqlite.work(make_person, NEWCOMER)
    assert not run_apart(sqlite.runner.is_ready())
    file.write_bytes(b"another")
    with pytest.raises(DatabaseLost):
        sqlite.work(make_person, NEWCOMER)
    file.unlink()
    (tmp_path / "elsewhere").rename(file)
    assert sqlite.work(find_person, token)
    assert run_apart(sqlite.runner.is_ready())


def test_who_was_deleted_is_told_as_gone(database):
    def gone(_db, _now):
        raise Gone

    with pytest.raises(Gone):
        run_apart(database.runner(gone))
