"""Key rotation: every row under the newest key, the old key needed no more, and running it twice changes nothing."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session

from acupwa.db import rotate
from acupwa.db.encryption import KeyRing, SealBroken
from acupwa.db.rotate import reseal_all
from acupwa.db.tables import new_key
from acupwa.person.service import make_person
from acupwa.practice.accounts import people_service
from acupwa.practice.accounts.second_factor_store import find_app, put_app
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.service import list_check_ins
from acupwa.quiz.store import add_check_in
from tests.support.codes import NEWCOMER
from tests.support.database import KEY

NEWEST = Fernet.generate_key().decode()


def plant(database, clock, count):
    person, _ = database.work(make_person, NEWCOMER)

    def add(db: Session, now) -> None:
        for number in range(count):
            answers = Answers(problem_words=f"word {number}")
            add_check_in(
                db,
                person.id,
                CheckIn(
                    id=new_key(), variant="full", answers=answers, quiz_version="1", content_version="x",
                    language="en", created_at=now, updated_at=now, finished_at=now,
                ),
            )  # fmt: skip

    database.work(add)
    return person


def test_every_row_is_under_the_newest_key_and_says_the_same(database, clock, monkeypatch):
    monkeypatch.setattr(rotate, "_AT_ONCE", 7)
    person = plant(database, clock, 20)
    before = database.work(list_check_ins, person.id)

    assert reseal_all(database.runner.engine, KeyRing((NEWEST, KEY))) == 20

    database.runner.keys = KeyRing((NEWEST,))
    assert database.work(list_check_ins, person.id) == before
    assert reseal_all(database.runner.engine, KeyRing((NEWEST, KEY))) == 0


def test_a_row_that_fits_no_key_is_told_and_left(database, clock):
    person = plant(database, clock, 1)

    with pytest.raises(SealBroken):
        reseal_all(database.runner.engine, KeyRing((NEWEST,)))

    assert database.work(list_check_ins, person.id)[0].answers.problem_words == "word 0"


def test_the_secret_of_an_app_is_under_the_newest_key_too(database):
    database.work(people_service.add_practitioner, "ann@example.org", "Ann", "Needle Lane")
    who = database.work(people_service.list_practitioners, database.work(people_service.list_clinics)[0].id)[0]
    database.work(lambda db, now: put_app(db, who.id, b"s" * 20, 1))

    assert reseal_all(database.runner.engine, KeyRing((NEWEST, KEY))) >= 1

    database.runner.keys = KeyRing((NEWEST,))
    assert database.work(lambda db, now: find_app(db, who.id)) == (b"s" * 20, 1)
