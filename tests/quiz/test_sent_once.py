"""A quiz that was answered offline comes in once, however often the phone sends it, and only its own phone gets in."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from acupwa.app import create_app
from acupwa.library.model import ConsentText
from acupwa.quiz.one_page_form import read_one_page_quiz
from acupwa.web.forms import FormData
from tests.support.client import Client
from tests.support.people import RA, answer_quiz

WHOLE = {"age_band": "40-64", "country": "GB", "conditions": ["ra"], "problem_words": "zebra thumb"}
CLAIM, OTHER_CLAIM = "A" * 43, "0a" * 32
KEY = "018f3f3e-aaaa-7000-8000-000000000001"


def send(client, claim=CLAIM, key=KEY, **changes):
    headers = {"idempotency-key": key, **({"idempotency-claim": claim} if claim else {})}
    return client.post("/quiz/whole", {**WHOLE, **changes}, headers=headers)


def check_ins(client):
    return client.get("/me/export.json").json()["check_ins"]


def test_the_first_answer_was_lost_and_the_phone_sends_again(client):
    first = send(client.another())
    again = send(client)

    assert again.headers["location"] == first.headers["location"]
    assert "zebra thumb" in client.follow(again).text
    assert len(check_ins(client)) == 1
    assert len(client.get("/me/export.json").json()["devices"]) == 1


@pytest.mark.parametrize("claim", [None, OTHER_CLAIM])
def test_the_key_alone_says_only_that_it_is_stored(client, claim):
    kept = send(client).headers["location"].rpartition("/")[2]
    stranger = client.another()

    answer = send(stranger, claim)

    assert answer.status_code == 200
    assert "These answers are already saved" in answer.text
    assert "set-cookie" not in answer.headers
    assert kept not in answer.text
    assert "zebra" not in answer.text
    assert not stranger.cookies


def test_what_came_without_a_claim_is_opened_by_none(client):
    send(client, None)

    assert send(client.another(), CLAIM).status_code == 200


@pytest.mark.parametrize("claim", [None, CLAIM, OTHER_CLAIM])
def test_a_record_of_another_person_stays_theirs(client, claim):
    send(client)
    another = client.another()
    answer_quiz(another, RA)

    answer = send(another, claim)

    assert answer.status_code == 409
    assert "zebra" not in another.get("/me/export.json").text
    assert len(check_ins(another)) == 1


@pytest.mark.parametrize("claim", [None, CLAIM])
def test_the_owner_gets_the_same_result_with_or_without_the_claim(client, claim):
    first = send(client)
    again = send(client, claim, country="US")

    assert again.headers["location"] == first.headers["location"]
    assert len(check_ins(client)) == 1
    assert check_ins(client)[0]["answers"]["country"] == "GB"


def test_another_key_is_another_record(client):
    first = send(client)
    assert send(client, key="other").headers["location"] != first.headers["location"]


def test_the_key_is_forgotten_with_the_record(client):
    first = send(client).headers["location"]
    client.post("/me/delete")

    again = send(client)

    assert again.status_code == 303
    assert again.headers["location"] != first


def test_a_claim_opens_nothing_once_only_this_browser_may(client):
    send(client)
    client.post("/me/devices/forget-others")

    assert send(client.another()).status_code == 200


def test_ten_at_once_that_hold_another_claim_get_nothing(client):
    send(client)

    answers = client.another().post_at_once(
        10, "/quiz/whole", WHOLE, headers={"idempotency-key": KEY, "idempotency-claim": OTHER_CLAIM}
    )

    assert Counter(one.status_code for one in answers) == {200: 10}
    assert not any("set-cookie" in one.headers for one in answers)


def test_neither_key_nor_claim_stands_open_in_a_copy_of_the_database(client, app):
    send(client)

    with app.inner.state.work.engine.connect() as connection:
        row = str(connection.exec_driver_sql("select * from check_in").mappings().one())
    assert CLAIM not in row


def plain(client, **changes):
    """As a browser without script sends the page, which is the same for everyone and has no key."""
    return client.post("/quiz/whole", {**WHOLE, "from_page": "1", **changes}).headers["location"]


def test_a_form_without_a_key_that_is_pressed_twice_is_one_check_in(client, clock):
    plain(client)
    first = plain(client, problem_words="again")

    assert plain(client, problem_words="again") == first
    clock.now += timedelta(minutes=4)
    assert plain(client, problem_words="again") == first
    assert len(check_ins(client)) == 2


def test_the_same_answers_later_and_other_answers_at_once_are_check_ins_of_their_own(client, clock):
    first = plain(client)
    other = plain(client, problem_words="another thumb")
    clock.now += timedelta(minutes=6)
    later = plain(client, problem_words="another thumb")

    assert len({first, other, later}) == 3
    assert len(check_ins(client)) == 3


def test_somebody_else_with_the_same_answers_has_a_check_in_of_their_own(client):
    first = plain(client)
    stranger = client.another()

    assert plain(stranger) != first
    assert plain(stranger) != first
    assert len(check_ins(stranger)) == 1


def test_ten_presses_at_once_of_a_form_without_a_key_are_one_check_in(client):
    plain(client, problem_words="of before")

    answers = client.post_at_once(10, "/quiz/whole", {**WHOLE, "from_page": "1"})

    assert len({one.headers["location"] for one in answers}) == 1
    assert len(check_ins(client)) == 2


def test_consent_is_kept_with_its_wording_and_the_time_of_the_press(client, clock):
    send(client, consent_version="1", consent_at="2026-11-20T08:00:00Z")

    consent = client.get("/me/export.json").json()["consents"][0]
    assert consent["version"] == "1"
    assert consent["given_at"].startswith("2026-11-20T08:00")


def test_a_phone_whose_clock_is_ahead_agreed_now(client, clock):
    send(client, consent_at="2031-01-01T00:00:00Z")

    assert client.get("/me/export.json").json()["consents"][0]["given_at"].startswith(clock.now.isoformat()[:16])


@pytest.fixture
def newer(settings, library, clock, loop, client):
    """The same server after a release with other words of consent and another version of the quiz."""
    quiz = library.quiz
    later = msgspec.structs.replace(
        quiz,
        version="4",
        earlier_versions=("3", "2", "1"),
        consent=ConsentText(version="later", text=("What we store: other words.",)),
        earlier_consents=(quiz.consent, *quiz.earlier_consents),
    )
    app = create_app(settings, library=msgspec.structs.replace(library, quiz=later), clock=clock)
    yield Client(app, loop)
    app.inner.state.work.close()


def test_every_wording_that_was_published_is_taken_and_then_the_newer_is_asked_for(newer, clock):
    sent = send(newer, consent_version="1", quiz_version="1", **{"ratings.pain": "6"})

    assert sent.status_code == 303
    export = newer.get("/me/export.json").json()
    assert [one["version"] for one in export["consents"]] == ["1"]
    assert "with a random key" not in export["consents"][0]["wording"].splitlines()[0]
    assert export["check_ins"][0]["quiz_version"] == "1"
    # A follow-up begins on the page with the words as they are now.
    assert newer.post("/quiz", {"variant": "follow-up"}).headers["location"] == "/check-in"
    assert len(newer.get("/me/export.json").json()["check_ins"]) == 1
    for page in (newer.get("/check-in"), newer.another().get("/quiz")):
        assert "What we store:</strong> other words" in page.text


@pytest.mark.parametrize("version", [{"consent_version": "0"}, {"quiz_version": "9"}])
def test_a_version_that_was_never_published_is_named(newer, version):
    answer = send(newer, **version)

    assert answer.status_code == 422
    assert next(iter(version)) in re.sub(r"<[^>]*>", " ", answer.text)
    assert "zebra thumb" in answer.text


@pytest.mark.parametrize(("one", "other"), [("ab" * 32, "AB" * 32), ("A" * 43, "A" * 43 + "=")])
def test_a_claim_is_the_same_however_it_is_spelt(library, one, other):
    form = FormData.of({"age_band": "18-39", "conditions": "ra"})

    first, second = (read_one_page_quiz(form, "a-key", claim, library).sent for claim in (one, other))

    assert first == second
    assert first.claim
