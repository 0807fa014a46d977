"""People with check-ins over a year, written as the app writes them: what pages over time are measured with."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.db.tables import new_key
from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.model import Newcomer
from acupwa.person.service import give_consent, make_person
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.service import put_check_ins

FIRST_DAY = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


def seed(url: str, key: str, library: Library, people: int, check_ins: int) -> tuple[str, UUID]:
    """Fill the database at `url`. Returns the key of the last person's browser and their newest check-in."""
    engine = make_engine(url)
    upgrade(engine)
    work = Work(engine, KeyRing((key,)), lambda: FIRST_DAY)
    chance = random.Random(7)
    for number in range(people):
        made = tuple(some_check_ins(library, check_ins, chance))
        token = work.run(add_person, library, made, f"10.0.{number // 250}.{number % 250}")
    work.close()
    return token, made[-1].id


def add_person(session: Session, now: datetime, library: Library, check_ins: tuple[CheckIn, ...], address: str) -> str:
    person, token = make_person(session, now, Newcomer(address=address))
    consent = library.quiz.consent
    give_consent(session, now, person.id, consent.version, "\n".join(consent.text), "en")
    put_check_ins(session, now, person.id, check_ins)
    return token


def some_check_ins(library: Library, count: int, chance: random.Random) -> Iterator[CheckIn]:
    """One a week: someone with rheumatoid arthritis who slowly mends, skips an answer now and then, and has sessions."""
    keys = [key for key, one in library.ratings.items() if not one.conditions or "ra" in one.conditions]
    for number in range(count):
        at = FIRST_DAY + timedelta(days=7 * number)
        usual = 7 - 4 * number / max(1, count - 1)
        ratings: dict[str, Any] = {key: _answer(usual, chance) for key in keys}
        peg = (ratings.get("pain", 5), _answer(usual, chance), _answer(usual, chance))
        answers = Answers(
            answering_for="myself",
            age_band="40-64",
            country="GB",
            conditions=("ra",),
            none_right_now=True,
            none_lately=True,
            none_before_needles=True,
            ratings=ratings,
            instruments={"peg": peg, "phq4": (1, 0, 1, 0)} | ({"pgic": (3,)} if number else {}),
            main_symptom="pain",
            problem_words="Stiff hands in the morning",
            acupuncture_before="no",
        )
        if number:
            changes = {"sessions_since": chance.randint(0, 2), "none_side_effects": True, "none_changed": True}
            answers = msgspec.structs.replace(answers, **changes)
        yield CheckIn(
            id=new_key(),
            variant="follow-up" if number else "full",
            answers=answers,
            quiz_version=library.quiz.version,
            content_version=library.version,
            language="en",
            created_at=at,
            updated_at=at,
            finished_at=at,
        )


def _answer(usual: float, chance: random.Random) -> int | None:
    return None if chance.random() < 0.04 else max(0, min(10, round(chance.gauss(usual, 1.1))))
