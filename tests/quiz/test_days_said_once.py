"""The days that questions look back over stand once above them, and are heard with each."""

from __future__ import annotations

import re

from acupwa.quiz.screens.questions import rating_question
from tests.support.answers import make_answers
from tests.support.people import RA, fill

DAYS = "over the last 7 days"


def test_what_is_heard_is_the_whole_question_and_the_days_are_not_shown_twice(library):
    for rating in library.ratings.values():
        question = rating_question(rating, make_answers(problem_words="sore wrists"))
        shown, heard, after = question.under_the_days

        assert f"{shown}{heard}{after}".casefold() == question.legend.casefold()
        assert (DAYS in heard.casefold()) == (DAYS in question.legend.casefold())
        assert DAYS not in f"{shown}{after}".casefold()
        assert f"{shown}{after}"[0].isupper()


def test_a_question_that_looks_back_otherwise_is_shown_whole(library):
    itch = rating_question(library.ratings["itch"], make_answers())

    assert itch.under_the_days == (itch.legend, "", "")
    assert "24 hours" in itch.legend


def test_a_page_shows_the_days_once_and_lets_them_be_heard_with_each_question(client):
    place = fill(client, RA, until="ratings")
    client.post(f"{place}/what-matters", data={"activity_words": "hold a cup"})
    page = client.get(f"{place}/ratings").text
    heard_alone = re.compile(r'<span class="hidden-visually">[^<]*</span>')

    assert DAYS not in heard_alone.sub("", page).casefold().replace(f">{DAYS}</h2>", "")
    heard = [one for one in heard_alone.findall(page) if DAYS in one.casefold()]
    assert len(heard) == page.count('name="ratings.') // len(range(12))
