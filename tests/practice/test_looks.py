"""Every look is told: under the key of who it was, whatever name they had; and before a look there is nothing to read."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy

from acupwa.db.encryption import seal
from acupwa.db.tables import new_key
from acupwa.person.service import make_person
from acupwa.practice.accounts import people_service
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.inbox.summary import name_of
from acupwa.practice.links import service as links
from acupwa.practice.links.model import NewLink
from acupwa.practice.sharing.shares import service as shares
from acupwa.practice.sharing.shares import store
from acupwa.practice.sharing.shares.model import Copy, Share, ShareFilter
from acupwa.practice.trail.service import list_trail
from tests.support.codes import NEWCOMER
from tests.support.people import RA_HOT_JOINT
from tests.support.practitioners import asked, clinic_of, give, opened, signed_in, work_of

LOOKS = ("share-opened", "share-copied", "share-beside")


@pytest.fixture
def shop(database, clock):
    """Paul and Petra of one clinic, and a share of somebody's with an earlier one."""
    for email, name in (("paul@example.org", "Paul"), ("petra@example.org", "Petra")):
        clinics = database.work(people_service.list_clinics)
        database.work(people_service.add_practitioner, email, name, clinics[0].id if clinics else "Lane")
    (clinic,) = database.work(people_service.list_clinics)
    paul, petra = database.work(people_service.list_practitioners, clinic.id)
    by = SignedIn(sign_in_id=new_key(), practitioner=paul, clinic=clinic)
    chosen = NewLink(kind="reusable", variant="full", share_days=90, days=0, alias="zebrafinch")
    link = database.work(links.make_link, by, chosen)
    person = database.work(make_person, NEWCOMER)[0]
    copy = Copy(
        clinic="Lane", practitioner="Paul", wording=(), answered_on=date(2026, 11, 23), variant="full", parts=()
    )
    keys = []
    for _number in range(2):
        share = Share(
            id=new_key(), clinic_id=clinic.id, rank=2, seen=False, created_at=clock.now,
            ends_at=clock.now + timedelta(days=90), withdrawn_at=None, copy=copy, alias="zebrafinch",
        )  # fmt: skip
        database.work(lambda db, now, one=share: store.add_share(db, person.id, link.id, paul.id, one))
        keys.append(share.id)
    return SimpleNamespace(
        database=database, clinic=clinic, paul=paul, petra=petra, person=person, earlier=keys[0], share=keys[1]
    )


def looks_at(shop, key, who, what="opened", **options):
    """As they are called now."""
    people = shop.database.work(people_service.list_practitioners, shop.clinic.id)
    now = next(one for one in people if one.id == who.id)
    by = SignedIn(sign_in_id=new_key(), practitioner=now, clinic=shop.clinic)
    return shop.database.work(shares.look, by, key, what, **options)


def told(shop, key):
    return [(one.name, one.what) for one in shop.database.work(shares.find_own, shop.person.id, key).views]


def trail(shop, key):
    lines = shop.database.work(list_trail, shop.clinic.id)
    return [(line.by, line.who, line.what) for line in reversed(lines) if line.what in LOOKS and line.about == str(key)]


def rename(shop, who, name):
    return shop.database.work(people_service.save_name, who, name)


def test_a_colleague_s_name_hides_no_look(shop):
    """Also where it was taken before names were told apart."""
    looks_at(shop, shop.earlier, shop.paul)
    with shop.database.runner.engine.begin() as connection:
        connection.execute(sqlalchemy.text("update practitioner set name = 'Paul'"))
    looks_at(shop, shop.earlier, shop.petra)

    assert told(shop, shop.earlier) == [("Paul", "opened"), ("Paul (petra@example.org)", "opened")]
    assert [by for by, _who, _what in trail(shop, shop.earlier)] == [shop.paul.id, shop.petra.id]


def test_a_new_name_within_ten_minutes_is_neither_another_one_nor_another_look(shop):
    for name in ("Petra", "Petra Prac", "Zoe", "Petra"):
        assert rename(shop, shop.petra, name) is None
        looks_at(shop, shop.earlier, shop.petra)

    assert told(shop, shop.earlier) == [("Petra", "opened")]
    assert [line[0] for line in trail(shop, shop.earlier)] == [shop.petra.id] * 4
    assert [line[1] for line in trail(shop, shop.earlier)] == ["Petra", "Petra Prac", "Zoe", "Petra"]


def test_the_name_is_the_one_of_then(shop, clock):
    looks_at(shop, shop.earlier, shop.petra)
    rename(shop, shop.petra, "Zoe")
    clock.now += timedelta(minutes=11)
    looks_at(shop, shop.earlier, shop.petra)
    shop.database.work(people_service.remove_practitioner, "petra@example.org")

    assert told(shop, shop.earlier) == [("Petra", "opened"), ("Zoe", "opened")]


@pytest.mark.parametrize("what", ["opened", "copied", "pdf", "csv", "fhir"])
def test_each_look_is_a_line_of_the_trail(shop, what):
    for _number in range(3):
        looks_at(shop, shop.share, shop.paul, what)

    kind = "share-opened" if what == "opened" else "share-copied"
    assert [line[2] for line in trail(shop, shop.share)] == [kind] * 3
    assert told(shop, shop.share) == [("Paul", what)] * (1 if what == "opened" else 3)
    with shop.database.runner.engine.connect() as connection:
        keys = connection.execute(sqlalchemy.text("select practitioner_id from share_view")).scalars().all()
    assert {str(one).replace("-", "") for one in keys} == {shop.paul.id.hex}


def test_what_was_read_beside_it_is_told_and_stands_in_the_trail(shop):
    for who in (shop.paul, shop.petra, shop.paul):
        looks_at(shop, shop.share, who)

    assert told(shop, shop.earlier) == [("Paul", "beside"), ("Petra", "beside")]
    assert [line[::2] for line in trail(shop, shop.earlier)] == [
        (shop.paul.id, "share-beside"),
        (shop.petra.id, "share-beside"),
    ]


def test_a_page_that_renews_itself_is_one_look_in_ten_minutes(shop, clock):
    looks_at(shop, shop.earlier, shop.paul)
    for _number in range(26):
        clock.now += timedelta(seconds=45)
        looks_at(shop, shop.earlier, shop.paul, renewed=True)

    assert len(trail(shop, shop.earlier)) == len(told(shop, shop.earlier)) == 2
    looks_at(shop, shop.earlier, shop.petra, renewed=True)
    assert len(trail(shop, shop.earlier)) == len(told(shop, shop.earlier)) == 3


def test_looks_of_before_without_a_key_stay_and_hide_none(shop, clock):
    with shop.database.runner.engine.begin() as connection:
        row = {"id": new_key(), "share": shop.earlier, "at": clock.now.replace(tzinfo=None)}
        if shop.database.url.startswith("sqlite"):
            row |= {"id": row["id"].hex, "share": row["share"].hex, "at": row["at"].isoformat(" ")}
        insert = "insert into share_view (id, share_id, name, what, at) values (:id, :share, 'Paul', 'opened', :at)"
        connection.execute(sqlalchemy.text(insert), row)
    looks_at(shop, shop.earlier, shop.paul)

    assert told(shop, shop.earlier) == [("Paul", "opened")] * 2


def test_a_name_longer_than_its_column_is_no_fault(shop):
    assert rename(shop, shop.petra, "P" * 80) is None
    with shop.database.runner.engine.begin() as connection:
        connection.execute(sqlalchemy.text("update practitioner set name = :name"), {"name": "P" * 80})
    assert looks_at(shop, shop.earlier, shop.petra)


# before a look


HEALTH = (
    "joint",
    "swollen",
    "hot",
    "chest",
    "breathless",
    "wrists",
    "blood",
    "rheumatoid",
    "lupus",
    "warfarin",
    "pregnan",
)
BAD = {
    **RA_HOT_JOINT, "none_right_now": "", "red_flags": ["septic-joint", "chest-pain-breathless"],
    "problem_words": "sore wrists", "precautions": ["anticoagulants"], "none_before_needles": "",
}  # fmt: skip


@pytest.fixture
def ann(client):
    return signed_in(client)


def views(client):
    with work_of(client).engine.connect() as connection:
        return connection.execute(sqlalchemy.text("select count(*) from share_view")).scalar()


def words_of(answer):
    """What can be read of a page, its title and its names of files."""
    head = " ".join(value for name, value in answer.headers.items() if name == "content-disposition")
    body = re.sub(r"<option[^>]*>.*?</option>|<label.*?</label>|<legend.*?</legend>", " ", answer.text, flags=re.S)
    return f"{head} {re.sub(r'<[^>]+>', ' ', body)}".lower()


def test_no_list_says_what_is_wrong(client, ann):
    first, second = client.another(), client.another()
    give(first, asked(first, ann, BAD, alias="label one"))
    give(second, asked(second, ann, RA_HOT_JOINT, alias="label two"))
    lists = ["/practice", *(f"/practice?show={show}" for show in ("new", "first", "second", "all"))]
    lists += ["/practice/links", "/practice/trail", "/practice/trail.csv", "/practice/people", "/practice/account"]
    lists += [re.search(r'href="(/practice/links/[^"]+)"', ann.get("/practice/links").text)[1]]
    lists += [f"{opened(ann)}/note", f"{opened(ann)}/there"]

    for path in lists:
        found = words_of(ann.get(path))
        assert [word for word in HEALTH if re.search(rf"\\b{word}", found)] == [], path

    page = ann.get("/practice?show=all").text
    assert page.index("Emergency sign<") < page.index("Danger sign: today<")
    assert "label one" in page
    assert views(client) == 0
    ann.get(opened(ann))
    assert views(client) == 1


def test_a_form_that_is_filled_in_by_the_answers_is_a_look(client, ann):
    own = give(client, asked(client, ann, RA_HOT_JOINT))
    shared = opened(ann)

    refused = ann.post(f"{shared}/send", data={"with_plan": "yes", "note": "x"})

    assert refused.status_code == 422
    assert client.get(own).text.count("Ann Lee opened it") == 1
    ann.get(shared)
    ann.get(f"{shared}/send")
    assert client.get(own).text.count("Ann Lee opened it") == 1
    lines = work_of(client).run(list_trail, clinic_of(client).id)
    assert [line.what for line in lines].count("share-opened") == 2


def test_without_script_an_open_page_is_looked_at_again_by_a_link_and_never_by_itself(client, ann):
    give(client, asked(client, ann))
    page = ann.get(opened(ann)).text
    again = re.search(r'<noscript><p><a href="([^"]+)"', page)[1]
    assert "http-equiv" not in page + ann.get("/practice").text
    ann.get(again)
    ann.get(again)

    lines = work_of(client).run(list_trail, clinic_of(client).id)
    assert [line.what for line in lines].count("share-opened") == 1


# what is the clinic's own


def test_what_only_the_clinic_calls_it_is_in_nothing_of_the_patient_s(client, ann):
    preview = asked(client, ann, alias="zebrafinch", note="quincunx")
    paths = [
        preview,
        give(client, preview),
        "/me",
        "/me/shares",
        "/me/export.json",
        "/me/export.csv",
        "/me/export.fhir.json",
    ]
    paths += [f"{paths[1]}/withdraw", "/plan", "/progress", "/quiz"]

    for path in paths:
        text = client.get(path).text.lower()
        for word in ("zebrafinch", "quincunx", "alias"):
            assert word not in text, path
    assert "zebrafinch" in ann.get("/practice").text
    for ending in (".txt", ".csv"):
        assert "zebrafinch" in ann.get(opened(ann) + ending).text


def test_a_copy_that_was_sealed_with_it_before_is_given_out_without(shop):
    old = {"clinic": "Lane", "practitioner": "Paul", "alias": "quincunx", "wording": [], "answered_on": "2026-11-23",
           "variant": "full", "parts": []}  # fmt: skip
    sealed = shop.database.work(lambda db, now: seal(db, old))
    with shop.database.runner.engine.begin() as connection:
        connection.execute(sqlalchemy.text("update share set sealed = :sealed"), {"sealed": sealed})
    by = SignedIn(sign_in_id=new_key(), practitioner=shop.paul, clinic=shop.clinic)

    assert {name_of(one) for one in shop.database.work(shares.list_inbox, by, ShareFilter(), 30)} == {"quincunx"}
    assert {one.alias for one in looks_at(shop, shop.share, shop.paul)} == {"quincunx"}
    assert "quincunx" not in str(shop.database.work(shares.export_shares, shop.person.id))
    assert {one.alias for one in shop.database.work(shares.list_own, shop.person.id)} == {""}


def test_a_file_of_before_that_holds_it_still_goes_in(client, ann):
    give(client, asked(client, ann, alias="zebrafinch"))
    file = json.loads(client.get("/me/export.json").text)
    file["shares"][0]["copy"]["alias"] = "zebrafinch"
    other = client.another()

    files = {"file": ("acupwa.json", json.dumps(file).encode(), "application/json")}
    answer = other.request("POST", "/me/import", files=files, headers={"sec-fetch-site": "same-origin"})

    assert answer.status_code < 400, answer.text
    assert "zebrafinch" not in other.get("/me/export.json").text


def test_the_preview_tells_what_the_clinic_sees_beside_the_answers(client, ann):
    page = client.get(asked(client, ann)).text

    for words in ("see when you answered", "the same person", "alongside these"):
        assert words in page
