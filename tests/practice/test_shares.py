"""Sharing: offered after the check-in, item by item; seen by that clinic alone, told to the patient, taken back at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy

from acupwa.practice.sharing.shares import service
from acupwa.practice.trail.service import list_trail
from tests.support.people import RA, RA_HOT_JOINT, answer_quiz
from tests.support.practitioners import KEYS, asked, clinic_of, code_of, give, make_link, opened, signed_in, work_of


@pytest.fixture
def ann(client):
    return signed_in(client)


def answers_on(page):
    """Those in the lists of what was shared."""
    lists = re.findall(r'<dl class="practice-items">(.*?)</dl>', page, re.S)
    return [answer for one in lists for answer in re.findall(r"<dd>(.*?)</dd>", one)]


def test_so_many_copies_are_kept_and_the_next_is_told_and_nothing_lost(client, monkeypatch):
    monkeypatch.setattr("acupwa.practice.sharing.shares.service.MOST_SHARES", 1)
    ann = signed_in(client)
    give(client, asked(client, ann, alias="one"))
    preview = asked(client, ann, {**RA, "ratings.fatigue": "9"}, alias="two")
    page = client.get(preview).text

    answer = client.post(
        preview,
        data={
            "item": re.findall(r'name="item" value="([^"]+)" checked', page),
            "seen": re.search(r'name="seen" value="([^"]+)"', page)[1],
        },
    )

    assert answer.status_code == 422
    assert "the limit of shared copies" in answer.text
    assert len(client.get("/me/export.json").json()["shares"]) == 1


def test_nothing_is_shared_before_the_press(client, ann):
    preview = asked(client, ann)
    client.get(preview)

    assert "/practice/inbox/" not in ann.get("/practice").text


def test_the_preview_says_who_what_for_and_how_long_and_shows_every_answer(client, ann):
    page = client.get(asked(client, ann, share_days="90")).text

    for words in ("Needle Lane", "Ann Lee", "What for:", "90 days", "withdraw it", "sore wrists", "6 of 10"):
        assert words in page, words


def test_the_clinic_sees_exactly_what_was_left_in(client, ann):
    copy = give(client, asked(client, ann), leave_out=("sore wrists", "Country"))

    page = ann.get(opened(ann)).text
    own = client.get(copy).text

    for text in (page, own):
        assert "sore wrists" not in text
        assert "United Kingdom" not in text
        assert "6 of 10" in text
    assert answers_on(page) == answers_on(own)


def test_what_is_left_out_leaves_no_trace_in_the_inbox(client, ann):
    give(client, asked(client, ann, RA_HOT_JOINT), leave_out=("Signs you", "You ticked"))

    assert "Danger sign:" not in ann.get("/practice").text
    assert "Danger signs</h2>" not in ann.get(opened(ann)).text


def test_answers_changed_after_the_preview_are_shown_again_first(client, ann):
    preview = asked(client, ann)
    keys = KEYS.findall(client.get(preview).text)

    answer = client.post(preview, data={"item": keys, "seen": "something else"})

    assert answer.status_code == 422
    assert "answers have changed" in answer.text
    assert client.post(preview, data={"seen": "x"}).status_code == 422
    assert "/practice/inbox/" not in ann.get("/practice").text


def test_saying_no_ends_the_question(client, ann):
    preview = asked(client, ann)

    result = client.follow(client.post(f"{preview}/decline"))

    assert "/me/share/" not in result.text
    assert "These answers are not shared" in client.get(preview).text


def test_sharing_is_done_once_and_the_link_says_done(client, ann):
    preview = asked(client, ann, kind="personal")
    give(client, preview)

    assert "You shared this with Needle Lane" in client.get(preview).text
    assert "done" in ann.get("/practice/links").text


def test_a_withdrawn_link_takes_no_share_any_more(client, ann):
    link = make_link(ann)
    client.post(f"/l/{code_of(ann, link)}")
    ann.post(f"{link}/withdraw")

    assert "/me/share/" not in client.follow(answer_quiz(client, RA)).text


def test_taking_it_back_ends_the_view_at_once_and_the_trail_says_so(client, ann):
    copy = give(client, asked(client, ann))
    shared = opened(ann)
    assert ann.get(f"{shared}/there").status_code == 200

    client.post(f"{copy}/withdraw")

    for path in (shared, f"{shared}.txt", f"{shared}/there"):
        assert ann.get(path).status_code == 404
    assert ann.post(f"{shared}/seen").status_code == 404
    assert "/practice/inbox/" not in ann.get("/practice").text
    assert "withdrawn" in client.get(copy).text
    assert work_of(client).run(list_trail, clinic_of(client).id)[0].what == "share-withdrawn"


def test_a_share_ends_at_its_time_and_is_deleted(client, clock, ann):
    give(client, asked(client, ann, share_days="90"))
    shared = opened(ann)
    clock.now += timedelta(days=90)
    ann.post("/practice/sign-in", data={"email": "ann@example.org", "password": "four words apart today"})

    assert ann.get(shared).status_code == 404
    assert work_of(client).run(service.forget_ended) == 1


def test_the_patient_sees_who_opened_it_and_took_it_along(client, clock, ann):
    copy = give(client, asked(client, ann))
    assert "Nobody yet." in client.get(copy).text
    shared = opened(ann)
    ann.get(shared)
    ann.get(shared)
    ann.get(f"{shared}.txt")
    clock.now += timedelta(hours=1)
    ann.get(shared)

    page = client.get(copy).text
    assert page.count("Ann Lee opened it") == 2
    assert page.count("Ann Lee copied it as text") == 1


def test_the_trail_and_the_plain_columns_hold_no_answer(client, ann):
    give(client, asked(client, ann))
    ann.get(opened(ann))

    with work_of(client).engine.connect() as connection:
        for table in ("trail", "share", "share_view", "link", "asked"):
            rows = str(connection.execute(sqlalchemy.text(f"select * from {table}")).all())
            assert "wrists" not in rows
            assert "rheumatoid" not in rows.lower()


def test_the_inbox_puts_danger_signs_first_then_worse_then_the_newest(client, clock, ann):
    danger, worse, plain, newest = (client.another() for _ in range(4))
    give(danger, asked(danger, ann, RA_HOT_JOINT, alias="danger"))
    answer_quiz(worse, RA)
    give(plain, asked(plain, ann, RA, alias="plain"))
    clock.now += timedelta(days=8)
    ann.post("/practice/sign-in", data={"email": "ann@example.org", "password": "four words apart today"})
    give(worse, asked(worse, ann, {**RA, "ratings.problem": "10"}, alias="worse"))
    give(newest, asked(newest, ann, RA, alias="newest"))

    page = ann.get("/practice").text

    order = sorted(("danger", "worse", "newest", "plain"), key=lambda name: page.index(f">{name}</bdi></a>"))
    assert order == ["danger", "worse", "newest", "plain"]
    assert "Danger sign:" in page
    assert "is worse" in page


def test_marked_as_seen_goes_to_the_other_list_and_back(client, ann):
    give(client, asked(client, ann))
    shared = opened(ann)

    ann.post(f"{shared}/seen")
    assert shared not in ann.get("/practice").text
    assert shared in ann.get("/practice?show=all").text

    ann.post(f"{shared}/seen", data={"seen": "no"})
    assert shared in ann.get("/practice").text


def test_the_inbox_comes_in_pages_with_a_constant_number_of_queries(client, ann):
    give(client, asked(client, ann))
    engine = work_of(client).engine

    def queries(path):
        counted = []
        listener = lambda *given: counted.append(given[2])  # noqa: E731
        sqlalchemy.event.listen(engine, "before_cursor_execute", listener)
        text = ann.get(path).text
        sqlalchemy.event.remove(engine, "before_cursor_execute", listener)
        return len(counted), text

    one, _page = queries("/practice")
    _multiply(engine, 64)
    many, page = queries("/practice")

    assert many == one
    seen = set(re.findall(r'"(/practice/inbox/[^"]+)"', page))
    assert len(seen) == 30
    while more := re.search(r'href="(/practice\?[^"]*after=[^"]+)"', page):
        page = ann.get(more[1].replace("&amp;", "&")).text
        found = set(re.findall(r'"(/practice/inbox/[^"]+)"', page))
        assert not found & seen
        seen |= found
    assert len(seen) == 65


def _multiply(engine, times):
    from acupwa.db.tables import new_key

    with engine.begin() as connection:
        row = dict(connection.execute(sqlalchemy.text("select * from share")).mappings().one())
        for _ in range(times):
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(
                sqlalchemy.text(f"insert into share ({names}) values ({values})"), {**row, "id": new_key().hex}
            )


def test_one_patient_two_clinics_each_sees_its_own(client, ann):
    eve = signed_in(client, "eve@example.org", name="Eve Roe", clinic="Elsewhere")
    give(client, asked(client, ann))
    assert "/practice/inbox/" in ann.get("/practice").text
    assert "/practice/inbox/" not in eve.get("/practice").text
    assert eve.get(opened(ann)).status_code == 404


def test_deleting_everything_takes_the_shares_along(client, ann):
    give(client, asked(client, ann))
    shared = opened(ann)

    client.post("/me/delete")

    assert ann.get(shared).status_code == 404
