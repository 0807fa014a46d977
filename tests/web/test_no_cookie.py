"""A browser that keeps no cookie is told so before anything is stored or used up; one that keeps them notices nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from tests.support.codes import code_on
from tests.support.people import RA, answer_quiz
from tests.support.practitioners import code_of, make_link, signed_in

PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HTMX = {"accept": "text/html", "hx-request": "true"}
WHOLE = {"age_band": "40-64", "country": "GB", "conditions": ["ra"]}
STARTS = {
    "/quiz": {"consent_version": "1"},
    "/quiz/whole": WHOLE,
    "/list/what-to-expect": {"action": "read"},
}


def rows(client):
    with client.app.inner.state.work.engine.connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        return Counter({one.name: connection.scalar(select(func.count()).select_from(one)) for one in tables})


def press(browser, path, data, keeps=True, headers=PAGE, host="http://localhost"):
    """As a browser does: it follows a 307 by sending the form again."""
    answer = browser.post(host + path, data, headers=headers)
    for _ in range(3):
        if answer.status_code != 307:
            break
        if not keeps:
            browser.cookies.clear()
        answer = browser.post(host + answer.headers["location"], data, headers=headers)
    return answer


@pytest.mark.parametrize("headers", [PAGE, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize("path", STARTS)
def test_a_browser_without_cookies_is_told_and_nothing_is_kept(client, path, headers):
    before = rows(client)
    for _ in range(3):
        answer = press(client, path, STARTS[path], keeps=False, headers=headers)

        assert answer.status_code == 400
        assert "This browser does not keep cookies" in answer.text
        assert "Allow cookies" in answer.text
        assert ('href="/read"' in answer.text) is (headers is PAGE)
    assert rows(client) == before


@pytest.mark.parametrize("path", STARTS)
def test_a_browser_with_cookies_comes_there_with_one_detour(client, path):
    asked = client.post(path, STARTS[path], headers=PAGE)
    assert asked.status_code == 307
    assert not +rows(client) - Counter({"practitioner": 99})

    went = client.post(asked.headers["location"], STARTS[path], headers=PAGE)

    assert went.status_code == 303
    assert rows(client)["person"] == 1
    assert "new." not in client.cookies["acupwa"]
    assert client.follow(went).status_code == 200
    assert client.post(path, STARTS[path], headers=PAGE).status_code != 307


def test_the_consent_of_the_press_is_kept(client):
    press(client, "/quiz", {"consent_version": "1"})

    assert [one["version"] for one in client.get("/me/export.json").json()["consents"]] == ["1"]


def test_ten_presses_with_one_offered_cookie_make_one_person(client):
    asked = client.post("/quiz", {"start": "1"}, headers=PAGE)

    answers = client.post_at_once(10, asked.headers["location"], {"start": "1"}, headers=PAGE)

    assert {one.status_code for one in answers} == {303}
    assert len({one.headers["location"] for one in answers}) == 1
    counts = rows(client)
    assert (counts["person"], counts["check_in"], counts["device"], counts["consent"]) == (1, 1, 1, 1)


def test_a_browser_that_missed_the_answer_is_still_known(client):
    asked = client.post("/quiz", {"start": "1"}, headers=PAGE)
    offered = client.cookies["acupwa"]
    place = client.post(asked.headers["location"], {"start": "1"}, headers=PAGE).headers["location"]
    client.cookies["acupwa"] = offered

    assert client.get(place).status_code == 200


@pytest.mark.parametrize("host", ["http://acupwa.lan", "http://192.168.1.20:8000"])
@pytest.mark.parametrize("path", STARTS)
def test_plain_http_under_a_name_says_so(client, path, host):
    before = rows(client)

    answer = press(client, path, STARTS[path], keeps=False, host=host)

    assert answer.status_code == 400
    assert "https://" in answer.text
    assert rows(client) == before


@pytest.mark.parametrize("host", ["http://localhost", "http://acupwa.lan"])
def test_a_code_is_not_used_up(client, host):
    answer_quiz(client, RA)
    code = code_on(client.follow(client.post("/me/move")).text)
    stranger = client.another()

    answer = press(stranger, "/resume", {"code": code, "sure": "yes"}, keeps=False, host=host)

    assert answer.status_code == 400
    assert "no code or link was used up" in answer.text
    assert press(client.another(), "/resume", {"code": code, "sure": "yes"}).status_code == 303


def test_a_program_that_minds_its_own_cookies_is_not_asked(client):
    assert client.post("/quiz", {"start": "1"}).status_code == 303


@pytest.mark.parametrize("host", ["http://localhost", "http://acupwa.lan"])
def test_a_clinic_s_personal_link_is_not_used_up(client, host):
    ann = signed_in(client)
    code = code_of(ann, make_link(ann, kind="personal"))
    stranger = client.another()
    before = rows(client)

    answer = press(stranger, f"/l/{code}", {}, keeps=False, host=host)

    assert answer.status_code == 400
    assert "This browser does not keep cookies" in answer.text
    assert rows(client) == before
    assert press(client.another(), f"/l/{code}", {}).status_code == 303
    assert press(client.another(), f"/l/{code}", {}).status_code == 410
