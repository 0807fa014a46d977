"""A press on a line of the list that waited on a phone: done if the line is as it was seen, once, and else told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupwa.person.service import make_person
from acupwa.quiz.model import Answers
from acupwa.reading.as_seen import line_mark, weigh_action
from acupwa.reading.list_marks import apply_action, arrange
from acupwa.reading.model import ACTIONS, ListState
from acupwa.reading.service import act_as_seen, act_on_list, export_list, undo
from acupwa.web.queued_press import ChangedSince
from tests.support.codes import NEWCOMER
from tests.support.content import make_library, make_page
from tests.support.later import headers_of, press_of, seen_on, send

PAGES = make_library(tuple(make_page(f"page-{n}", kind="general", general=True, order=n) for n in range(3)))
PAGE, OTHER = "page-1", "page-2"
# What can be pressed with no network.
LATER = ("read", "unread", "hide", "show", "pin", "unpin")


class Reader:
    def __init__(self, database: Any, clock: Any) -> None:
        self.work, self.clock = database.work, clock
        self.id = database.work(make_person, NEWCOMER)[0].id

    @property
    def marks(self) -> ListState:
        kept = self.work(export_list, self.id)
        return kept.marks if kept else ListState()

    def seen(self, slug: str = PAGE) -> str:
        return line_mark(self.marks, slug)

    def press(self, action: str, seen: str, slug: str = PAGE, **more: Any) -> Any:
        return self.work(act_as_seen, self.id, PAGES, action, slug, press_of(seen, **more))

    def act(self, action: str, slug: str = PAGE) -> Any:
        return self.work(act_on_list, self.id, PAGES, action, slug)


@pytest.fixture
def reader(database, clock) -> Reader:
    return Reader(database, clock)


def test_a_line_that_is_as_it_was_seen_is_marked_on_the_day_of_the_press(reader, clock):
    seen, pressed_at = reader.seen(), clock.now
    clock.now += timedelta(days=3)

    reader.press("read", seen, at=pressed_at)

    assert reader.marks.read_on == {PAGE: date(2026, 11, 23)}


@pytest.mark.parametrize("off", [timedelta(days=900), timedelta(days=-900)])
def test_the_clock_of_a_phone_is_believed_within_bounds(reader, clock, off):
    reader.press("read", reader.seen(), at=clock.now + off)

    assert date(2025, 10, 1) < reader.marks.read_on[PAGE] <= clock.now.date()


def test_what_is_so_already_counts_as_done(reader):
    seen = reader.seen()
    reader.act("read")
    before = reader.marks

    reader.press("read", seen)

    assert reader.marks == before


def test_what_was_marked_otherwise_stays_and_both_are_said(reader):
    seen = reader.seen()
    reader.act("hide")
    before = reader.marks

    with pytest.raises(ChangedSince) as told:
        reader.press("pin", seen)

    assert reader.marks == before
    assert "It is now: hidden. You chose: Pin to the top." in told.value.says


def test_what_changed_on_another_line_is_no_matter(reader):
    seen = reader.seen()
    reader.act("hide", OTHER)
    reader.act("up", OTHER)

    reader.press("pin", seen)

    assert reader.marks.pinned == (PAGE,)


def test_the_same_press_again_does_nothing_even_after_undo(reader, clock):
    seen = reader.seen()
    found = reader.press("hide", seen, key="mine")
    reader.work(undo, reader.id, found.last.name)
    clock.now += timedelta(days=200)

    reader.press("hide", seen, key="mine")

    assert reader.marks.hidden == ()


def test_a_second_press_follows_the_first(reader):
    seen = reader.seen()

    reader.press("read", seen, key="first")
    reader.press("hide", seen, key="second", after="first")
    reader.press("show", seen, key="third", after="second")

    assert (list(reader.marks.read), reader.marks.hidden) == ([PAGE], ())


def test_a_page_that_is_the_same_for_everyone_shows_no_marks_and_adds_to_them_once(reader):
    reader.act("hide")
    reader.press("read", "any", key="mine")
    assert (list(reader.marks.read), reader.marks.hidden) == ([PAGE], (PAGE,))
    reader.act("unread")

    reader.press("read", "any", key="mine")

    assert reader.marks.read == {}


@pytest.mark.parametrize("action", ["up", "down"])
def test_a_move_of_a_line_is_never_done_before(action):
    assert weigh_action(ListState(), action, PAGE, ["another"], PAGES) == "changed"


@given(st.lists(st.sampled_from(LATER), max_size=4), st.sampled_from(LATER))
def test_whoever_saw_the_line_as_it_is_is_never_told_that_it_changed(before, action):
    state = after(ListState(), *before)
    assert weigh_action(state, action, PAGE, [line_mark(state, PAGE)], PAGES) == "do"
    changed = after(state, action)
    assert weigh_action(changed, action, PAGE, [line_mark(state, PAGE)], PAGES) in ("do", "done-before")


def after(state: ListState, *actions: Any) -> ListState:
    for action in actions:
        state = apply_action(state, action, PAGE, arrange(Answers(), PAGES, state), PAGES, date(2026, 11, 23))
    return state


# ------------------------------------------------------------------ any order of two phones

WHAT = st.tuples(
    st.sampled_from("ab"), st.sampled_from(["look", "press", "press", "send", "send", "again"]), st.sampled_from(LATER)
)


@settings(max_examples=60)
@given(did=st.lists(WHAT, max_size=25))
def test_whatever_two_phones_send_nothing_changes_that_was_changed_otherwise(database, clock, did):
    reader = Reader(database, clock)
    phones = {name: Phone(reader) for name in "ab"}
    for name, what, action in did:
        phone, before = phones[name], reader.marks
        match what:
            case "look":
                phone.look()
            case "press":
                phone.press(action)
            case "send":
                phone.send()
            case "again":
                phone.send_again()
                assert reader.marks == before


Kept = tuple[str, str, str, str, list[ListState]]


class Phone:
    """Of a press: key, what was seen, the press before it, what was pressed, what the line may be like for whoever pressed."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.waits: list[Kept] = []
        self.sent: list[Kept] = []
        self.last: Kept | None = None
        self.look()

    def look(self) -> None:
        self.seen, self.shown = self.reader.seen(), self.reader.marks
        self.last = self.waits[-1] if self.waits else None

    def press(self, action: str) -> None:
        known = [self.shown, *(after(one, self.last[3]) for one in (self.last[4] if self.last else ()))]
        self.last = (str(uuid4()), self.seen, self.last[0] if self.last else "", action, known)
        self.waits.append(self.last)

    def send(self) -> None:
        if not self.waits:
            return
        press = key, seen, before_it, action, known = self.waits.pop(0)
        before = self.reader.marks
        try:
            self.reader.press(action, seen, key=key, after=before_it)
        except ChangedSince:
            assert self.reader.marks == before
            return
        self.sent.append(press)
        is_so = line_mark(after(before, action), PAGE) == line_mark(before, PAGE)
        assert line_mark(self.reader.marks, PAGE) == line_mark(after(before, action), PAGE)
        assert is_so or line_mark(before, PAGE) in [line_mark(one, PAGE) for one in known]

    def send_again(self) -> None:
        for key, seen, before_it, action, _ in self.sent:
            self.reader.press(action, seen, key=key, after=before_it)


# ------------------------------------------------------------------ by HTTP


@pytest.fixture
def path(client: Any) -> str:
    """Of the first line of the list of nobody."""
    found = re.search(r'action="(/list/[^"]+)"', client.get("/list").text)
    assert found
    return found[1]


def test_the_list_says_how_it_shows_a_line(client, path):
    seen = seen_on(client.get("/list").text, path)
    assert send(client, path, {"action": "read"}, seen, key="mine").headers["location"] == "/list?done=pressed"
    client.post(path, {"action": "hide"})

    again = send(client, path, {"action": "read"}, seen, key="mine")
    told = send(client, path, {"action": "pin"}, seen)

    assert again.status_code == 303
    assert told.status_code == 409
    assert "It is now: marked as read and hidden." in told.text
    hidden = client.get("/me/export.json").json()["reading_list"]["marks"]["hidden"]
    assert hidden == [path.removeprefix("/list/")]


def test_htmx_gets_the_list_or_a_sentence(client, path):
    part = {"hx-request": "true", "hx-request-type": "partial"}
    seen = seen_on(client.get("/list").text, path)

    done = client.post(path, {"action": "read"}, headers=headers_of(seen) | part)
    told = client.post(path, {"action": "pin"}, headers=headers_of(seen) | part)

    assert 'id="reading-list"' in done.text
    assert (told.status_code, "<" in told.text) == (409, False)


def test_the_moves_up_and_down_wait_for_a_network(client):
    shown = client.get("/list").text

    kept = {action for action in ACTIONS if f'value="{action}" data-later=' in shown}
    assert kept == {"read", "pin", "hide"}


def test_a_page_of_the_library_can_be_marked_with_no_network(client):
    text = client.get("/read/what-to-expect").text

    assert seen_on(text, "/list/what-to-expect") == "any"
    assert text.count("data-later=") == 3
