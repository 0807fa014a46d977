"""Check-ins as kept: on both databases, for one person each, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acupwa.person.service import list_consents, make_person
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.forms import read_one_page
from acupwa.quiz.model import LoggedSessions
from acupwa.quiz.one_page_form import OnePageQuiz
from acupwa.quiz.posted_screen import PostedScreen
from acupwa.quiz.rules import screens_of
from acupwa.quiz.service import (
    ConsentGiven,
    find_check_in,
    find_draft,
    find_latest_finished,
    finish_check_in,
    forget_drafts,
    list_check_ins,
    save_draft,
    save_screen,
)
from acupwa.quiz.start_service import start_check_in
from acupwa.web.forms import FormData
from tests.support.answers import ABOUT
from tests.support.codes import NEWCOMER

CONSENT = ConsentGiven("1", "What we keep, where, how long.")
DAYS = 30
FIELDS = {
    "right-now": {"none_right_now": "1"},
    "about-you": ABOUT,
    "lately": {"none_lately": "1"},
    "ratings": {"instruments.peg.1": "0", "ratings.activity": "4", "ratings.fatigue": "skip"},
    "since": {"sessions_since": "4"},
    "impact": {},
    "before-needles": {"precautions": ["anticoagulants"]},
    "what-matters": {"problem_words": "sore wrists", "ratings.problem": "7"},
}


@pytest.fixture
def person(database):
    return database.work(make_person, NEWCOMER)[0].id


def begin(database, person, library):
    return database.work(start_check_in, person, library, CONSENT, lambda *_: LoggedSessions())


def post(database, person, check_in, screen, library, fields=None):
    form = FIELDS[screen] if fields is None else fields
    return database.work(save_screen, person, posted(check_in, screen, form), library)


def posted(check_in, screen, fields):
    return PostedScreen(check_in=check_in.id, screen=screen, form=FormData.of(fields), draft_days=DAYS)


def answer_all(database, person, library):
    check_in = begin(database, person, library)
    for screen in screens_of(check_in)[:-1]:
        assert not post(database, person, check_in, screen, library).read.errors
    return database.work(finish_check_in, person, check_in.id, library, DAYS)


def one_page(library, key, **more):
    form = FormData.of({"age_band": "18-39", "conditions": "ra", **more})
    return OnePageQuiz(read=read_one_page(form, library), variant="full", key=key)


def test_a_finished_check_in_keeps_what_was_said_and_when(database, person, library, clock):
    done = answer_all(database, person, library)

    kept = database.work(find_check_in, person, done.id)
    assert kept == done
    assert kept.finished_at == clock.now
    assert kept.answers.ratings == {"pain": 0, "fatigue": None, "activity": 4, "problem": 7}
    assert kept.answers.main_symptom == "problem"
    assert kept.answers.precautions == ("anticoagulants",)
    assert "phq4" not in kept.answers.instruments
    assert (kept.quiz_version, kept.content_version) == (library.quiz.version, library.version)
    assert kept.urgency == "none"


def test_starting_is_consent_in_the_words_that_stood_there(database, person, library):
    begin(database, person, library)

    consents = database.work(list_consents, person)
    assert [(one.version, one.wording) for one in consents] == [("1", CONSENT.wording)]


def test_there_is_one_draft_a_person(database, person, library):
    begin(database, person, library)
    second = begin(database, person, library)

    assert [one.id for one in database.work(list_check_ins, person)] == [second.id]


def test_nobody_reaches_the_check_in_of_another(database, person, library):
    check_in = begin(database, person, library)
    other = database.work(make_person, NEWCOMER)[0].id

    assert database.work(find_check_in, other, check_in.id) is None
    assert post(database, other, check_in, "right-now", library) is None
    assert database.work(finish_check_in, other, check_in.id, library, DAYS) is None


def test_a_faulty_screen_changes_nothing(database, person, library):
    check_in = begin(database, person, library)

    saved = post(database, person, check_in, "about-you", library, {"conditions": ["ra"]})

    assert saved.read.errors
    assert database.work(find_check_in, person, check_in.id) == check_in


def test_a_draft_keeps_what_it_can_and_does_not_go_on(database, person, library):
    check_in = begin(database, person, library)
    form = posted(check_in, "about-you", {"conditions": ["ra", "none-yet"], "age_band": "18-39", "country": "XX"})

    draft = database.work(save_draft, person, form, library)

    kept = draft.check_in
    assert draft.taken
    assert kept.answers.age_band == "18-39"
    assert kept.answers.conditions == ()
    assert kept.seen == ()


def test_a_quiz_with_a_screen_missing_stays_a_draft(database, person, library):
    check_in = begin(database, person, library)
    post(database, person, check_in, "right-now", library)

    assert not database.work(finish_check_in, person, check_in.id, library, DAYS).finished


def test_an_answer_changed_later_is_kept_with_its_time_and_new_urgency(database, person, library, clock):
    done = answer_all(database, person, library)
    clock.now += timedelta(days=1)

    post(database, person, done, "lately", library, {"red_flags": ["septic-joint"]})

    changed = database.work(find_check_in, person, done.id)
    assert (changed.finished_at, changed.updated_at) == (done.finished_at, clock.now)
    assert changed.urgency == "same-day"


def test_autosave_leaves_a_finished_check_in_alone(database, person, library):
    done = answer_all(database, person, library)

    database.work(save_draft, person, posted(done, "lately", {"red_flags": ["septic-joint"]}), library)

    assert database.work(find_check_in, person, done.id) == done


def test_the_one_before_is_found_for_the_change_since(database, person, library, clock):
    first = answer_all(database, person, library)
    clock.now += timedelta(days=28)
    second = answer_all(database, person, library)
    begin(database, person, library)

    assert database.work(find_latest_finished, person).id == second.id
    assert database.work(find_latest_finished, person, second).id == first.id
    assert database.work(find_latest_finished, person, first) is None


def test_drafts_that_nobody_touches_are_forgotten_and_finished_ones_are_not(database, person, library, clock):
    answer_all(database, person, library)
    draft = begin(database, person, library)
    clock.now += timedelta(days=31)

    assert post(database, person, draft, "right-now", library) is None
    assert database.work(forget_drafts, DAYS) == 1
    assert database.work(find_draft, person) is None
    assert len(database.work(list_check_ins, person)) == 1


def test_answers_are_not_readable_in_the_database(database, person, library):
    answer_all(database, person, library)

    with database.runner.engine.connect() as connection:
        rows = connection.exec_driver_sql("select * from check_in").fetchall()
    assert "wrists" not in repr(rows)
    assert "anticoagulants" not in repr(rows)


def test_a_whole_quiz_with_faults_names_them(library):
    read = read_one_page(FormData.of({"ratings.pain": "12"}), library)

    assert isinstance(read, FormAnswers)
    assert {error.field for error in read.errors} == {"age_band", "conditions", "ratings.pain"}
