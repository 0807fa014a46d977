"""The quiz over HTTP: every answer is judged by the client of the tests."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from acupwa.quiz.model import SCREENS
from tests.quiz.test_check_ins import FIELDS

HTMX = {"hx-request": "true", "hx-request-type": "partial"}
WHOLE = {"age_band": "18-39", "conditions": ["ra"], "red_flags": ["septic-joint"], "country": "GB"}


def begin(client):
    started = client.post("/quiz", data={})
    assert started.status_code == 303
    return started.headers["location"].rpartition("/")[0]


def go_through(client, place, until="review", **other):
    screen = "right-now"
    while screen != until:
        answer = client.post(f"{place}/{screen}", data={**FIELDS, **other}[screen])
        assert answer.status_code == 303, (screen, answer.text[:1500])
        screen = answer.headers["location"].rpartition("/")[2]


def test_the_start_page_says_what_is_kept_where_and_how_long_before_the_button(client):
    page = client.get("/quiz")

    assert page.status_code == 200
    assert "public" in page.headers["cache-control"]
    for line in ("What we store:", "Where:", "For how long:", "30 days", "2 years"):
        assert line in page.text
    assert page.text.index("For how long:") < page.text.index("Agree and start")
    assert not client.cookies


def test_the_consent_kept_is_the_consent_shown(client):
    begin(client)

    assert "30 days" in client.get("/me/export.json").text


def test_every_screen_can_be_opened_and_says_where_the_person_is(client):
    place = begin(client)
    go_through(client, place)

    for number, screen in enumerate(SCREENS, 1):
        page = client.get(f"{place}/{screen}")
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        assert f"Step {number} of 8" in page.text


def test_the_whole_way_ends_at_what_was_told(client):
    place = begin(client)
    go_through(client, place)

    done = client.post(f"{place}/finish")

    assert done.headers["location"] == place.replace("/quiz/", "/results/")
    assert client.post(f"{place}/finish").headers["location"] == done.headers["location"]


def test_each_emergency_sign_carries_what_to_do_and_a_number_in_the_page_itself(client, library):
    place = begin(client)

    page = client.get(f"{place}/right-now", headers={"accept-language": "en-GB"}).text

    for flag in library.red_flags.values():
        if flag.urgency == "emergency-now":
            assert flag.short in page
            assert flag.sign.replace("’", "&#8217;") in page or flag.sign in page
            assert flag.do in page
    assert 'href="tel:999"' in page
    assert 'href="tel:116123"' in page
    assert 'href="tel:911"' in page


@pytest.mark.parametrize("language", ["en-GB", "en-US", "ja-JP", ""])
def test_the_language_tells_no_country(client, language):
    page = client.get(f"{begin(client)}/right-now", headers={"accept-language": language}).text

    assert re.search(r'href="tel:(\d+)"', page)[1] == "112"


def test_the_number_of_the_chosen_country_comes_first(client):
    place = begin(client)
    client.post(f"{place}/right-now", data={"red_flags": ["sepsis"]})
    client.post(f"{place}/about-you", data={**FIELDS["about-you"], "country": "US"})

    page = client.get(f"{place}/right-now", headers={"accept-language": "en-GB"}).text

    assert re.search(r'href="tel:(\d+)"', page)[1] == "911"
    assert "911" in client.get(f"{place}/lately").text


def test_nothing_is_chosen_beforehand(client):
    place = begin(client)
    go_through(client, place, until="ratings")

    assert " checked" not in client.get(f"{place}/ratings").text


def test_a_fault_is_told_on_the_same_page_with_what_was_typed(client):
    place = begin(client)

    page = client.post(f"{place}/about-you", data={"conditions": ["ra", "none-yet"], "age_band": "40-64"})

    assert page.status_code == 422
    assert "<title>Error: About you" in page.text
    assert 'id="error-summary"' in page.text
    # Two conditions and an age; and whom most people answer for, chosen beforehand.
    assert len(re.findall(r" checked[ >]", page.text)) == 4


def test_words_past_their_length_are_kept_in_the_field(client):
    place = begin(client)
    go_through(client, place, until="what-matters")

    page = client.post(f"{place}/what-matters", data={"problem_words": "w" * 81})

    assert page.status_code == 422
    assert "w" * 81 in page.text


def test_under_16_ends_with_a_page_for_a_parent(client):
    place = begin(client)
    client.post(f"{place}/right-now", data={"none_right_now": "1"})

    onward = client.post(f"{place}/about-you", data={"age_band": "under-16", "conditions": ["ra"]})

    assert onward.headers["location"] == f"{place}/review"
    page = client.follow(onward).text
    assert "For a parent or guardian" in page
    assert "Step 3 of 3" in page
    assert client.get(f"{place}/ratings").headers["location"] == f"{place}/review"
    assert client.post(f"{place}/finish").status_code == 303


def test_without_a_diagnosis_the_way_is_short(client):
    place = begin(client)
    go_through(client, place, **{"about-you": {"age_band": "18-39", "conditions": ["none-yet"]}})

    assert "See a doctor first." in client.get(f"{place}/review").text


def test_a_closed_tab_is_offered_what_it_had(client):
    place = begin(client)
    client.post(f"{place}/right-now", data={"none_right_now": "1"})

    offered = client.post("/quiz", data={})

    page = client.follow(offered)
    assert "Your answers of Monday 23 November 2026 are safe." in page.text
    assert "Carry on, step 2 of 8" in page.text
    assert client.get(place).headers["location"] == f"{place}/about-you"
    again = client.post("/quiz", data={"again": "1"})
    assert not again.headers["location"].startswith(place)
    assert client.get(place).status_code == 404


def test_an_untouched_draft_is_not_asked_about(client):
    begin(client)

    assert client.post("/quiz", data={}).headers["location"].endswith("/right-now")


def test_autosave_keeps_a_half_screen_and_says_so(client):
    place = begin(client)
    client.post(f"{place}/right-now", data={"none_right_now": "1"})

    saved = client.post(f"{place}/about-you/draft", data={"age_band": "40-64"}, headers=HTMX)

    assert saved.status_code == 200
    assert "Saved" in saved.text
    assert client.post(f"{place}/about-you/draft", data={}).status_code == 204
    assert 'value="40-64" checked' in client.get(f"{place}/about-you").text
    assert client.get(place).headers["location"] == f"{place}/about-you"


def test_mood_that_weighs_gets_a_calm_line_on_the_next_screen_and_on_the_review(client):
    place = begin(client)
    mood = {f"instruments.phq4.{n}": value for n, value in ((1, "0"), (2, "0"), (3, "2"), (4, "1"))}
    go_through(client, place, impact=mood)

    assert "You do not have to cope alone." in client.get(f"{place}/before-needles").text
    assert "116 123" in client.get(f"{place}/review").text


def test_stopping_a_medicine_is_answered_on_the_page_itself(client):
    place = begin(client)
    go_through(client, place, until="what-matters")

    assert "Please do not stop or change it on your own." in client.get(f"{place}/what-matters").text


def test_the_review_puts_the_most_urgent_sign_first_and_offers_each_change(client):
    place = begin(client)
    lately = {"red_flags": ["weight-loss-night-sweats", "septic-joint"]}
    go_through(client, place, lately=lately, **{"right-now": {"red_flags": ["sepsis"]}})

    page = client.get(f"{place}/review").text

    order = [page.index(f'class="care {one}"') for one in ("emergency-now", "same-day", "within-days")]
    assert order == sorted(order)
    for screen in SCREENS[:-1]:
        assert f'href="{place}/{screen}"' in page


def test_a_finished_check_in_can_be_changed(client):
    place = begin(client)
    go_through(client, place)
    client.post(f"{place}/finish")

    assert "To save a change, press the button below." in client.get(f"{place}/lately").text
    changed = client.post(f"{place}/lately", data={"red_flags": ["clot-leg"]})
    assert changed.headers["location"] == f"{place}/review"
    assert "newly painful, swollen, warm or red" in client.get(f"{place}/review").text


def test_finishing_with_a_screen_missing_says_which(client):
    place = begin(client)
    client.post(f"{place}/right-now", data={"none_right_now": "1"})

    page = client.post(f"{place}/finish")

    assert page.status_code == 422
    assert "Answer “About you” first." in page.text


def test_credit_lines_and_our_own_wording_are_marked(client):
    place = begin(client)
    go_through(client, place)

    ratings, impact = client.get(f"{place}/ratings").text, client.get(f"{place}/impact").text
    assert "PEG: Krebs et al." in ratings
    assert "These are our own questions. They have not been tested in studies." in ratings
    assert "PHQ-4: Kroenke, Spitzer, Williams, Löwe" in impact


def test_what_is_not_there_or_not_theirs_is_not_found_alike(client):
    place = begin(client)
    stranger = client.another()
    begin(stranger)

    unknown = "/quiz/0193d2f0-0000-7000-8000-000000000000/right-now"
    addresses = (f"{place}/nowhere", "/quiz/not-a-key/right-now", unknown)
    for address in addresses:
        assert client.get(address).status_code == 404
        assert client.post(address, data={}).status_code == 404
    for address in (place, f"{place}/right-now"):
        assert stranger.get(address).status_code == 404
    for address in (f"{place}/right-now", f"{place}/right-now/draft", f"{place}/finish"):
        assert stranger.post(address, data={"none_right_now": "1"}).status_code == 404
    assert client.another().get(f"{place}/right-now").status_code == 404


def test_a_draft_past_its_time_is_not_found(client, clock):
    place = begin(client)
    clock.now += timedelta(days=31)

    assert client.get(f"{place}/right-now").status_code == 404
    assert client.post(f"{place}/right-now", data={"none_right_now": "1"}).status_code == 404


def test_all_at_once_gives_one_record_for_one_key(client):
    first = client.post("/quiz/whole", data=WHOLE, headers={"idempotency-key": "k1"})
    by_field = client.post("/quiz/whole", data={**WHOLE, "idempotency_key": "k1"})
    other = client.post("/quiz/whole", data=WHOLE, headers={"idempotency-key": "k2"})

    assert first.status_code == 303
    assert first.headers["location"].startswith("/results/")
    assert by_field.headers["location"] == first.headers["location"]
    assert other.headers["location"] != first.headers["location"]


@pytest.mark.parametrize(
    "fault",
    [
        {"ratings.pain": "11"},
        {"red_flags": ["made-up"]},
        {"conditions": ["ra", "none-yet"]},
        {"conditions": []},
        {"variant": "endless"},
        {"consent_version": "0"},
    ],
)
def test_all_at_once_with_a_fault_keeps_nothing(client, fault):
    page = client.post("/quiz/whole", data={**WHOLE, **fault})

    assert page.status_code == 422
    assert not client.cookies


def test_only_forms_are_read(client):
    headers = {"content-type": "application/json"}

    assert client.post("/quiz/whole", content="{", headers=headers).status_code == 415
    assert client.post("/quiz", content="{}", headers=headers).status_code == 415
    assert not client.cookies


def test_every_page_fits_in_14_kilobytes(client):
    import brotli

    place = begin(client)
    everything = ["ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "other"]
    go_through(client, place, **{"about-you": {**FIELDS["about-you"], "conditions": everything}})

    for screen in SCREENS:
        html = client.get(f"{place}/{screen}", headers={"accept-encoding": "identity"}).content
        assert len(brotli.compress(html, quality=4)) <= 14_000, screen
