"""From the second time on: what is taken over, what is asked again, and that the follow-up is short."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from html import unescape

import msgspec
import pytest

from acupwa.quiz.follow_up import asks_of, can_follow_up, carried_over
from acupwa.quiz.model import SCREENS
from tests.support.people import NO_DIAGNOSIS, RA, UNDER_16, answer_quiz, on_screen


def begin(client):
    return client.post("/quiz", {"variant": "follow-up"})


def finished(client):
    return client.get("/me/export.json").json()["check_ins"]


def fields_of(page, prefix=""):
    return set(re.findall(rf'name="({prefix}[^"]*)"', page.text))


def walk(client, **told):
    """From the button to the result; returns the result's page."""
    place = begin(client).headers["location"]
    answers = {"none_right_now": "1", "sessions_since": "3", "ratings.problem": "4", "ratings.fatigue": "5", **told}
    answer = client.post(place, {name: value for name, value in answers.items() if value})
    assert "/results/" in answer.headers.get("location", ""), answer.text[:3000]
    return client.follow(answer)


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


def test_it_asks_what_was_answered_and_mood_only_after_four_weeks(client, clock, library):
    answer_quiz(client, RA)
    earlier = _check_in(client)

    asks = asks_of((earlier,), earlier.finished_at + timedelta(days=27), library)
    later = asks_of((earlier,), earlier.finished_at + timedelta(days=28), library)

    assert "phq4" not in asks
    assert set(later) - set(asks) == {"phq4"}
    assert {"problem", "fatigue", "sleep-trouble", "overall", "stiffness", "swollen-joints", "peg", "pgic"} == set(asks)


def test_without_a_full_check_in_there_is_nothing_to_follow_up(client, library):
    assert begin(client).headers["location"] == "/quiz", "a newcomer reads first what they agree to"
    assert not client.cookies
    other = client.another()
    answer_quiz(other, NO_DIAGNOSIS)
    assert not can_follow_up(_check_in(other))
    assert begin(other).headers["location"] == "/check-in"
    assert "Start the follow-up" not in other.get("/check-in").text


def test_its_page_shows_last_time_and_nothing_chosen(client):
    answer_quiz(client, RA)

    page = client.get(begin(client).headers["location"])

    still = page.text.index("Still true?")
    assert not re.findall(r"<input[^>]* checked", page.text[:still])
    assert re.findall(r'name="precautions" value="([^"]+)" checked', page.text) == ["anticoagulants"]
    assert "7 last time" in page.text
    assert RA["problem_words"] in page.text
    assert "instruments.phq4.1" not in fields_of(page)
    assert fields_of(page, "ratings") == {
        f"ratings.{key}"
        for key in ("problem", "fatigue", "sleep-trouble", "overall", "stiffness", "swollen-joints", "activity")
    }
    assert "999" in page.text
    for sign in ("septic-joint", "infection-at-needle-site", "chest-pain-breathless"):
        assert f'name="red_flags" value="{sign}"' in page.text
    first = page.text[page.text.index("Over the last 7 days</h2>") : page.text.index("Answer more")]
    asked = [name for name in re.findall(r'<fieldset class="rating" id="f-([^"]+)"', first) if "activity" not in name]
    assert asked == ["ratings-problem", "instruments-peg-1", "ratings-stiffness", "ratings-fatigue"]


def test_every_sign_of_the_person_stands_on_it_by_its_name(client, library):
    answer_quiz(client, RA)

    page = client.get(begin(client).headers["location"]).text

    for flag in library.red_flags.values():
        if flag.urgency == "emergency-now" or {"general", "ra"} & set(flag.conditions):
            assert flag.short in unescape(page), flag.id


def test_one_press_ends_it_and_leads_to_the_summary(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=21)

    told = walk(
        client,
        side_effects=["tired"],
        changed_since=["hard-time"],
        note="slept well on Sunday",
        **{"instruments.pgic.1": "2"},
    ).text

    assert "7 last time, 4 now" in told
    assert "3 sessions since last time" in told
    assert "Do not drive until it passes" in told
    assert "slept well on Sunday" in told
    kept = finished(client)[0]
    assert (kept["variant"], kept["seen"]) == ("follow-up", ["follow-up"])
    assert kept["finished_at"]
    text = client.get(re.search(r'href="(/results/[^"]+\.txt)"', told)[1]).text
    assert "slept well on Sunday" in text
    assert "3 sessions since last time" in text


def test_a_danger_sign_after_needles_counts_like_any_other(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=7)

    walk(client, none_right_now="", red_flags=["collapsed-lung-after-session"])

    assert finished(client)[0]["urgency"] == "emergency-now"
    assert finished(client)[0]["answers"]["red_flags"] == ["collapsed-lung-after-session"]


def but_signs(check_in):
    """A sign that was ticked is kept at once, whatever else is wrong (`test_sent_back.py`)."""
    answers = {name: told for name, told in check_in["answers"].items() if name not in ("red_flags", "groups")}
    return {**check_in, "answers": answers, "updated_at": None}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"none_right_now": ""}, "Tick every sign"),
        ({"red_flags": ["septic-joint"]}, "Untick one"),
        ({"groups": ["joints"]}, "Untick one"),
        ({"sessions_since": "100"}, "whole number from 0 to 99"),
        ({"sessions_since": "-1"}, "whole number from 0 to 99"),
        ({"sessions_since": "1", "side_effects": ["cured"]}, "do not know one of these"),
        ({"changed_since": ["hard-time"], "none_changed": "1"}, "Untick one"),
        ({"none_changed": "0"}, "Tick what fits"),
        ({"sessions_since": "1", "none_side_effects": "0"}, "Tick what fits"),
        ({"changed_since": ["infection"]}, "Check what you told us"),
        ({"changed_since": ["new-medicine"]}, "Check what you told us"),
        ({"changed_since": ["flare"]}, "Check what you told us"),
        ({"still_true": "perhaps"}, "Choose one from the list"),
        ({"ratings.problem": "11"}, "from 0 to 10"),
        ({"instruments.pgic.1": "8"}, "from 1 to 7"),
        ({"note": "a" * 501}, "500 letters"),
    ],
)
def test_bad_input_is_told_beside_the_field_nothing_is_kept_and_nothing_lost(client, fields, words):
    answer_quiz(client, RA)
    place = begin(client).headers["location"]
    before = finished(client)
    told = {"none_right_now": "1", "ratings.fatigue": "9", "precautions": ["anticoagulants", "pregnancy"], **fields}

    answer = client.post(place, {name: value for name, value in told.items() if value})

    assert answer.status_code == 422
    assert words in answer.text
    assert [but_signs(one) for one in finished(client)] == [but_signs(one) for one in before]
    assert 'name="ratings.fatigue" value="9" checked' in answer.text
    assert 'name="precautions" value="pregnancy" checked' in answer.text


def test_a_screen_of_the_other_length_is_not_there(client):
    answer_quiz(client, RA)
    follow_up = begin(client).headers["location"].rpartition("/")[0]
    assert client.post(f"{follow_up}/about-you", {"age_band": "under-16"}).status_code == 404
    assert client.post(f"{follow_up}/about-you/draft", {"age_band": "under-16"}).status_code == 404
    for screen in ("about-you", "right-now", "since", "ratings", "review"):
        assert client.get(f"{follow_up}/{screen}").headers["location"] == f"{follow_up}/follow-up"
    assert client.post(f"{follow_up}/finish").headers["location"] == f"{follow_up}/follow-up"
    newcomer = client.another()
    first = newcomer.post("/quiz").headers["location"].rpartition("/")[0]
    for screen in ("since", "follow-up"):
        assert newcomer.post(f"{first}/{screen}", {"sessions_since": "1"}).status_code == 404
        assert newcomer.get(f"{first}/{screen}").headers["location"] == f"{first}/right-now"


def test_a_finished_one_can_be_changed_and_is_a_summary_again(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=7)
    walk(client)
    place = f"/quiz/{finished(client)[0]['id']}/follow-up"

    page = client.get(place)
    assert 'name="ratings.problem" value="4" checked' in page.text
    assert "Save the change" in page.text
    changed = client.post(place, {"red_flags": ["septic-joint"], "ratings.problem": "6", "sessions_since": "3"})

    assert changed.headers["location"].startswith("/results/")
    kept = finished(client)[0]
    assert (kept["urgency"], kept["answers"]["ratings"]["problem"]) == ("same-day", 6)
    assert "none_right_now" not in kept["answers"]


# ------------------------------------------------------------------ what to know before needles


def test_what_changed_goes_through_what_to_know_before_needles(client, clock):
    answer_quiz(client, RA | {"precautions": ["anticoagulants", "skull-or-spine-defect"]})
    clock.now += timedelta(days=7)

    told = {"changed_since": ["new-medicine"], "still_true": "more"}
    walk(client, **told, precautions=["anticoagulants", "methotrexate-dmard"], unsure=["pregnancy"])

    answers = finished(client)[0]["answers"]
    assert answers["precautions"] == ["anticoagulants", "methotrexate-dmard"]
    assert answers["unsure"] == ["pregnancy"]
    assert finished(client)[0]["urgency"] == "same-day", "pregnant, maybe, and on methotrexate"
    assert finished(client)[0]["confirmed_at"] == finished(client)[0]["finished_at"]


def test_without_the_answer_that_it_is_right_nothing_is_taken_off(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=7)

    walk(client, precautions=["methotrexate-dmard"])

    assert finished(client)[0]["answers"]["precautions"] == ["anticoagulants", "methotrexate-dmard"]


def test_nothing_left_before_needles_is_said_so(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=7)

    walk(client, still_true="yes")

    answers = finished(client)[0]["answers"]
    assert answers["none_before_needles"] is True
    assert "precautions" not in answers


def test_every_twelve_weeks_it_is_asked_and_before_a_plan(client, clock):
    answer_quiz(client, RA)
    clock.now += timedelta(days=80)
    walk(client)
    clock.now += timedelta(days=5)
    place = begin(client).headers["location"]
    assert "is-asked" in client.get(place).text
    assert "Check what you told us" in client.post(place, {"none_right_now": "1"}).text

    client.post(place, {"none_right_now": "1", "precautions": ["anticoagulants"], "still_true": "yes"})

    assert finished(client)[0]["confirmed_at"]
    assert "is-asked" not in client.get(begin(client).headers["location"]).text
    for_a_plan = client.post("/quiz", {"variant": "follow-up", "confirm": "1", "again": "1"}).headers["location"]
    assert "is-asked" in client.get(for_a_plan).text


# ------------------------------------------------------------------ pages of an earlier release


def test_an_old_page_that_is_still_open_adds_what_it_ticks_and_leads_to_the_one_page(client):
    answer_quiz(client, RA)
    place = begin(client).headers["location"].rpartition("/")[0]

    for screen, fields in {
        "right-now": {"red_flags": ["septic-joint"]},
        "since": {"red_flags": ["collapsed-lung-after-session"], "sessions_since": "2", "side_effects": ["tired"]},
        "ratings": {"ratings.problem": "5", "ratings.fatigue": "99"},
    }.items():
        assert client.post(f"{place}/{screen}", fields).headers["location"] == f"{place}/follow-up"

    answers = finished(client)[0]["answers"]
    assert set(answers["red_flags"]) == {"septic-joint", "collapsed-lung-after-session"}
    assert (answers["sessions_since"], answers["side_effects"], answers["ratings"]) == (2, ["tired"], {"problem": 5})
    page = client.get(f"{place}/follow-up").text
    assert re.search(r'value="septic-joint" checked', page)


@pytest.mark.parametrize("screen", ["right-now", "since", "ratings"])
def test_an_old_page_saves_its_drafts_too(client, screen):
    answer_quiz(client, RA)
    place = begin(client).headers["location"].rpartition("/")[0]

    assert client.post(f"{place}/{screen}/draft", {"sessions_since": "2"}).status_code == 204

    assert finished(client)[0]["answers"]["sessions_since"] == 2


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


@pytest.mark.parametrize(("variant", "screen"), [("full", "ratings"), ("follow-up", "follow-up")])
def test_one_that_was_sent_at_once_can_be_looked_at_and_changed_like_any_other(client, clock, variant, screen):
    answer_quiz(client, RA)
    clock.now += timedelta(days=21)
    more = {"variant": variant, "sessions_since": "3", "instruments.pgic.1": "2", "note": "slept well"}
    answer_quiz(client, RA | more)
    place = f"/quiz/{finished(client)[0]['id']}"

    review = client.get(f"{place}/review").text

    assert "Not answered yet" not in review
    for words in ("Sessions since last time", "Much improved", "slept well"):
        assert words in review
    page = client.get(f"{place}/{screen}")
    assert {"ratings.fatigue", "ratings.stiffness", "instruments.pgic.1"} <= fields_of(page)
    signs = {"none_right_now": "1"} if variant == "follow-up" else {}
    assert client.post(f"{place}/{screen}", {**signs, "ratings.fatigue": "1"}).status_code == 303
    assert finished(client)[0]["answers"]["ratings"]["fatigue"] == 1


def _check_in(client):
    from datetime import datetime

    from acupwa.quiz.model import Answers, CheckIn

    raw = finished(client)[0]
    made = msgspec.convert(raw, CheckIn, strict=False)
    assert isinstance(made.answers, Answers)
    assert isinstance(made.finished_at, datetime)
    return made
