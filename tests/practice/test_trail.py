"""The trail: it only grows, the owner alone reads it, and nothing that a patient said is in it."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import get_args

import pytest
import sqlalchemy

from acupwa.db.tables import new_key
from acupwa.practice.accounts import people_service, sign_in_service
from acupwa.practice.accounts.rules import TRIES_OF_PAIR
from acupwa.practice.accounts.trail_words import kind_words
from acupwa.practice.trail.model import What
from acupwa.practice.trail.service import list_trail, note_in_trail
from tests.support.practitioners import COOKIE, asked, clinic_of, give, opened, signed_in, work_of


def lines(client, path="/practice/trail"):
    """The rows of the table, as words."""
    body = re.findall(r"<tr>(.*?)</tr>", client.get(path).text, re.S)[1:]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in body
    ]


def test_it_tells_who_signed_in_looked_took_along_and_changed_access(client):
    ann = signed_in(client)
    give(client, asked(client, ann))
    shared = opened(ann)
    ann.get(shared)
    ann.get(f"{shared}.txt")
    ann.post("/practice/people", data={"email": "bob@example.org"})
    bob = next(
        one
        for one in work_of(client).run(people_service.list_practitioners, clinic_of(client).id)
        if one.email[0] == "b"
    )
    ann.post(f"/practice/people/{bob.id}/remove")
    ann.get("/practice/trail.csv")

    told = [line[2] for line in lines(ann)]

    for words in (
        "Signed in", "A patient shared", "Opened a share", "Saved or printed a share", "Invited", "Removed",
        "Downloaded the activity log", "Created a link",
    ):  # fmt: skip
        assert words in told, words


def test_sign_in_slowed_after_wrong_tries_stands_in_it_once_and_only_of_an_account(client):
    ann = signed_in(client)
    for email in ("ann@example.org", "nobody@example.org"):
        for _ in range(TRIES_OF_PAIR + 2):
            client.post("/practice/sign-in", data={"email": email, "password": "wrong wrong wrong"})

    told = work_of(client).run(list_trail, clinic_of(client).id)

    assert [(line.what, line.about) for line in told if line.what == "sign-in-slowed"] == [
        ("sign-in-slowed", "ann@example.org")
    ]
    assert ann.get("/practice/trail").status_code == 200


def test_it_comes_in_pages_that_neither_miss_nor_repeat_a_line(client):
    ann = signed_in(client)
    for number in range(120):
        work_of(client).run(note_in_trail, clinic_of(client).id, "link-made", who="Ann Lee", about=f"n{number}")
    found, path = [], "/practice/trail"
    while path:
        page = ann.get(path).text
        found += re.findall(r"<td>(n\d+)</td>", page)
        older = re.search(r'href="(/practice/trail\?[^"]*before=[^"]+)"', page)
        path = older[1].replace("&amp;", "&") if older else None

    assert found == [f"n{number}" for number in reversed(range(120))]


def test_it_is_narrowed_by_kind_person_and_day_and_the_file_holds_the_same(client, clock):
    ann = signed_in(client)
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    who = work_of(client).run(sign_in_service.find_signed_in, bob.cookies[COOKIE]).practitioner
    clock.now += timedelta(days=1)
    ann.post("/practice/sign-in", data={"email": "ann@example.org", "password": "four words apart today"})

    assert {line[2] for line in lines(ann, "/practice/trail?what=signed-in")} == {"Signed in"}
    assert {line[1] for line in lines(ann, f"/practice/trail?by={who.id}")} == {"Bob · bob@example.org"}
    assert {line[0].partition(" ")[0] for line in lines(ann, "/practice/trail?day=2026-11-24")} == {"2026-11-24"}
    assert "Nothing matches" in ann.get("/practice/trail?day=2020-01-01").text
    text = ann.get(f"/practice/trail.csv?by={who.id}").content.decode("utf-8-sig")
    assert {(row["who"], row["email"]) for row in csv.DictReader(io.StringIO(text))} == {("Bob", "bob@example.org")}
    assert ann.get("/practice/trail?before=x").status_code == 404


def test_every_kind_of_line_has_its_words():
    assert set(kind_words()) == set(get_args(What))
    assert len(set(kind_words().values())) == len(kind_words())


def test_a_new_name_stands_in_it_and_changes_no_line_of_before(client):
    ann = signed_in(client)
    bob = signed_in(client, "bob@example.org", clinic=clinic_of(client).id)
    bob.post("/practice/account/name", data={"name": "Robert"})
    bob.post("/practice/account/name", data={"name": "Robert"})
    bob.post("/practice/account/name", data={"name": ""})

    told = [line[1:] for line in lines(ann) if line[2] == "Changed their name"]

    assert told == [
        ["bob@example.org", "Changed their name", "Robert → bob@example.org"],
        ["Robert · bob@example.org", "Changed their name", "Bob → Robert"],
    ]
    assert [line[1] for line in lines(ann) if line[2] == "Signed in"] == [
        "Bob · bob@example.org",
        "Ann Lee · ann@example.org",
    ]


def test_whoever_left_is_found_by_who_they_were(client):
    ann = signed_in(client)
    for number in range(2):
        bob = signed_in(client, f"bob{number}@example.org", name="Bob", clinic=clinic_of(client).id)
        who = work_of(client).run(sign_in_service.find_signed_in, bob.cookies[COOKIE]).practitioner
        ann.post(f"/practice/people/{who.id}/remove")
        told = lines(ann, f"/practice/trail?by={who.id}")
        assert {line[1] for line in told} == {f"Bob · bob{number}@example.org"}

    page = ann.get("/practice/trail").text
    assert page.count("Bob · bob0@example.org (left)") == page.count("Bob · bob1@example.org (left)") == 1
    assert [line[3] for line in lines(ann, "/practice/trail?what=removed")] == ["bob1@example.org", "bob0@example.org"]


def test_a_long_trail_is_given_out_whole_while_others_are_answered(client):
    """By the page and by the file; each line once, none of another clinic."""
    ann = signed_in(client)
    clinic, engine = clinic_of(client).id, work_of(client).engine
    with engine.begin() as connection:
        row = dict(connection.execute(sqlalchemy.text("select * from trail")).mappings().first())
        columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        made = [{**row, "id": new_key().hex, "what": "link-made", "about": f"n{at}"} for at in range(5_000)]
        made += [{**row, "id": new_key().hex, "clinic_id": new_key().hex, "about": "zebrafinch"}]
        connection.execute(sqlalchemy.text(f"insert into trail ({columns}) values ({values})"), made)

    text = ann.get("/practice/trail.csv?what=link-made").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    told = [row["about"] for row in rows]
    assert len(told) == 5_000
    assert set(told) == {f"n{at}" for at in range(5_000)}
    assert len(work_of(client).run(list_trail, clinic)) == 500
    assert "zebrafinch" not in text + ann.get("/practice/trail").text
    assert ann.get("/practice/trail.xlsx").content.startswith(b"PK")


def test_only_an_owner_reads_it_and_only_of_the_own_clinic(client):
    ann = signed_in(client)
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    eve = signed_in(client, "eve@example.org", name="Eve", clinic="Elsewhere")

    assert bob.get("/practice/trail").status_code == bob.get("/practice/trail.csv").status_code == 404
    assert client.get("/practice/trail").status_code == 404
    assert "Ann Lee" in ann.get("/practice/trail").text
    assert "Ann Lee" not in eve.get("/practice/trail").text


def test_no_answer_alias_or_note_is_in_it(client):
    planted = ("zebrafinch", "quincunx", "wrists")
    ann = signed_in(client)
    preview = asked(client, ann, alias="zebrafinch", note="quincunx")
    copy = give(client, preview)
    ann.get(opened(ann))
    client.post(f"{copy}/withdraw")

    text = ann.get("/practice/trail").text + ann.get("/practice/trail.csv").text
    with work_of(client).engine.connect() as connection:
        text += str(connection.execute(sqlalchemy.text("select * from trail")).all())
    for word in planted:
        assert word not in text, word


def test_the_database_refuses_to_change_delete_or_replace_a_line(database):
    database.work(people_service.add_practitioner, "ann@example.org", "Ann", "Needle Lane")
    statements = ["update trail set who = 'x'", "delete from trail"]
    if database.url.startswith("sqlite"):
        statements.append("insert or replace into trail select id, clinic_id, null, 'x', what, about, at from trail")
    else:
        statements.append("truncate trail")
    for statement in statements:
        with database.runner.engine.begin() as connection, pytest.raises(sqlalchemy.exc.DBAPIError):
            connection.execute(sqlalchemy.text(statement))
    with database.runner.engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("select count(*) from trail where who = 'x'")).scalar() == 0
        assert connection.execute(sqlalchemy.text("select count(*) from trail")).scalar() == 2


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Honolulu"])
@pytest.mark.parametrize(
    "day", ["9999-12-31", "9999-12-30", "0001-01-01", "0001-01-02", "2026-02-30", "0000-01-01", "x"]
)
def test_a_day_that_cannot_be_looked_up_shows_no_other_and_tells_of_no_file(client, day, zone):
    ann = signed_in(client)
    ann.post("/practice/clinic", {"name": "Needle Lane", "time_zone": zone})
    before = exported(client)

    for name in ("trail", "trail.csv", "trail.xlsx"):
        answer = ann.get(f"/practice/{name}?day={day}")
        assert answer.status_code == 422 or (
            ("-01-0" in day or "12-30" in day) and not lines(ann, f"/practice/trail?day={day}")
        )
        given = answer.status_code == 200 and name != "trail"
        assert exported(client) == before + given
        before += given


@pytest.mark.parametrize("asked", ["before=x", "by=zzz", "day=9999-12-31", "what=zzz", "zzz=1"])
def test_a_file_that_was_not_given_out_was_not_taken_along(client, asked):
    ann = signed_in(client)

    for name in ("trail.csv", "trail.xlsx"):
        assert 400 <= ann.get(f"/practice/{name}?{asked}").status_code < 500

    assert exported(client) == 0
    assert ann.get("/practice/trail.csv").status_code == ann.get("/practice/trail.xlsx").status_code == 200
    assert exported(client) == 2


def exported(client):
    told = work_of(client).run(list_trail, clinic_of(client).id)
    return sum(line.what == "trail-exported" for line in told)


@pytest.mark.parametrize("asked", ["what=zzz", "by=zzz", "dya=2026-11-23", "day=28.11.2026"])
def test_a_filter_that_is_not_understood_never_shows_all(client, asked):
    ann = signed_in(client)

    for name in ("trail", "trail.csv", "trail.xlsx"):
        assert ann.get(f"/practice/{name}?{asked}").status_code == 422


def test_the_file_tells_the_time_of_the_clinic_as_the_page_does(client):
    ann = signed_in(client)
    ann.post("/practice/clinic", {"name": "Needle Lane", "time_zone": "Pacific/Kiritimati"})

    text = ann.get("/practice/trail.csv").content.decode("utf-8-sig")

    times = [next(iter(row.values())) for row in csv.DictReader(io.StringIO(text))]
    assert len(times) > 1
    assert all(time.endswith("+14:00") for time in times), times


@pytest.mark.parametrize("file", ["trail.csv", "trail.xlsx"])
@pytest.mark.parametrize(
    "asked", ["day=9999-12-31", "day=0001-01-01", "day=10000-01-01", "day=x", "by=x", "what=x", "nothing=x", "day=%ff"]
)
def test_a_file_that_was_not_given_out_is_not_told_as_taken_along(client, file, asked):
    ann = signed_in(client)
    answer = ann.get(f"/practice/{file}?{asked}")

    assert 200 <= answer.status_code < 500
    told = [
        line
        for line in work_of(client).run(list_trail, clinic_of(client).id, 50, None)
        if line.what == "trail-exported"
    ]
    assert len(told) == (answer.status_code == 200)
