"""The personal list over HTTP, and as stored."""

import re
import uuid
from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from sqlalchemy import text
from sqlmodel import Session

from acupwa.db.encryption import seal
from acupwa.db.work import Gone
from acupwa.library.model import Library, PageChange
from acupwa.person.service import make_person
from acupwa.reading.model import ListState
from acupwa.reading.service import act_on_list, export_list, forget_order, get_list
from acupwa.reading.store import ReadingListRow
from tests.support.codes import NEWCOMER
from tests.support.content import make_library, make_page
from tests.support.people import RA, answer_quiz

FRAGMENT = {"hx-request": "true", "hx-request-type": "partial"}


def general(library: Library) -> list[str]:
    """Pages for everyone: general, and of no condition or age of their own."""
    return [
        s for s, page in library.pages.items() if page.head.general and not (page.head.conditions or page.head.ages)
    ]


def test_without_a_check_in_the_list_is_general_reading_and_sets_no_cookie(client, library):
    answer = client.get("/list")

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert 'href="/quiz"' in answer.text
    for slug in general(library):
        assert f'id="page-{slug}"' in answer.text


def test_a_button_works_without_javascript(client, library):
    slug = general(library)[0]

    answer = client.post(f"/list/{slug}", {"action": "read"})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/list?done=pressed"
    assert "set-cookie" in answer.headers
    shown = client.get("/list").text
    assert shown.index("already-read") < shown.index(f'id="page-{slug}"')


def test_a_button_answers_htmx_with_the_list_and_says_what_it_did(client, library):
    slug = general(library)[0]

    answer = client.post(f"/list/{slug}", {"action": "hide"}, headers=FRAGMENT)

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert f"Hidden: {library.pages[slug].head.title}" in answer.text.replace("&#39;", "'")


def test_back_to_our_order_forgets_pins_but_not_what_was_read(client, library):
    first, second = general(library)[:2]
    client.post(f"/list/{second}", {"action": "pin"})
    client.post(f"/list/{first}", {"action": "read"})

    assert client.post("/list", {"action": "our-order"}).status_code == 303

    shown = client.get("/list").text
    assert 'value="unpin"' not in shown
    assert shown.index('value="unread"') < shown.index(f'id="page-{first}"') + 1_000


@pytest.mark.parametrize("action", ["", "delete", "READ"])
def test_an_unknown_button_is_refused_and_nothing_is_kept(client, library, action):
    answer = client.post(f"/list/{general(library)[0]}", {"action": action})

    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_a_page_that_is_not_there_is_not_found(client):
    assert client.post("/list/nothing", {"action": "read"}).status_code == 404


def test_a_write_from_another_site_is_refused(client, library):
    answer = client.post(f"/list/{general(library)[0]}", {"action": "read"}, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403


def test_two_people_have_two_lists(client, library):
    slug = general(library)[0]
    client.post(f"/list/{slug}", {"action": "hide"})

    assert "hidden-pages" not in client.another().get("/list").text


def test_after_a_check_in_the_list_is_about_the_person_safety_first(client, library: Library):
    answers = {
        "age_band": "40-64",
        "conditions": ["ra"],
        "precautions": ["anticoagulants"],
        "main_symptom": "pain",
        "Idempotency-Key": "a-key-of-this-test",
    }
    assert client.post("/quiz/whole", answers).status_code == 303

    shown = client.get("/list").text

    listed = re.findall(r'id="page-([^"]+)"', shown)
    safety = [library.pages[slug].head.safety for slug in listed]
    assert safety == sorted(safety, reverse=True)
    assert "anticoagulants" in library.pages[listed[0]].head.precautions
    assert "Because you take a blood thinner" in shown
    assert "Chosen for you from your check-in of 23 November 2026" in shown


def press_named(page: str) -> str:
    (name,) = re.findall(r'name="press" value="(\d+)"', page)
    return name


def test_what_was_pressed_is_said_and_undone_without_javascript(client, library):
    slug = general(library)[0]
    client.post(f"/list/{slug}", {"action": "pin"})
    before = client.get("/me/export.json").json()["reading_list"]["marks"]
    said = client.follow(client.post(f"/list/{slug}", {"action": "read"}))
    assert f"Marked as read: {library.pages[slug].head.title}" in said.text.replace("&#39;", "'")
    assert "autofocus" in said.text

    undone = client.post("/list", {"action": "undo", "press": press_named(said.text)})

    assert undone.headers["location"] == "/list?done=undone"
    assert "Undone. Your list is as it was before." in client.follow(undone).text
    assert client.get("/me/export.json").json()["reading_list"]["marks"] == before
    assert "Marked as read" not in client.get("/list").text


def test_undo_on_a_page_left_open_takes_back_no_newer_press(client, clock, library):
    first, second = general(library)[:2]
    old = press_named(client.post(f"/list/{first}", {"action": "hide"}, headers=FRAGMENT).text)
    clock.now += timedelta(seconds=1)
    client.post(f"/list/{second}", {"action": "read"})

    answer = client.post("/list", {"action": "undo", "press": old})

    assert answer.headers["location"] == "/list?done=same"
    marks = client.get("/me/export.json").json()["reading_list"]["marks"]
    assert (list(marks["read"]), marks["hidden"]) == ([second], [first])


def test_a_press_that_changes_nothing_says_so_and_offers_no_undo(client, library):
    first, second = general(library)[:2]
    client.post(f"/list/{first}", {"action": "pin"})
    client.post(f"/list/{second}", {"action": "read"})

    answer = client.post(f"/list/{first}", {"action": "pin"}, headers=FRAGMENT)

    assert "Nothing to change" in answer.text
    assert 'name="press"' not in answer.text


@pytest.mark.parametrize("done", ["pressed", "undone", "same", "ra", "<b>"])
def test_what_an_address_says_was_done_names_no_page_and_breaks_nothing(client, done):
    assert client.get("/list", params={"done": done}).status_code == 200


def test_the_list_shows_three_pages_at_first_and_each_reason_once_in_a_row(client, library):
    answer_quiz(client, RA)

    shown = client.get("/list").text

    before_fold, fold = shown.split('id="more-to-read"')
    assert before_fold.count('class="reading-entry"') == 3
    assert fold.count('class="reading-entry"') > 3
    headings = re.findall(r'<h2 class="reading-because">(.*?)</h2>', fold)
    assert all(one != after for one, after in pairwise(headings))
    assert "<form" in shown
    assert not re.search(r"<form[^>]*aria-label", shown.partition("<main")[2])


# ------------------------------------------------------------------ the part of the library's page that is one's own


def test_nobody_gets_pages_of_their_own(client):
    answer = client.post("/list/for-you", headers=FRAGMENT)

    assert (answer.status_code, answer.text) == (204, "")
    assert "set-cookie" not in answer.headers


def test_without_a_script_the_way_to_ones_own_pages_is_the_list(client):
    assert client.post("/list/for-you").headers["location"] == "/list"


def test_a_person_gets_their_next_three_pages_each_with_its_reason(client, library):
    answer_quiz(client, RA)
    listed = re.findall(r'id="page-([^"]+)"', client.get("/list").text)[:3]

    answer = client.post("/list/for-you", headers=FRAGMENT)

    assert answer.headers["cache-control"] == "no-store"
    assert re.findall(r'href="/read/([^"]+)"', answer.text) == listed
    assert answer.text.count("Because") == 3
    assert 'data-shelves="ra"' in answer.text


def test_the_page_of_the_library_is_the_same_for_everyone(client):
    before = client.get("/read").content
    answer_quiz(client, RA)

    assert client.get("/read").content == before
    assert b"Your reading list" in before


# ------------------------------------------------------------------ as stored

PAGES = make_library(tuple(make_page(f"page-{n}", kind="general", general=True, order=n) for n in range(3)))


def test_marks_are_kept_exported_and_go_with_the_person(database):
    person, _ = database.work(make_person, NEWCOMER)
    assert database.work(export_list, person.id) is None

    database.work(act_on_list, person.id, PAGES, "read", "page-1")
    database.work(act_on_list, person.id, PAGES, "up", "page-2")

    kept = database.work(export_list, person.id)
    assert kept.marks == ListState(
        read={"page-1": "0" * 12}, read_on={"page-1": date(2026, 11, 23)}, order=("page-2", "page-0")
    )
    found = database.work(get_list, person.id, PAGES)
    assert [listed.slug for listed in found.arranged.to_read] == ["page-2", "page-0"]
    found = database.work(forget_order, person.id, PAGES)
    assert [listed.slug for listed in found.arranged.to_read] == ["page-0", "page-2"]


def test_what_someone_reads_is_not_legible_in_the_database(database):
    person, _ = database.work(make_person, NEWCOMER)
    database.work(act_on_list, person.id, PAGES, "read", "page-1")

    def stored(db, now: datetime) -> bytes:
        return bytes(db.execute(text("select sealed from reading_list")).scalar_one())

    assert b"page-1" not in database.work(stored)


def test_a_list_needs_its_person(database):
    with pytest.raises(Gone):
        database.work(act_on_list, uuid.uuid4(), PAGES, "read", "page-1")


def test_pressing_a_button_that_changes_nothing_writes_nothing(database):
    person, _ = database.work(make_person, NEWCOMER)

    database.work(act_on_list, person.id, PAGES, "unpin", "page-1")

    assert database.work(export_list, person.id) is None


class OldState(msgspec.Struct):
    """What marks looked like before the day of a reading was kept."""

    read: dict[str, str] = {}
    hidden: tuple[str, ...] = ()


def test_marks_sealed_by_an_older_version_are_read_and_go_on(database):
    person, _ = database.work(make_person, NEWCOMER)

    def write_old(db: Session, now: datetime) -> None:
        old = OldState(read={"page-0": "as it was", "page-1": "0" * 12}, hidden=("page-2",))
        db.add(ReadingListRow(person_id=person.id, updated_at=now, sealed=seal(db, old)))

    database.work(write_old)
    assert database.work(get_list, person.id, PAGES).arranged.changed == {"page-0": ()}

    found = database.work(act_on_list, person.id, PAGES, "read", "page-0")

    assert found.arranged.changed == {}
    kept = database.work(export_list, person.id).marks
    assert (kept.read, kept.hidden) == ({"page-0": "0" * 12, "page-1": "0" * 12}, ("page-2",))
    assert kept.read_on == {"page-0": date(2026, 11, 23)}


def test_the_list_leads_with_what_changed_since_it_was_read_and_says_what(client, app, library, monkeypatch):
    slug = general(library)[0]
    client.post(f"/list/{slug}", {"action": "read"})
    assert "Changed since you read it" not in client.get("/list").text

    page = library.pages[slug]
    note = PageChange(date=date(2026, 11, 24), note="A new trial of 200 people.")
    head = msgspec.structs.replace(page.head, changes=(*page.head.changes, note))
    monkeypatch.setitem(library.pages, slug, msgspec.structs.replace(page, head=head, hash="new"))
    shown = client.get("/list").text

    assert "Changed since you read it" in shown
    assert "24 November 2026: A new trial of 200 people." in shown
    assert shown.index("A new trial") < shown.index("to read,")
    assert shown.count(f'id="page-{slug}"') == 1

    client.post(f"/list/{slug}", {"action": "read"})
    assert "Changed since you read it" not in client.get("/list").text
