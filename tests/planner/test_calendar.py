"""The calendar of a person, by HTTP on both databases: the secret address, what it shows, and to whom it stops."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from acupwa.db.backup import back_up, restore
from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.rotate import reseal_all
from acupwa.db.tokens import hash_token, new_token
from acupwa.mydata.retention import purge_all
from acupwa.planner.calendar_store import find_calendar
from acupwa.settings import Settings, read_settings
from tests.mydata.test_import import send as bring_in
from tests.support.app import fresh_app
from tests.support.calendars import ADDRESS, Subscriber, calendar_address, calendar_page, press_make, read_calendar
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.database import KEY, migrate
from tests.support.people import finish_check_in, plan_fields

HEALTH_WORDS = ("acupunct", "needle", "pain", "arthritis", "lupus", "session", "treatment", "health")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def placed(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    environment = {"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(tmp_path)}
    if request.param == "postgresql":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    return read_settings(environment, folder=tmp_path)


@pytest.fixture
def client(placed: Settings, library: Any, clock: Clock, loop: Any) -> Iterator[Client]:
    migrate(placed.database_url)
    app = fresh_app(placed, library, clock)
    yield Client(app, loop)
    app.inner.state.work.close()


@pytest.fixture
def planned(client: Client) -> Client:
    finish_check_in(client)
    assert client.post("/plan", plan_fields()).status_code == 303
    return client


@pytest.fixture
def subscriber(planned: Client) -> Subscriber:
    """Of somebody else's program: it has no cookie."""
    found = Subscriber(planned.another(), calendar_address(planned))
    assert found.look() == 200
    return found


def work_of(client: Client) -> Any:
    return client.app.inner.state.work


def person_of(client: Client) -> Any:
    with work_of(client).engine.connect() as connection:
        return connection.execute(text("select person_id from calendar")).scalar_one()


def kept_of(client: Client) -> Any:
    person_id = UUID(str(person_of(client)))
    return work_of(client).run_read(lambda db, now: find_calendar(db, person_id))


# ------------------------------------------------------------------ the page


def test_whoever_has_no_answers_here_has_no_calendar(client: Client):
    assert client.get("/plan/calendar").status_code == 404
    assert client.post("/plan/calendar", {"do": "make", "press": new_token(), "number": "1"}).status_code == 404
    assert "set-cookie" not in client.get("/plan/calendar").headers


def test_without_a_plan_there_is_nothing_to_follow(client: Client):
    finish_check_in(client)

    page = calendar_page(client)

    assert "no plan at the moment" in page
    assert "Make a calendar address" not in page


def test_the_address_is_shown_once_and_nothing_of_it_is_kept_but_a_hash(planned: Client, placed: Settings):
    made = press_make(planned)
    token = ADDRESS.search(made.text)[1].rpartition("/")[2].removesuffix(".ics")  # type: ignore[index]

    assert made.status_code == 200
    assert f'href="webcal://localhost/plan/calendar/{token}.ics"' in made.text
    for page in ("/plan/calendar", "/plan", "/me/data", "/me/export.json", "/me/delete"):
        assert token not in planned.get(page).text, page
    with work_of(planned).engine.connect() as connection:
        row = connection.execute(text("select * from calendar")).one()
        assert bytes(row.token_hash) == hash_token(token)
        everything = [
            str(one)
            for table in ("calendar", "person", "press", "plan", "device")
            for one in connection.execute(text(f"select * from {table}")).all()
        ]
    assert not [one for one in everything if token in one]
    if placed.database_url.startswith("sqlite"):
        assert token.encode() not in b"".join(file.read_bytes() for file in placed.data_dir.glob("*sqlite3*"))


def test_the_same_press_sent_again_gives_the_same_address(planned: Client):
    press = {"do": "make", "press": new_token(), "number": "1"}

    addresses = {ADDRESS.search(planned.post("/plan/calendar", press).text)[1] for _ in range(2)}  # type: ignore[index]

    assert len(addresses) == 1
    assert planned.get(addresses.pop()).status_code == 200


def test_a_page_that_is_older_than_the_address_changes_nothing(planned: Client):
    first = {"do": "make", "press": new_token(), "number": "1"}
    old = ADDRESS.search(planned.post("/plan/calendar", first).text)[1]  # type: ignore[index]
    new = calendar_address(planned)

    again = planned.post("/plan/calendar", first)

    assert again.headers["location"] == "/plan/calendar?done=older"
    assert "There is a newer address already" in planned.follow(again).text
    assert planned.get(old).status_code == 404
    assert planned.get(new).status_code == 200
    planned.post("/plan/calendar", {"do": "end"})
    assert planned.post("/plan/calendar", first).status_code == 303
    assert planned.get(old).status_code == 404


def test_a_press_that_is_no_secret_makes_no_address_that_one_could_guess(planned: Client):
    pressed = {"do": "make", "press": "1", "number": "1"}

    addresses = {planned.post("/plan/calendar", pressed).text for _ in range(2)}

    assert len({ADDRESS.search(page)[1] for page in addresses if ADDRESS.search(page)}) == 1  # type: ignore[index]
    assert kept_of(planned).addresses == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"do": "choose", "title": "appointment"}, "Choose when your calendar alerts you"),
        ({"do": "choose", "alarms": "none"}, "Choose what each session is called"),
        ({"do": "choose", "title": "My lupus", "alarms": "none"}, "We do not know this choice"),
        ({"do": "burn"}, "We do not know this choice"),
        ({}, "Choose what to do"),
        ({"do": "make", "secret": "1"}, "We do not know this field"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_nothing_is_done(planned: Client, fields: Any, words: str):
    answer = planned.post("/plan/calendar", fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert planned.get("/me/export.json").json()["calendar"] is None


# ------------------------------------------------------------------ what is at the address


def test_a_calendar_reads_every_session_and_no_cookie_goes_either_way(planned: Client):
    path = calendar_address(planned)
    stranger = planned.another()

    answer = stranger.get(path, headers={"cookie": "acupwa=whatever"})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers
    assert answer.content == planned.get(path).content == stranger.get(path).content
    assert len(read_calendar(answer.text)) == 10
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H" in answer.text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/London" in answer.text
    assert "VALARM" not in answer.text
    assert not [word for word in HEALTH_WORDS if word in answer.text.lower()]


def test_the_address_itself_says_nothing_of_health(planned: Client):
    assert re.fullmatch(r"/plan/calendar/[\w-]{43}\.ics", calendar_address(planned))


def test_what_is_there_already_is_not_sent_again(planned: Client):
    path = calendar_address(planned)
    first = planned.get(path)

    same = planned.get(path, headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})
    head = planned.request("HEAD", path)

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == first.headers["etag"]
    assert same.headers["cache-control"] == "private, no-cache"
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == first.headers["etag"]
    assert planned.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    planned.post("/plan/sessions/2/move", {"day": "2026-12-09", "time": "10:00", "which": "this"})
    assert planned.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_unknown_replaced_ended_and_deleted_are_the_same_404(planned: Client):
    stranger = planned.another()
    replaced, ended = calendar_address(planned), calendar_address(planned)
    answers = [stranger.get(replaced)]
    planned.post("/plan/calendar", {"do": "end"})
    deleted = calendar_address(planned)
    answers.append(stranger.get(ended))
    assert stranger.get(deleted).status_code == 200
    planned.post("/me/delete")
    answers += [
        stranger.get(path)
        for path in (deleted, f"/plan/calendar/{new_token()}.ics", "/plan/calendar/x.ics", "/plan/calendar/.ics",
                     f"/plan/calendar/{new_token()}", deleted.removesuffix(".ics"), "/plan/calendar/%F0%9F%98%B4.ics")
    ]  # fmt: skip

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_when_a_calendar_last_looked_is_noted_once_an_hour(planned: Client, clock: Clock):
    path = calendar_address(planned)
    assert "No calendar has looked yet" in calendar_page(planned)

    planned.get(path)
    assert "A calendar last looked on 23 November 2026 at 10:00" in calendar_page(planned)
    clock.now += timedelta(minutes=59)
    planned.get(path)
    assert "at 10:00" in calendar_page(planned)
    clock.now += timedelta(minutes=1)
    planned.get(path, headers={"if-none-match": planned.get(path).headers["etag"]})
    assert "at 11:00" in calendar_page(planned)


def test_a_look_of_a_calendar_is_no_visit_of_the_person(planned: Client, clock: Clock):
    path = calendar_address(planned)
    clock.now += timedelta(days=731)
    planned.get(path)

    assert work_of(planned).run(purge_all, 30, 730)["people"] == 1
    assert planned.get(path).status_code == 404


# ------------------------------------------------------------------ two choices


@pytest.mark.parametrize("where", ["feed", "file"])
def test_title_and_alarms_are_those_that_were_chosen(planned: Client, where: str):
    path = calendar_address(planned) if where == "feed" else "/plan.ics"

    done = planned.post("/plan/calendar", {"do": "choose", "title": "acupuncture", "alarms": "both"})

    assert "Your choices are saved" in planned.follow(done).text
    entries = read_calendar(planned.get(path).text).values()
    assert {(one.title, one.alarms) for one in entries} == {("Acupuncture", (24 * 60, 60))}
    page = calendar_page(planned)
    assert re.search(r'value="acupuncture" checked', page)
    assert re.search(r'value="both" checked', page)
    assert 'action="/plan/calendar"' in page


@pytest.mark.parametrize(("alarms", "minutes"), [("none", ()), ("hour", (60,)), ("day", (1440,))])
def test_each_alarm_comes_at_its_time(planned: Client, alarms: str, minutes: tuple[int, ...]):
    planned.post("/plan/calendar", {"do": "choose", "title": "appointment", "alarms": alarms})

    text_of_file = planned.get("/plan.ics").text

    assert {one.alarms for one in read_calendar(text_of_file).values()} == {minutes}
    assert not [word for word in HEALTH_WORDS if word in text_of_file.lower()]


# ------------------------------------------------------------------ what a subscribed calendar sees


def same_as_there(planned: Client, subscriber: Subscriber) -> bool:
    """Whether whatever changed said so by a higher sequence or a later stamp: else the calendar would have kept it."""
    return subscriber.kept == read_calendar(planned.get(subscriber._path).text)


def test_a_move_and_fewer_sessions_arrive(planned: Client, subscriber: Subscriber, clock: Clock):
    assert len(subscriber.standing) == 10
    assert subscriber.look() == 304

    clock.now += timedelta(minutes=1)
    planned.post("/plan/sessions/2/move", {"day": "2026-12-09", "time": "10:00", "which": "this"})
    assert subscriber.look() == 200
    assert subscriber.standing[1].start.isoformat() == "2026-12-09T10:00:00+00:00"
    assert same_as_there(planned, subscriber)

    clock.now += timedelta(minutes=1)
    planned.post("/plan", plan_fields(max_sessions="6"))
    subscriber.look()
    assert len(subscriber.standing) == 6
    assert len(subscriber.kept) == 10
    assert same_as_there(planned, subscriber)

    clock.now += timedelta(minutes=1)
    planned.post("/plan/calendar", {"do": "choose", "title": "acupuncture", "alarms": "day"})
    subscriber.look()
    assert {(one.title, one.alarms) for one in subscriber.standing} == {("Acupuncture", (1440,))}
    assert same_as_there(planned, subscriber)


def test_a_new_address_ends_the_old_one_at_once(planned: Client, subscriber: Subscriber):
    new = Subscriber(planned.another(), calendar_address(planned))

    assert subscriber.look() == 404
    assert new.look() == 200
    assert new.kept == subscriber.kept
    planned.post("/plan/calendar", {"do": "end"})
    assert new.look() == 404
    assert "The address no longer works" in planned.get("/plan/calendar?done=ended").text


def test_a_deleted_plan_is_cancelled_for_fourteen_days_and_then_gone(
    planned: Client, subscriber: Subscriber, clock: Clock
):
    clock.now += timedelta(days=10)  # one session is over
    told = planned.get("/plan/delete").text
    planned.post("/plan/delete")

    assert "as cancelled for 14 days" in told
    assert subscriber.look() == 200
    assert len(subscriber.kept) == 9
    assert subscriber.standing == []
    assert {one.sequence for one in subscriber.kept.values()} == {1}
    assert same_as_there(planned, subscriber)
    assert "show as cancelled in your calendar until 17 December 2026" in calendar_page(planned)

    clock.now += timedelta(days=13, hours=23)
    assert subscriber.look() == 304
    clock.now += timedelta(hours=1)
    assert subscriber.look() == 200
    assert subscriber.kept == {}
    assert "as cancelled" not in calendar_page(planned)


def test_a_new_plan_stands_beside_the_cancelled_one(planned: Client, subscriber: Subscriber, clock: Clock):
    planned.post("/plan/delete")
    clock.now += timedelta(days=1)
    planned.post("/plan", plan_fields(max_sessions="6", first_day="2026-12-01", weekdays=["tue"]))

    subscriber.look()

    assert len(subscriber.standing) == 6
    assert len(subscriber.kept) == 16
    assert same_as_there(planned, subscriber)
    clock.now += timedelta(days=14)
    subscriber.look()
    assert len(subscriber.kept) == 6


def test_a_deleted_plan_that_is_brought_in_again_stands_again(planned: Client, subscriber: Subscriber, clock: Clock):
    file = planned.get("/me/export.json").text
    clock.now += timedelta(minutes=1)
    planned.post("/plan/sessions/2/move", {"day": "2026-12-09", "time": "10:00", "which": "this"})
    for _ in range(2):
        clock.now += timedelta(minutes=1)
        planned.post("/plan/delete")
        subscriber.look()
        assert subscriber.standing == []

        clock.now += timedelta(minutes=1)
        assert bring_in(planned, file, press=True).status_code == 303
        subscriber.look()

        assert len(subscriber.standing) == 10
        assert same_as_there(planned, subscriber)
        assert read_calendar(planned.get("/plan.ics").text) == subscriber.kept


def test_a_plan_whose_place_another_one_takes_is_cancelled(planned: Client, subscriber: Subscriber, clock: Clock):
    other = planned.another()
    finish_check_in(other)
    clock.now += timedelta(hours=1)
    other.post("/plan", plan_fields(max_sessions="7"))
    assert bring_in(planned, other.get("/me/export.json").text, press=True).status_code == 303

    subscriber.look()

    assert len(subscriber.standing) == 7
    assert len(subscriber.kept) == 17


def test_after_everything_is_deleted_there_is_nothing_and_the_page_said_how_to_take_it_off(
    planned: Client, subscriber: Subscriber
):
    for page in ("/me/delete", "/me/withdraw"):
        told = planned.get(page).text
        for words in ("Remove it from your calendar app first", "Subscribed Calendars", "Unsubscribe", "Outlook"):
            assert words in told, (page, words)
    planned.post("/me/delete")

    assert subscriber.look() == 404
    assert "Remove it from your calendar app first" not in planned.get("/me/delete").text


def test_without_an_address_nothing_of_a_deleted_plan_is_kept(planned: Client):
    planned.post("/plan/calendar", {"do": "choose", "title": "appointment", "alarms": "hour"})
    assert "as cancelled for 14 days" not in planned.get("/plan/delete").text

    planned.post("/plan/delete")

    assert kept_of(planned).deleted == ()


def test_switching_off_takes_what_was_kept_of_a_deleted_plan(planned: Client, subscriber: Subscriber):
    planned.post("/plan/delete")
    assert len(kept_of(planned).deleted) == 1

    planned.post("/plan/calendar", {"do": "end"})

    assert kept_of(planned).deleted == ()


# ------------------------------------------------------------------ at rest


def test_what_was_kept_of_a_deleted_plan_is_purged_at_its_time(planned: Client, subscriber: Subscriber, clock: Clock):
    planned.post("/plan/delete")
    clock.now += timedelta(days=7)
    planned.post("/plan", plan_fields(first_day="2026-12-01"))
    planned.post("/plan/delete")

    assert work_of(planned).run(purge_all, 30, 730)["calendars"] == 0
    clock.now += timedelta(days=7)
    assert work_of(planned).run(purge_all, 30, 730)["calendars"] == 1
    assert len(kept_of(planned).deleted) == 1
    clock.now += timedelta(days=7)
    assert work_of(planned).run(purge_all, 30, 730)["calendars"] == 1
    assert kept_of(planned).deleted == ()
    assert work_of(planned).run(purge_all, 30, 730)["calendars"] == 0


def test_what_they_chose_cannot_be_read_without_the_key(planned: Client, subscriber: Subscriber):
    planned.post("/plan/calendar", {"do": "choose", "title": "acupuncture", "alarms": "hour"})
    planned.post("/plan/delete")

    with work_of(planned).engine.connect() as connection:
        row = connection.execute(text("select * from calendar")).one()

    assert b"Europe/London" not in bytes(row.sealed)
    assert "acupuncture" not in str(row)


def test_a_new_key_a_backup_and_a_restore_leave_the_address_good(
    planned: Client, subscriber: Subscriber, tmp_path: Path, library: Any, clock: Clock, loop: Any
):
    planned.post("/plan/calendar", {"do": "choose", "title": "acupuncture", "alarms": "hour"})
    newest, work = Fernet.generate_key().decode(), work_of(planned)
    assert reseal_all(work.engine, KeyRing((newest, KEY))) >= 3
    work.keys = KeyRing((newest,))
    before = planned.get(subscriber._path)
    assert before.status_code == 200

    back_up(work.engine, tmp_path / "all.backup", (newest,), clock.now)
    settings = read_settings(
        {"ACUPWA_SECRET_KEYS": newest, "ACUPWA_DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/new"},
        folder=tmp_path,
    )
    engine = make_engine(settings.database_url)
    restore(engine, tmp_path / "all.backup", (newest,))
    engine.dispose()
    work.close()
    app = fresh_app(settings, library, clock)

    assert Client(app, loop).get(subscriber._path).content == before.content
    app.inner.state.work.close()


# ------------------------------------------------------------------ taken along


def test_the_file_of_a_person_has_the_choices_and_that_there_is_an_address(planned: Client, subscriber: Subscriber):
    planned.post("/plan/calendar", {"do": "choose", "title": "acupuncture", "alarms": "hour"})

    export = planned.get("/me/export.json").json()

    assert export["calendar"]["choices"] == {"title": "acupuncture", "alarms": "hour"}
    assert set(export["calendar"]["feed"]) == {"made_at", "fetched_at"}
    assert "Your calendar" in planned.get("/me/data").text


def test_another_acupwa_takes_the_choices_over_and_no_address(planned: Client, subscriber: Subscriber):
    planned.post("/plan/calendar", {"do": "choose", "title": "acupuncture", "alarms": "hour"})
    file, other = planned.get("/me/export.json").text, planned.another()
    finish_check_in(other)

    assert "Adds what your calendar shows" in bring_in(other, file).text
    assert bring_in(other, file, press=True).status_code == 303

    theirs = other.get("/me/export.json").json()["calendar"]
    assert theirs == {"choices": {"title": "acupuncture", "alarms": "hour"}, "feed": None}
    other.post("/plan/calendar", {"do": "choose", "title": "appointment", "alarms": "none"})
    bring_in(other, file, press=True)
    assert other.get("/me/export.json").json()["calendar"]["choices"]["title"] == "appointment"


# ------------------------------------------------------------------ served


def test_a_served_address_stands_in_no_log(server: Any):
    """Over a socket, with a table that is taken away at the end, so that there is a fault to tell."""
    own = {"sec-fetch-site": "same-origin"}
    with httpx.Client(base_url=server.url, headers=own) as browser:
        answers = {
            "age_band": "40-64",
            "country": "GB",
            "conditions": "ra",
            "main_symptom": "pain",
            "ratings.pain": "7",
        }
        browser.post("/quiz/whole", data=answers, headers={"idempotency-key": new_token()})
        made = browser.post("/plan/calendar", data={"do": "make", "press": new_token(), "number": "1"})
        found = ADDRESS.search(made.text)
        assert found, made.text[:2000]
        path = found[1]
    fetched = httpx.get(server.url + path)
    head = httpx.head(server.url + path)
    with closing(sqlite3.connect(server.folder / "var" / "acupwa.sqlite3")) as database:
        database.execute("drop table calendar")
    lost = httpx.get(server.url + path, timeout=20)

    assert (fetched.status_code, head.status_code) == (200, 200)
    assert int(head.headers["content-length"]) == len(fetched.content)
    log = (server.folder / "server.log").read_text()
    assert lost.status_code >= 500
    assert "fault" in log
    assert path.rpartition("/")[2].removesuffix(".ics") not in log
