"""What someone is not sure of, and a group in which nothing was chosen, from the form to every page and file."""

from __future__ import annotations

import json
import re

import pytest

from tests.mydata.test_import import bring
from tests.quiz.test_order import kept
from tests.support.people import RA, answer_quiz, fill, on_screen, without_empty

UNSURE = {**RA, "unsure": ["low-platelets"], "groups": ["implants-and-spine"]}


def whole(client, fields):
    return client.post("/quiz/whole", data=without_empty(fields), headers={"idempotency-key": "a-key-for-this"})


@pytest.mark.parametrize("field", ["unsure", "groups"])
def test_one_that_nobody_knows_is_refused_by_name(client, field):
    answer = whole(client, {**RA, field: ["nothing"]})

    assert answer.status_code == 422
    assert field in answer.text
    assert whole(client, UNSURE).status_code == 303


def test_the_screen_lets_one_say_not_sure_without_a_script(client):
    place = fill(client, RA, until="before-needles")
    page = client.get(f"{place}/before-needles").text

    assert "Not sure about one of these?" in page
    assert '<input type="checkbox" name="unsure" value="low-platelets">' in page
    assert client.post(f"{place}/before-needles", {"unsure": "low-platelets"}).status_code == 303
    assert kept(client)["unsure"] == ["low-platelets"]
    again = client.get(f"{place}/before-needles").text
    assert '<input type="checkbox" name="unsure" value="low-platelets" checked>' in again
    assert '<details class="more" open>' in again
    assert "You are not sure" in client.get(f"{place}/review").text


@pytest.mark.parametrize(
    ("screen", "group"), [("right-now", "very-ill"), ("lately", "body-lately"), ("before-needles", "medicines")]
)
def test_a_group_is_shown_where_it_was_ticked_and_can_be_taken_off(client, screen, group):
    place = fill(client, RA)

    assert client.post(f"{place}/{screen}", {"groups": group}).status_code == 303
    page = client.get(f"{place}/{screen}").text
    assert re.search(f'name="groups" value="{group}"[^>]* checked', page)
    assert kept(client)["groups"] == [group]
    for other in {"right-now", "lately", "before-needles"} - {screen}:
        assert f'name="groups" value="{group}"' not in client.get(f"{place}/{other}").text
        client.post(f"{place}/{other}", on_screen(other, RA))
    assert kept(client)["groups"] == [group]
    client.post(f"{place}/{screen}", on_screen(screen, RA))
    assert "groups" not in kept(client)


def test_every_page_and_file_tells_it(client):
    place = answer_quiz(client, UNSURE).headers["location"]
    page = client.get(place).text
    said = "Not sure: Low platelets", "Implants, neck and spine: not said which"

    for words in said:
        assert words in page
        assert words.partition(": ")[2] in client.get(f"{place}.txt").text
    assert client.get(f"{place}.pdf").status_code == 200
    response = json.dumps(client.get(f"{place}.json").json())
    assert '"unsure"' in response
    assert '"implants-and-spine"' in response


def test_the_plan_waits_for_a_clinician(client):
    answer_quiz(client, UNSURE)
    page = client.get("/plan").text

    assert "you are not sure about “Low platelets" in page
    assert "Ask your doctor or your specialist team first." in page


def test_a_group_of_signs_is_the_red_card(client):
    place = answer_quiz(client, {**RA, "none_right_now": "", "groups": ["very-ill"]}).headers["location"]
    page = client.get(place).text

    assert "Feeling very ill: not said which" in page
    assert "Until you say which sign it is" in page
    assert 'href="tel:' in page


def test_a_group_that_no_content_knows_any_more_makes_no_plan_and_is_told(client):
    answer_quiz(client, RA)
    file = client.get("/me/export.json").json()
    (one,) = file["check_ins"]
    one["answers"]["groups"] = ["long-gone"]
    one["content_version"] = "0a1b"
    other = client.another()

    bring(other, json.dumps(file))

    (one,) = other.get("/me/export.json").json()["check_ins"]
    assert "Why there is no plan for now" in other.get(f"/results/{one['id']}").text
    assert "a danger sign we no longer ask about" in other.get("/plan").text
    assert "Long gone" in other.get(f"/quiz/{one['id']}/review").text


def test_it_goes_out_and_comes_in_again(client):
    answer_quiz(client, UNSURE)
    file = client.get("/me/export.json").text
    other = client.another()

    bring(other, file)

    answers = other.get("/me/export.json").json()["check_ins"][0]["answers"]
    assert (answers["unsure"], answers["groups"]) == (["low-platelets"], ["implants-and-spine"])
