from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import inspect, text
from sqlmodel import Session, SQLModel

import acupwa.db.attempts
import acupwa.person.store
import acupwa.planner.store
import acupwa.quiz.store
import acupwa.reading.store  # noqa: F401 - tables register themselves
from acupwa.db.encryption import KeyRing, SealBroken
from acupwa.db.engine import make_engine
from acupwa.db.migrate import is_current, upgrade
from acupwa.db.tables import new_key
from acupwa.db.work import DatabaseLost, Work
from acupwa.person.service import find_person, make_person
from tests.support.codes import NEWCOMER


def test_what_a_function_did_is_there_after_it(database):
    person, token = database.work(make_person, NEWCOMER)

    assert database.work(find_person, token) == person


def test_a_fault_leaves_nothing_half_written(database):
    made: list[str] = []

    def make_then_fail(db: Session, now: datetime) -> None:
        made.append(make_person(db, now, NEWCOMER)[1])
        raise ValueError("after the write")

    with pytest.raises(ValueError, match="after the write"):
        database.work(make_then_fail)

    assert database.work(find_person, made[0]) is None


def test_times_come_back_aware_and_in_utc(database, clock):
    person, _ = database.work(make_person, NEWCOMER)

    assert person.created_at == clock.now
    assert person.created_at.tzinfo is UTC


def test_the_migrations_make_the_tables_that_the_stores_use(database):
    engine = database.runner.engine
    found = inspect(engine)

    assert is_current(engine)
    for table in SQLModel.metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert set(columns) == {column.name for column in table.columns}, table.name
        wanted = {column.name: bool(column.nullable) for column in table.columns}
        assert columns == wanted, table.name
        for key in found.get_foreign_keys(table.name):
            assert key["options"].get("ondelete") == "CASCADE", table.name


def test_upgrading_twice_changes_nothing(database):
    upgrade(database.runner.engine)

    assert is_current(database.runner.engine)


def test_a_database_that_was_never_migrated_is_behind(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")

    assert not is_current(engine)
    engine.dispose()


def test_sqlite_is_set_up_to_lose_nothing(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with engine.connect() as connection:
        read = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    engine.dispose()

    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_database_out_of_reach_is_told_calmly():
    engine = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    work = Work(engine, KeyRing((Fernet.generate_key().decode(),)))

    with pytest.raises(DatabaseLost):
        work.run(make_person, NEWCOMER)
    work.close()


def test_a_locked_database_is_waited_for(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    engine = make_engine(url)
    upgrade(engine)
    other = sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    work = Work(engine, KeyRing((Fernet.generate_key().decode(),)), clock)
    letting_go = threading.Timer(0.5, other.execute, ["COMMIT"])
    letting_go.start()

    _, token = work.run(make_person, NEWCOMER)

    assert not letting_go.is_alive()
    assert work.run_read(find_person, token)
    other.close()
    engine.dispose()


def test_keys_sort_by_time():
    keys = [new_key() for _ in range(50)]

    assert keys == sorted(keys)


def test_the_newest_key_writes_and_every_key_reads():
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    blob = KeyRing((old,)).seal({"pain": 7})

    both = KeyRing((new, old))

    assert both.unseal(blob, dict) == {"pain": 7}
    assert KeyRing((new,)).unseal(both.rotate(blob), dict) == {"pain": 7}
    with pytest.raises(SealBroken):
        KeyRing((new,)).unseal(blob, dict)
    assert b"pain" not in blob
