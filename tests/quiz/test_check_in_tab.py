"""The Check-in tab knows the person: what to carry on, what to begin, what was before."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.support.people import NO_DIAGNOSIS, RA, answer_quiz, follow_up, on_screen


def begin(client, **fields):
    return client.post("/quiz", fields).headers["location"]


def offers(page):
    return re.findall(r"Start the (follow-up|full check-in)", page.text)


def test_a_newcomer_reads_first_what_a_check_in_is(client):
    answer = client.get("/check-in")

    assert (answer.status_code, answer.headers["location"]) == (303, "/quiz")
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


def test_a_cookie_that_opens_nothing_is_cleared_so_that_no_way_goes_round(client):
    answer_quiz(client, RA)
    client.post("/me/delete", {"sure": "1"})
    other = client.another()
    other.cookies["acupwa"] = "x" * 43

    answer = other.get("/check-in")

    assert (answer.status_code, answer.headers["location"]) == (303, "/quiz")
    assert "max-age=0" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize("old", ["/quiz/resume-draft", "/quiz/again"])
def test_the_pages_before_it_lead_there(client, old):
    assert client.get(old).status_code == 303
    assert client.get(old).headers["location"] == "/check-in"


def test_whoever_finished_one_is_offered_both_the_short_one_first(client):
    answer_quiz(client, RA)

    assert begin(client, start="1") == "/check-in"
    page = client.get("/check-in")

    assert page.headers["cache-control"] == "no-store"
    assert offers(page) == ["follow-up", "full check-in"]
    assert "sore wrists: 7 of 10" in page.text
    assert 'href="/progress"' in page.text
    assert begin(client, again="1").endswith("/right-now")


def test_a_year_later_the_full_one_goes_first_and_it_says_why(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=365)

    page = client.get("/check-in")

    assert offers(page) == ["full check-in", "follow-up"]
    assert "It has been a year" in page.text


def test_without_a_diagnosis_there_is_nothing_to_follow_up(client):
    answer_quiz(client, NO_DIAGNOSIS)

    assert offers(client.get("/check-in")) == ["full check-in"]


def test_a_draft_is_offered_first_with_its_step_and_a_new_one_says_what_it_deletes(client):
    answer_quiz(client, RA)
    first = begin(client, again="1")
    draft, _, screen = first.rpartition("/")
    client.post(first, on_screen(screen, RA))

    for variant in ({}, {"variant": "follow-up"}):
        assert begin(client, **variant) == "/check-in"
    page = client.get("/check-in").text

    assert f'href="{draft}"' in page
    assert "Carry on, step 2 of 9" in page
    assert page.index("Carry on, step") < page.index("This deletes the answers") < page.index("Start the follow-up")
    assert client.get(draft).status_code == 303
    begun = begin(client, variant="follow-up", again="1")
    assert not begun.startswith(draft)
    assert client.get(draft).status_code == 404
    assert "This deletes the answers" not in client.get("/check-in").text


def test_a_follow_up_that_saved_itself_is_carried_on_too(client, clock):
    answer_quiz(client, RA)
    place = begin(client, variant="follow-up")
    clock.now += timedelta(seconds=9)
    client.post(f"{place}/draft", {"ratings.problem": "5"})

    page = client.get("/check-in").text

    assert "Carry on with the follow-up" in page
    assert begin(client, variant="follow-up") == "/check-in"


def test_a_paused_one_says_so(client, clock):
    answer_quiz(client, RA)
    place = begin(client, variant="follow-up")
    clock.now += timedelta(seconds=9)
    client.post(f"{place}/pause", {"ratings.problem": "5"})

    assert "Paused. Carry on when you feel ready" in client.get("/check-in").text


def test_a_danger_sign_stands_before_what_can_be_begun_until_help_was_had(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=1)
    place = begin(client, variant="full", again="1")
    clock.now += timedelta(seconds=9)
    client.post(f"{place}/pause", {"red_flags": ["chest-pain-breathless"]})

    told = client.get("/check-in").text
    client.post("/today/had-help")
    helped = client.get("/check-in").text

    assert told.index("Get help now") < told.index("Carry on")
    assert "when you feel ready" not in told
    assert "Get help now" not in helped
    assert "Paused. Carry on when you feel ready" in helped


def test_consent_is_asked_for_once_and_then_its_day_stands_there(client, clock, library):
    answer_quiz(client, RA)
    clock.now += timedelta(days=7)
    follow_up(client)
    begin(client, again="1")

    assert len(client.get("/me/export.json").json()["consents"]) == 1
    page = client.get("/check-in").text
    assert "You agreed on 23 November 2026. Read it" in page
    assert "By tapping, you agree" not in page


def test_new_words_of_consent_are_read_before_anything_begins(client, library):
    answer_quiz(client, RA | {"consent_version": "1"})

    assert begin(client, variant="follow-up") == "/check-in", "they have not stood at that button"
    page = client.get("/check-in").text
    assert "By tapping, you agree" in page
    assert page.count(f'name="consent_version" value="{library.quiz.consent.version}"') == 2
    newest = library.quiz.consent.version
    assert newest != "1"
    assert begin(client, variant="follow-up", consent_version=newest).endswith("/follow-up")
    assert [one["version"] for one in client.get("/me/export.json").json()["consents"]] == ["1", newest]


def test_old_ones_fold(client, clock):
    answer_quiz(client, RA)
    for _ in range(6):
        clock.now += timedelta(days=7)
        follow_up(client)

    page = client.get("/check-in").text

    assert page.index("Earlier ones") < page.rindex("/results/")
    assert page.count('href="/results/') == 7
    assert page[: page.index("Earlier ones")].count('href="/results/') == 5
