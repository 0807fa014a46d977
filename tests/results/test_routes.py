"""The page "Your summary" over HTTP: the six stories, whose it is, what a draft does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.support.people import (
    EVERYONE,
    MS_BY_CARER,
    NO_DIAGNOSIS,
    PSORIASIS_SKIN,
    RA,
    RA_HOT_JOINT,
    UNDER_16,
    answer_quiz,
    fill,
    finish_check_in,
    plan_fields,
)

SECTIONS = [
    "Your main problem", "Your next step", "Your numbers", "Before any needle", "What the studies found", "To read",
    "What to ask", "For computers",
]  # fmt: skip


def show(client: Any, fields: Any) -> str:
    """The page after a whole quiz, as text."""
    answer = client.follow(answer_quiz(client, fields))
    assert answer.status_code == 200
    text: str = answer.text
    return text


def headings(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.S)]


@pytest.mark.parametrize("who", EVERYONE)
def test_every_story_ends_on_a_page_of_the_same_title(who: str, client: Any) -> None:
    html = show(client, EVERYONE[who])

    assert re.search("<h1[^>]*>Your summary</h1>", html)
    assert "It is not a diagnosis" in html
    assert "Keep taking your medicines" in html
    assert "Check-in version" in html


def test_the_parts_stand_in_their_order(client: Any) -> None:
    assert [one for one in headings(show(client, RA)) if one in SECTIONS] == SECTIONS


def test_ra_on_a_blood_thinner(client: Any) -> None:
    html = show(client, RA)

    assert "You take a blood thinner" in html
    assert "Ask your doctor or specialist team first" in html
    assert 'href="/plan"' in html
    assert "You did not tick any danger signs. If you feel very unwell, get help all the same." in html


@pytest.mark.parametrize(
    ("who", "main"),
    [(RA, "Take to my doctor"), ({**RA, "precautions": [], "none_before_needles": "1"}, "Make a plan")],
    ids=["ask first", "open"],
)
def test_where_a_doctor_must_agree_first_the_way_to_the_doctor_is_the_main_button(who, main, client: Any) -> None:
    html = show(client, who)

    buttons = re.findall(r'<a class="(button[^"]*)"[^>]*>([^<]+)', html)
    looks = {words.split(" (")[0]: look for look, words in buttons}
    assert [words for words in ("Make a plan", "Take to my doctor") if looks[words] == "button primary"] == [main], (
        looks
    )


def test_ms_answered_by_a_carer_is_spoken_to_as_such(client: Any) -> None:
    assert "You answered for someone you care for." in show(client, MS_BY_CARER)


def test_a_hot_joint_gets_advice_today_and_no_plan(client: Any) -> None:
    html = show(client, RA_HOT_JOINT)

    assert "get medical advice" in html
    assert 'href="tel:111"' in html
    assert "Why there is no plan for now" in html
    assert "Make a plan" not in html


def test_wanting_clear_skin_gets_no_plan_and_the_reason(client: Any) -> None:
    html = show(client, PSORIASIS_SKIN)

    assert "Why there is no plan for now" in html
    assert "Psoriasis" in html


def test_no_diagnosis_yet_is_sent_to_a_doctor_first(client: Any) -> None:
    html = show(client, NO_DIAGNOSIS)

    assert "See a doctor first." in html
    assert "Make a plan" not in html
    assert "The acupuncturist" not in html


def test_under_sixteen_is_a_page_for_a_parent(client: Any) -> None:
    html = show(client, UNDER_16)

    assert "This page is for a parent or guardian of someone under 16." in html
    assert "Make a plan" not in html
    assert "What the studies found" not in html


def test_stopping_a_medicine_is_answered_on_the_page(client: Any) -> None:
    assert "Do not stop or change a prescribed medicine on your own." in show(client, RA | {"stopping_medicine": "yes"})


def test_a_pair_of_three_gives_support_with_the_numbers_of_the_country(client: Any) -> None:
    mood = {f"instruments.phq4.{number}": "2" for number in (1, 2, 3, 4)}

    html = show(client, RA | mood)

    assert "You do not have to cope alone." in html
    assert 'href="tel:116123"' in html


def test_own_words_are_shown_as_typed_and_harm_nothing(client: Any) -> None:
    html = show(client, RA | {"problem_words": '<script>"&', "main_symptom": "problem"})

    assert "&lt;script&gt;" in html
    assert "<script>&#34;" not in html


def test_the_page_is_never_stored_and_has_its_plain_text(client: Any) -> None:
    answer = answer_quiz(client, RA)
    address = answer.headers["location"]

    assert client.get(address).headers["cache-control"] == "no-store"
    text = client.get(address + ".txt")
    assert text.headers["content-type"].startswith("text/plain")
    assert text.headers["cache-control"] == "no-store"
    assert text.text.startswith("Your summary\n")


def test_somebody_elses_is_as_if_it_were_not_there(client: Any) -> None:
    address = answer_quiz(client, RA).headers["location"]
    stranger = client.another()
    answer_quiz(stranger, MS_BY_CARER)

    nowhere = "/results/00000000-0000-7000-8000-000000000000"
    for path in (address, address + ".txt", nowhere, "/results/nonsense", nowhere + ".pdf"):
        assert stranger.get(path).status_code == 404
    assert client.another().get(address).status_code == 404


def test_a_draft_leads_back_to_its_last_screen(client: Any) -> None:
    place = fill(client, RA)
    check_in = place.rpartition("/")[2]

    answer = client.get(f"/results/{check_in}")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/quiz/{check_in}/review"


def test_a_second_check_in_stands_beside_the_first(client: Any, clock: Any) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(days=30)

    html = show(client, RA | {"ratings.problem": "3", "ratings.fatigue": "7"})

    assert "7 last time, 3 now: 4 lower." in html
    assert "it cannot tell you whether acupuncture made the difference." in html


def test_the_same_week_is_not_compared(client: Any, clock: Any) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(days=6)

    html = show(client, RA | {"instruments.peg.1": "3"})

    assert "Not compared: the two are less than 7 days apart." in html


def test_dates_and_money_are_written_as_in_the_country_of_the_answers(client):
    check_in = finish_check_in(client, country="US")
    client.post("/plan", data=plan_fields(currency="USD"))

    summary, plan = client.get(f"/results/{check_in}"), client.get("/plan").text

    assert "Answered on November 23, 2026." in summary.text
    assert "Answered on November 23, 2026." in client.get(f"/results/{check_in}.txt").text
    assert "Monday, November 30, 2026" in plan
    assert "9:00\u202fAM" in plan
    assert "$45" in plan
    assert "November 23, 2026" in client.get("/me").text
    other = client.another()
    assert "Answered on 23 November 2026." in other.get(f"/results/{finish_check_in(other)}").text
