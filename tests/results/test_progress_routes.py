"""`/progress` over HTTP: whose it is, what is there before the second check-in, the same figures as the result page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.support.people import RA, answer_follow_up, answer_quiz, fill


def follow_up(client: Any, **fields: Any) -> Any:
    since = {"sessions_since": "4", "changed_since": "flare", "still_true": "yes", "precautions": ["anticoagulants"]}
    return client.follow(answer_follow_up(client, since | fields))


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
    assert "it cannot tell you whether acupuncture made the difference" in page.text
    assert page.text.count('role="img"') == page.text.count("Show as a table") > 3


def test_it_is_the_persons_own(client: Any) -> None:
    answer_quiz(client, RA)

    assert "Nothing to show yet" in client.another().get("/progress").text


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that any database runs meanwhile."""
    run: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("page", ["/progress", "the last result"])
def test_more_check_ins_ask_the_database_no_more(client: Any, clock: Any, page: str) -> None:
    place = str(answer_quiz(client, RA).headers["location"])
    counts = []
    for _ in range(4):
        clock.now += timedelta(days=14)
        place = follow_up(client, **{"ratings.fatigue": "4"}).url.path
        with statements() as run:
            client.get(page if page.startswith("/") else place)
        counts.append(len(run))

    assert counts[0] > 0
    assert len(set(counts[1:])) == 1
