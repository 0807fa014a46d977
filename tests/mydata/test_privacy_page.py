"""How long things are kept: said by every page that says it, written in docs/privacy.md, and true by the clock."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import acupwa.operate.keys  # noqa: F401 - all tables make themselves known
from acupwa.mydata.retention import purge_all
from acupwa.person.code_service import look_at_code, make_code
from acupwa.person.service import find_person, make_person
from acupwa.quiz.service import list_check_ins
from acupwa.site.pages import privacy_page
from tests.support.codes import NEWCOMER
from tests.support.people import a_whole_person

ROOT = Path(__file__).parents[2]
MAP = (ROOT / "docs" / "privacy.md").read_text().split("## Data map: other places")[0]


@pytest.mark.parametrize("table", sorted(SQLModel.metadata.tables))
def test_the_data_map_names_every_table_and_column(table):
    said = " ".join(re.findall(rf"^\| {table} \| ([^|]*) \|", MAP, re.M)).replace(",", " ").split()

    assert set(said) == {column.name for column in SQLModel.metadata.tables[table].columns}


def test_the_data_map_names_no_table_that_is_not_there():
    said = set(re.findall(r"^\| ([a-z_]+) \| ", MAP, re.M)) - {"table"}

    assert said == set(SQLModel.metadata.tables)


def test_the_privacy_page_tells_the_times_of_this_server():
    page = privacy_page(12, 400, 45)

    text = " ".join(page.kept)
    for span in ("12 days", "400 days", "7 days", "10 minutes", "60 minutes"):
        assert span in text
    assert page.backups == "45 days"


def test_the_privacy_page_says_how_long_backups_last(client):
    assert "can stay in them for up to 30 days" in client.get("/privacy").text


def test_one_screen_comes_first_and_the_rest_is_folded(client):
    text = client.get("/privacy").text
    above, *folded = text[text.index("<main") :].split("<details")

    words = re.sub(r"<[^>]+>", " ", above).split()
    assert len(words) < 120
    assert len(folded) >= 6
    for said in ("30 days", "2 years", "What we keep", "Who sees it", "How long", "/me"):
        assert said in above


def test_me_says_when_each_kind_goes(client, clock):
    a_whole_person(client, clock)

    text = client.get("/me/data").text + client.get("/me").text

    for words in (
        "The key of this browser", "A code for a paused check-in", "at the latest until 20 December 2026",
        "3 check-ins", "Your plan", "Your reading list", "Your consent", "so far, until 12 December 2028",
        "not finished; will be deleted on 12 January 2027 unless you go on",
    ):  # fmt: skip
        assert words in text, words


def test_each_kind_is_purged_at_its_time_and_not_before(client, clock, app):
    a_whole_person(client, clock)
    work = app.inner.state.work
    began = clock.now

    def purged(days: float) -> dict[str, int]:
        clock.now = began + timedelta(days=days)
        return dict(work.run(purge_all, 30, 730))

    assert purged(6.9)["codes"] == 0
    assert purged(7.1)["codes"] == 1
    assert purged(29.9)["drafts"] == 0
    nothing = {
        "codes": 0,
        "tries": 0,
        "presses": 0,
        "shares": 0,
        "views": 0,
        "sign-ins": 0,
        "calendars": 0,
        "people": 0,
    }
    assert purged(30.1) == {"drafts": 1, **nothing}
    assert purged(729)["people"] == 0
    assert purged(731)["people"] == 1
    assert "We hold nothing about you" in client.get("/me").text


def test_tries_of_wrong_codes_are_forgotten_after_an_hour(database, clock):
    person, _token = database.work(make_person, NEWCOMER)
    database.work(make_code, person.id, "move")
    database.work(look_at_code, "CDFHJK", "192.0.2.1")
    clock.now += timedelta(minutes=61)

    counts = database.work(purge_all, 30, 730)

    assert (counts["codes"], counts["tries"]) == (1, 4), (
        "the code; the place of the person and of the wrong code, and of all"
    )


def test_nothing_of_a_person_who_is_purged_stays(database, clock):
    person, token = database.work(make_person, NEWCOMER)
    clock.now += timedelta(days=731)
    database.work(purge_all, 30, 730)

    assert database.work(find_person, token) is None
    assert database.work(list_check_ins, person.id) == ()
