"""`/progress` over HTTP: whose it is, what is there before the second check-in, the same figures as the result page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.stories.personas import RA, answer_quiz, fill


def follow_up(client: Any, **fields: Any) -> Any:
    place = client.post("/quiz", data={"variant": "follow-up"}).headers["location"].rpartition("/")[0]
    client.post(f"{place}/right-now", data={"none_right_now": "1"})
    client.post(f"{place}/since", data={"sessions_since": "4", "changed_since": "flare"})
    answer = client.post(f"{place}/ratings", data=fields)
    assert answer.status_code == 303, answer.text[:2000]
    return client.follow(client.post(f"{place}/finish"))


def test_without_a_check_in_it_says_how_to_begin(client: Any) -> None:
    page = client.get("/progress")

    assert page.status_code == 200
    assert "Nothing to show yet" in page.text
    assert 'href="/quiz"' in page.text
    assert "set-cookie" not in page.headers


def test_a_draft_shows_nothing_yet(client: Any) -> None:
    fill(client, RA, until="impact")

    assert "Nothing to show yet" in client.get("/progress").text


def test_one_check_in_is_too_early_to_compare(client: Any) -> None:
    answer_quiz(client, RA)
    page = client.get("/progress").text

    assert "1 check-in so far." in page
    assert "Too early to compare." in page
    assert "Better" not in page


def test_the_second_stands_beside_the_first(client: Any, clock: Any) -> None:
    answer_quiz(client, RA)
    clock.now += timedelta(days=28)
    result = follow_up(client, **{"ratings.fatigue": "1", "ratings.sleep": "1"}).text
    page = client.get("/progress")

    assert 'href="/progress"' in result
    assert page.headers["cache-control"] == "no-store"
    assert "2 check-ins so far." in page.text
    assert "a flare or relapse" in page.text
    assert "This cannot show whether acupuncture was the reason" in page.text
    assert page.text.count('role="img"') == page.text.count("The same as a table") > 3


def test_it_is_the_persons_own(client: Any) -> None:
    answer_quiz(client, RA)

    assert "Nothing to show yet" in client.another().get("/progress").text
