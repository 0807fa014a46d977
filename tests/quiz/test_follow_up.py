"""From the second time on: what is taken over, what is asked again, and that the follow-up is short."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta

import msgspec
import pytest

from acupwa.quiz.follow_up import asks_of, can_follow_up, carried_over
from acupwa.quiz.minutes import about_words, left_words, seconds_of
from acupwa.quiz.model import FOLLOW_UP_SCREENS, SCREENS
from tests.support.people import NO_DIAGNOSIS, RA, UNDER_16, answer_quiz, on_screen


def begin(client):
    return client.post("/quiz", {"variant": "follow-up"})


def finished(client):
    return client.get("/me/export.json").json()["check_ins"]


def fields_of(page, prefix=""):
    return set(re.findall(rf'name="({prefix}[^"]*)"', page.text))


def walk(client, since=None, ratings=None):
    """From the button to the result; returns the result's page."""
    place = begin(client).headers["location"].rpartition("/")[0]
    assert client.post(f"{place}/right-now", {"none_right_now": "1"}).headers["location"] == f"{place}/since"
    assert client.post(f"{place}/since", since or {"sessions_since": "3"}).headers["location"] == f"{place}/ratings"
    told = ratings or {"ratings.problem": "4", "ratings.fatigue": "5", "instruments.pgic.1": "3"}
    assert client.post(f"{place}/ratings", told).headers["location"] == f"{place}/review"
    assert "Copied from last time" in client.get(f"{place}/review").text
    return client.follow(client.post(f"{place}/finish"))


def test_it_takes_over_what_lasts_and_not_what_passes(client, library):
    answer_quiz(client, RA | {"precautions": ["anticoagulants", "fever-or-infection-now", "hot-swollen-joint"]})
    earlier = _check_in(client)

    kept = carried_over(earlier.answers, library)

    assert kept.precautions == ("anticoagulants",)
    assert (kept.age_band, kept.conditions, kept.problem_words) == ("40-64", ("ra",), RA["problem_words"])
    assert not kept.red_flags
    assert not kept.ratings
    assert kept.stopping_medicine is None
    assert not kept.none_right_now


def test_it_asks_what_was_answered_and_mood_only_after_two_weeks(client, clock, library):
    answer_quiz(client, RA)
    earlier = _check_in(client)

    asks = asks_of(earlier, earlier.finished_at + timedelta(days=13), library)
    later = asks_of(earlier, earlier.finished_at + timedelta(days=14), library)

    assert "phq4" not in asks
    assert set(later) - set(asks) == {"phq4"}
    assert {"problem", "fatigue", "sleep-trouble", "overall", "stiffness", "swollen-joints", "peg", "pgic"} == set(asks)


def test_without_a_full_check_in_there_is_nothing_to_follow_up(client, library):
    assert begin(client).headers["location"] == "/quiz", "a newcomer reads first what they agree to"
    assert not client.cookies
    other = client.another()
    answer_quiz(other, NO_DIAGNOSIS)
    assert not can_follow_up(_check_in(other))
    assert begin(other).headers["location"] == "/quiz"
    assert other.get("/quiz/again").headers["location"] == "/quiz"


def test_whoever_finished_one_is_asked_which_length(client, library):
    answer_quiz(client, RA)

    asked = client.post("/quiz", {"start": "1"})

    assert asked.headers["location"] == "/quiz/again"
    page = client.follow(asked)
    assert about_words("follow-up", library) in page.text
    assert about_words("full", library) in page.text
    assert client.post("/quiz", {"again": "1"}).headers["location"].endswith("/right-now")


def test_its_screens_show_last_time_and_nothing_chosen(client):
    answer_quiz(client, RA)
    place = begin(client).headers["location"].rpartition("/")[0]

    ratings = client.get(f"{place}/ratings")

    assert "checked" not in ratings.text
    assert "Last time: 7." in ratings.text
    assert RA["problem_words"] in ratings.text
    assert "instruments.phq4.1" not in fields_of(ratings)
    assert fields_of(ratings, "ratings") == {
        f"ratings.{key}"
        for key in ("problem", "fatigue", "sleep-trouble", "overall", "stiffness", "swollen-joints", "activity")
    }
    signs = client.get(f"{place}/right-now").text
    assert "999" in signs
    assert 'value="septic-joint"' in signs
    assert 'value="infection-at-needle-site"' in client.get(f"{place}/since").text


def test_from_the_button_to_what_changed(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=21)

    told = walk(
        client,
        {"sessions_since": "3", "side_effects": ["tired"], "changed_since": ["flare"]},
        {"ratings.problem": "4", "ratings.fatigue": "5", "instruments.pgic.1": "2", "note": "slept well on Sunday"},
    ).text

    assert "7 last time, 4 now" in told
    assert "3 sessions since last time" in told
    assert "Do not drive until it passes" in told
    assert "a flare or relapse" in told
    assert "slept well on Sunday" in told
    assert finished(client)[0]["variant"] == "follow-up"
    text = client.get(re.search(r'href="(/results/[^"]+\.txt)"', told)[1]).text
    assert "slept well on Sunday" in text
    assert "3 sessions since last time" in text


def test_a_danger_sign_after_needles_counts_like_any_other(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=7)

    told = walk(client, {"sessions_since": "1", "red_flags": ["collapsed-lung-after-session"]}).text

    assert told.index("call for help now") < told.index("Your main problem")
    assert finished(client)[0]["urgency"] == "emergency-now"
    assert finished(client)[0]["answers"]["red_flags"] == ["collapsed-lung-after-session"]


@pytest.mark.parametrize(
    ("screen", "fields", "words"),
    [
        ("right-now", {}, "Tick every sign"),
        ("right-now", {"none_right_now": "1", "red_flags": ["septic-joint"]}, "Untick one"),
        ("since", {"sessions_since": "100"}, "whole number from 0 to 99"),
        ("since", {"sessions_since": "-1"}, "whole number from 0 to 99"),
        ("since", {"sessions_since": "1", "side_effects": ["cured"]}, "do not know one of these"),
        ("since", {"sessions_since": "1", "changed_since": ["flare"], "none_changed": "1"}, "Untick one"),
        ("ratings", {"ratings.problem": "11"}, "from 0 to 10"),
        ("ratings", {"instruments.pgic.1": "8"}, "from 1 to 7"),
        ("ratings", {"note": "a" * 501}, "500 letters"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_is_kept(client, screen, fields, words):
    answer_quiz(client, RA)
    place = begin(client).headers["location"].rpartition("/")[0]
    before = finished(client)

    answer = client.post(f"{place}/{screen}", fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert finished(client) == before


def test_a_screen_of_the_other_length_is_not_there(client):
    answer_quiz(client, RA)
    follow_up = begin(client).headers["location"].rpartition("/")[0]
    assert client.post(f"{follow_up}/about-you", {"age_band": "under-16"}).status_code == 404
    assert client.post(f"{follow_up}/about-you/draft", {"age_band": "under-16"}).status_code == 404
    assert client.get(f"{follow_up}/about-you").headers["location"] == f"{follow_up}/right-now"
    newcomer = client.another()
    first = newcomer.post("/quiz").headers["location"].rpartition("/")[0]
    assert newcomer.post(f"{first}/since", {"sessions_since": "1"}).status_code == 404
    assert newcomer.get(f"{first}/since").headers["location"] == f"{first}/right-now"


def answer_again(client, since, ratings=None):
    """The full quiz a second time, screen by screen; returns its place, at the review."""
    place = client.post("/quiz", {"again": "1"}).headers["location"].rpartition("/")[0]
    more = {"since": since, "ratings": on_screen("ratings", RA) | (ratings or {})}
    for screen, then in itertools.pairwise(("right-now", "since", *SCREENS[1:])):
        answer = client.post(f"{place}/{screen}", more.get(screen) or on_screen(screen, RA))
        assert answer.headers["location"] == f"{place}/{then}", answer.text[:2000]
    return place


def test_the_full_quiz_done_again_asks_all_that_a_follow_up_asks_beside(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=21)
    since = {"sessions_since": "12", "side_effects": ["tired"], "changed_since": ["flare"]}

    place = answer_again(client, since, {"instruments.pgic.1": "2", "note": "slept well on Sunday"})

    page = client.get(f"{place}/since")
    assert "since Monday 23 November 2026" in page.text
    assert not fields_of(page, "red_flags"), "the first screen asked them"
    assert {"instruments.pgic.1", "note"} <= fields_of(client.get(f"{place}/ratings"))
    review = client.get(f"{place}/review").text
    for words in ("Sessions since last time", "12", "A flare or relapse", "Much improved", "slept well on Sunday"):
        assert words in review
    told = client.follow(client.post(f"{place}/finish")).text
    for words in ("12 sessions since last time", "a flare or relapse", "slept well on Sunday", "7 last time, 7 now"):
        assert words in told
    kept = finished(client)[0]
    assert (kept["variant"], kept["asks"]) == ("full", ["pgic"])
    assert kept["answers"]["instruments"]["pgic"] == [2]


def test_what_the_full_quiz_asks_again_can_be_changed_later_and_is_checked(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=21)
    place = answer_again(client, {"sessions_since": "1"})
    client.post(f"{place}/finish")

    assert client.post(f"{place}/since", {"sessions_since": "100"}).status_code == 422
    assert client.post(f"{place}/ratings", {"instruments.pgic.1": "8"}).status_code == 422
    client.post(f"{place}/since", {"sessions_since": "2", "none_changed": "1"})

    assert finished(client)[0]["answers"]["sessions_since"] == 2
    assert finished(client)[0]["answers"]["none_changed"] is True


def test_signs_after_needles_stay_ticked_when_the_rest_is_told(client):
    answer_quiz(client, RA)
    place = client.post("/quiz", {"again": "1"}).headers["location"].rpartition("/")[0]
    client.post(f"{place}/right-now", {"red_flags": ["collapsed-lung-after-session"]})

    client.post(f"{place}/since", {"sessions_since": "1"})

    assert finished(client)[0]["answers"]["red_flags"] == ["collapsed-lung-after-session"]
    assert 'href="tel:' in client.get(f"{place}/about-you").text


@pytest.mark.parametrize("before", [None, NO_DIAGNOSIS, UNDER_16])
def test_the_first_full_quiz_asks_nothing_of_a_time_before(client, before):
    if before:
        answer_quiz(client, before)
    place = client.post("/quiz", {"again": "1"}).headers["location"].rpartition("/")[0]

    assert client.post(f"{place}/right-now", {"none_right_now": "1"}).headers["location"] == f"{place}/about-you"
    client.post(f"{place}/about-you", on_screen("about-you", RA))
    assert not fields_of(client.get(f"{place}/ratings"), "instruments.pgic")
    client.post(f"{place}/ratings", {"instruments.pgic.1": "2", "note": "not asked"})
    assert "pgic" not in finished(client)[0]["answers"].get("instruments", {})


@pytest.mark.parametrize("variant", ["full", "follow-up"])
def test_one_that_was_sent_at_once_can_be_looked_at_and_changed_like_any_other(client, clock, variant):
    answer_quiz(client, RA)
    clock.now += timedelta(days=21)
    more = {"variant": variant, "sessions_since": "3", "instruments.pgic.1": "2", "note": "slept well"}
    answer_quiz(client, RA | more)
    place = f"/quiz/{finished(client)[0]['id']}"

    review = client.get(f"{place}/review").text

    assert "Not answered yet" not in review
    for words in ("Sessions since last time", "Much improved", "slept well"):
        assert words in review
    assert {"ratings.fatigue", "ratings.stiffness", "instruments.pgic.1"} <= fields_of(client.get(f"{place}/ratings"))
    client.post(f"{place}/ratings", {"ratings.fatigue": "1"})
    assert finished(client)[0]["answers"]["ratings"]["fatigue"] == 1


def test_its_steps_and_minutes_are_true(client, library):
    answer_quiz(client, RA)
    place = begin(client).headers["location"].rpartition("/")[0]

    for number, screen in enumerate(FOLLOW_UP_SCREENS, 1):
        page = client.get(f"{place}/{screen}").text
        assert re.search(rf"{number}\D+of\D+4", page), screen
        assert left_words(seconds_of(FOLLOW_UP_SCREENS[number - 1 :], "follow-up", library)) in page, screen


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_a_scripted_thumb_is_done_within_a_minute(request, kind):
    """One tap a second, as the issue asks: taps are counted, so that a slow machine does not matter."""
    from tests.support.walk import finish, to_review

    page = request.getfixturevalue(kind)
    to_review(page, RA)
    finish(page)
    taps = 0

    def tap(locator, *, leads_on=False):
        nonlocal taps
        taps += 1
        if leads_on:
            with page.expect_event("load"):
                locator.click()
        else:
            locator.click()

    page.goto("/progress")
    tap(page.get_by_role("button", name="Follow-up", exact=True), leads_on=True)
    tap(page.get_by_label("None of these"))
    tap(page.get_by_role("button", name="Continue"), leads_on=True)
    tap(page.locator('label:has([name="sessions_since"][value="2"])'))
    tap(page.get_by_label("None of these"))
    tap(page.get_by_label("Nothing else"))
    tap(page.get_by_role("button", name="Continue"), leads_on=True)
    for rating in page.locator("fieldset.rating:visible").all():
        tap(rating.locator(".rating-row label").nth(4))
    tap(page.get_by_label("Minimally improved"))
    tap(page.get_by_role("button", name="Continue"), leads_on=True)
    tap(page.get_by_role("button", name="See my summary"), leads_on=True)

    assert page.locator("h1").inner_text() == "Your summary"
    assert taps <= 60
    assert taps >= 18, "every question was answered"


def _check_in(client):
    from datetime import datetime

    from acupwa.quiz.model import Answers, CheckIn

    raw = finished(client)[0]
    made = msgspec.convert(raw, CheckIn, strict=False)
    assert isinstance(made.answers, Answers)
    assert isinstance(made.finished_at, datetime)
    return made


def test_a_check_in_that_was_begun_is_never_deleted_by_a_follow_up_unasked(client):
    answer_quiz(client, RA)
    first = client.post("/quiz", {"again": "1"}).headers["location"]
    draft, _, screen = first.rpartition("/")
    client.post(first, on_screen(screen, RA))

    asked = client.post("/quiz", {"variant": "follow-up"})
    assert asked.headers["location"] == "/quiz/again"
    page = client.follow(asked).text
    assert "Starting again deletes these answers." in page
    assert f'href="{draft}"' in page
    assert client.get(draft).status_code == 303

    begun = client.post("/quiz", {"variant": "follow-up", "again": "1"}).headers["location"]
    assert not begun.startswith(draft)
    assert client.get(draft).status_code == 404
    assert "Starting again deletes" not in client.get("/quiz/again").text
