"""Writes of one screen that arrive late, twice or the wrong way round: what the person said last is what is kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupwa.person.service import make_person
from acupwa.quiz.model import SCREENS, STAMP_FIELDS, Write
from acupwa.quiz.posted_screen import PostedScreen
from acupwa.quiz.service import (
    find_check_in,
    list_check_ins,
    put_check_ins,
    save_draft,
    save_screen,
)
from acupwa.quiz.write_order import (
    PageStamp,
    read_stamp,
    takes_draft,
    weigh_press,
    write_of_draft,
    write_of_dropped_press,
    write_of_press,
)
from acupwa.web.forms import FormData
from tests.quiz.test_check_ins import DAYS
from tests.quiz.test_check_ins import FIELDS as ANSWERS
from tests.quiz.test_check_ins import begin as begin_stored
from tests.quiz.test_pages import HTMX, begin, go_through
from tests.quiz.test_phone import SIGN, type_and_leave, until_saved
from tests.support.browser import PHONE, phone_page, until
from tests.support.codes import NEWCOMER
from tests.support.modules import started
from tests.support.people import RA, answer_quiz
from tests.support.walk import posted_to, tick

CHEST = "chest-pain-breathless"
NONE = {"none_right_now": "1"}
ELSEWHERE = "You have answered this screen on another page or phone since you opened it here."
FOLLOW_UP_ANSWERS = {
    "red_flags": [CHEST, "collapsed-lung-after-session"],
    "sessions_since": "3",
    "side_effects": ["tired"],
    "ratings.problem": "4",
    "note": "slept well",
}
OLDER = {
    "right-now": NONE,
    "about-you": {"age_band": "18-39", "conditions": ["ms"]},
    "lately": {"none_lately": "1"},
    "ratings": {"instruments.peg.1": "9", "ratings.fatigue": "9"},
    "follow-up": {**NONE, "sessions_since": "1", "none_side_effects": "1", "instruments.peg.1": "9"},
    "impact": {"instruments.phq4.1": "3"},
    "before-needles": {"none_before_needles": "1"},
    "what-matters": {"problem_words": "older words", "ratings.problem": "1"},
}
NEWER = {**ANSWERS, "right-now": {"red_flags": [CHEST]}, "lately": {"red_flags": ["septic-joint"]}}


def opened(client, address):
    """The hidden fields of a page as it stands now: what it was made from."""
    return fields_in(client.get(address).text)


def fields_in(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\d*)">', page))


def made(page, seconds):
    """`page` as its script sends it, so long after it was opened."""
    return page | {"made": str(int(page["opened"]) + seconds * 1000)}


def kept(client):
    return client.get("/me/export.json").json()["check_ins"][0]["answers"]


def follow_up(client):
    answer_quiz(client, RA)
    return client.post("/quiz", {"variant": "follow-up"}).headers["location"]


# ------------------------------------------------------------------ a late draft


def test_a_held_autosave_does_not_take_off_a_danger_sign(client):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    client.post(f"{place}/right-now", data={"red_flags": [CHEST], **page})

    late = client.post(f"{place}/right-now/draft", data={**NONE, **page}, headers=HTMX)

    assert late.status_code == 409
    assert "Saved" not in late.text
    assert ELSEWHERE in late.text
    assert f'href="{place}/right-now"' in late.text
    assert kept(client)["red_flags"] == [CHEST]
    assert '<section class="care emergency-now">' in client.get(f"{place}/about-you").text


def test_without_htmx_a_late_draft_is_told_in_the_status_alone(client):
    place = begin(client)
    client.post(f"{place}/right-now", data={"red_flags": [CHEST]})

    late = client.post(f"{place}/right-now/draft", data=NONE)

    assert (late.status_code, late.text, late.headers["cache-control"]) == (409, "", "no-store")


@pytest.mark.parametrize("screen", SCREENS[:-1])
@pytest.mark.parametrize("hidden", ["as the page says", "of an earlier release"])
def test_a_late_draft_changes_no_screen_of_the_full_quiz(client, screen, hidden):
    place = begin(client)
    go_through(client, place, until=screen)
    page = opened(client, f"{place}/{screen}") if hidden == "as the page says" else {}
    assert client.post(f"{place}/{screen}", data={**NEWER[screen], **page}).status_code == 303
    before = kept(client)

    late = client.post(f"{place}/{screen}/draft", data={**OLDER[screen], **page}, headers=HTMX)

    assert late.status_code == 409
    assert kept(client) == before


def test_a_late_draft_changes_nothing_of_a_follow_up(client):
    place = follow_up(client)
    page = opened(client, place)
    assert client.post(place, data={**FOLLOW_UP_ANSWERS, **page}).status_code == 303
    before = kept(client)

    late = client.post(f"{place}/draft", data={**OLDER["follow-up"], **page}, headers=HTMX)

    assert late.status_code == 409
    assert kept(client) == before


def test_a_late_draft_of_a_second_tab_is_not_taken_and_one_of_a_new_page_is(client, clock):
    place = begin(client)
    second = opened(client, f"{place}/right-now")
    clock.now += timedelta(seconds=9)
    client.post(f"{place}/right-now", data={"red_flags": [CHEST], **opened(client, f"{place}/right-now")})

    late = client.post(f"{place}/right-now/draft", data={**NONE, **made(second, 60)}, headers=HTMX)
    anew = opened(client, f"{place}/right-now")
    taken = client.post(f"{place}/right-now/draft", data={"red_flags": ["sepsis"], **anew}, headers=HTMX)

    assert (late.status_code, taken.status_code) == (409, 200)
    assert kept(client)["red_flags"] == ["sepsis"]


def test_a_draft_of_one_screen_says_nothing_of_another(client):
    place = begin(client)
    page = opened(client, f"{place}/about-you")
    client.post(f"{place}/right-now", data={"red_flags": [CHEST]})

    assert client.post(f"{place}/about-you/draft", data={"age_band": "40-64", **page}).status_code == 204


def test_drafts_of_one_page_that_arrive_the_wrong_way_round_keep_the_newest(client, clock):
    place = begin(client)
    page = opened(client, f"{place}/what-matters")
    go_through(client, place, until="what-matters")
    clock.now += timedelta(minutes=1)
    address = f"{place}/what-matters/draft"

    codes = [
        client.post(address, data={"problem_words": words, **made(page, seconds)}).status_code
        for words, seconds in (("sore", 1), ("sore wrists", 3), ("sore w", 2), ("sore wrists too", 4))
    ]

    assert codes == [204, 204, 409, 204]
    assert kept(client)["problem_words"] == "sore wrists too"


def test_a_draft_of_a_page_that_never_showed_another_pages_draft_is_not_taken(client, clock):
    """Neither by the clock: the second page is open longer, and sends later."""
    place = begin(client)
    second = opened(client, f"{place}/right-now")
    clock.now += timedelta(seconds=1)
    first = opened(client, f"{place}/right-now")
    clock.now += timedelta(minutes=1)
    client.post(f"{place}/right-now/draft", data={"red_flags": [CHEST], **made(first, 1)})

    later = client.post(f"{place}/right-now/draft", data={**NONE, **made(second, 30)})
    own = client.post(f"{place}/right-now/draft", data={"red_flags": [CHEST, "sepsis"], **made(first, 2)})

    assert (later.status_code, own.status_code) == (409, 204)
    assert set(kept(client)["red_flags"]) == {CHEST, "sepsis"}


def test_a_draft_of_a_page_from_before_the_end_is_not_told_as_saved(client):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    go_through(client, place)
    client.post(f"{place}/finish")

    late = client.post(f"{place}/right-now/draft", data={"red_flags": [CHEST], **page}, headers=HTMX)

    assert late.status_code == 409
    assert not kept(client).get("red_flags")


# ------------------------------------------------------------------ a press


def test_a_stale_press_that_would_take_off_a_sign_is_asked_about_once(client):
    place = begin(client)
    second = opened(client, f"{place}/right-now")
    client.post(f"{place}/right-now", data={"red_flags": [CHEST], **second})

    asked = client.post(f"{place}/right-now", data={"red_flags": ["sepsis"], **second})

    assert asked.status_code == 422
    assert asked.text.count(ELSEWHERE) == 2, "above and beside the field"
    assert kept(client)["red_flags"] == [CHEST]
    for sign in (CHEST, "sepsis"):
        assert f'value="{sign}" checked' in asked.text
    again = client.post(f"{place}/right-now", data={**NONE, **fields_in(asked.text)})
    assert again.status_code == 303
    assert not kept(client).get("red_flags")


def test_none_of_these_is_not_ticked_beside_the_sign_that_is_asked_about(client):
    place = begin(client)
    second = opened(client, f"{place}/right-now")
    client.post(f"{place}/right-now", data={"red_flags": [CHEST]})

    asked = client.post(f"{place}/right-now", data={**NONE, **second})

    ticked = re.findall(r'name="(\w+)" value="([^"]*)"[^>]* checked', asked.text)
    assert ticked == [("groups", "chest-and-breath"), ("red_flags", CHEST)], "the sign and the row it stands in"
    again = {"red_flags": [CHEST], **fields_in(asked.text)}
    assert client.post(f"{place}/right-now", data=again).status_code == 303


@pytest.mark.parametrize("sign", [CHEST, "collapsed-lung-after-session"])
def test_in_a_follow_up_it_is_asked_about_as_well(client, sign):
    place = follow_up(client)
    page = opened(client, place)
    client.post(place, data={"red_flags": [sign], **page})

    asked = client.post(place, data={**NONE, **page})

    assert asked.status_code == 422
    assert ELSEWHERE in asked.text
    assert kept(client)["red_flags"] == [sign]
    assert client.post(place, data={**NONE, **fields_in(asked.text)}).status_code == 303


@pytest.mark.parametrize(
    ("screen", "newer", "stale", "ticked"),
    [
        ("before-needles", {"precautions": ["hot-swollen-joint"]}, OLDER["before-needles"], "hot-swollen-joint"),
        ("about-you", {"age_band": "40-64", "conditions": ["hashimoto"]}, OLDER["about-you"], "hashimoto"),
    ],
)
def test_a_sign_that_follows_from_other_answers_is_asked_about_as_well(client, screen, newer, stale, ticked):
    place = begin(client)
    pregnant = {"precautions": ["pregnancy", "hot-swollen-joint"]}
    go_through(client, place, **{"about-you": {**ANSWERS["about-you"], "conditions": ["hashimoto"]}})
    client.post(f"{place}/before-needles", data=pregnant | opened(client, f"{place}/before-needles"))
    page = opened(client, f"{place}/{screen}")
    assert client.post(f"{place}/{screen}", data={**newer, **page}).status_code == 303

    asked = client.post(f"{place}/{screen}", data={**stale, **page})

    assert asked.status_code == 422
    assert f'value="{ticked}" checked' in asked.text


@pytest.mark.parametrize("screen", SCREENS[:-1])
def test_a_stale_press_that_takes_off_no_sign_counts(client, screen):
    place = begin(client)
    go_through(client, place, until=screen)
    page = opened(client, f"{place}/{screen}")
    client.post(f"{place}/{screen}", data={**OLDER[screen], **page})

    answer = client.post(f"{place}/{screen}", data={**NEWER[screen], **page})

    assert answer.status_code == 303
    assert client.post(f"{place}/{screen}/draft", data=page).status_code == 409


def test_a_held_press_does_not_undo_a_newer_draft_of_its_page(client, clock):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    clock.now += timedelta(minutes=1)
    client.post(f"{place}/right-now/draft", data={"red_flags": [CHEST], **made(page, 5)})

    held = client.post(f"{place}/right-now", data={**NONE, **made(page, 4)})

    assert held.headers["location"] == f"{place}/right-now", "what came after it was not pressed yet"
    assert kept(client)["red_flags"] == [CHEST]


def test_a_held_press_does_not_undo_a_newer_press(client, clock):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    clock.now += timedelta(minutes=1)
    client.post(f"{place}/right-now", data={"red_flags": [CHEST], **made(page, 5)})

    held = client.post(f"{place}/right-now", data={**NONE, **made(page, 4)})

    assert held.headers["location"] == f"{place}/about-you"
    assert kept(client)["red_flags"] == [CHEST]


def test_a_press_that_came_too_late_closes_the_drafts_that_it_agreed_with(client, clock):
    place = begin(client)
    first = opened(client, f"{place}/right-now")
    clock.now += timedelta(seconds=1)
    second = opened(client, f"{place}/right-now")
    clock.now += timedelta(minutes=1)
    client.post(f"{place}/right-now/draft", data={"red_flags": [CHEST], **made(second, 5)})

    client.post(f"{place}/right-now", data={"red_flags": [CHEST], **made(first, 3)})

    assert client.post(f"{place}/right-now/draft", data={**NONE, **made(second, 7)}).status_code == 409
    assert kept(client)["red_flags"] == [CHEST]


def test_a_sign_in_a_press_that_came_too_late_is_not_passed_over(client, clock):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    clock.now += timedelta(minutes=1)
    client.post(f"{place}/right-now", data={**NONE, **made(page, 5)})

    held = client.post(f"{place}/right-now", data={"red_flags": [CHEST], **made(page, 4)})

    assert held.status_code == 422
    assert f'value="{CHEST}" checked' in held.text
    assert not kept(client).get("red_flags")


def test_a_press_of_a_page_that_never_showed_a_draft_is_asked_about(client, clock):
    place = begin(client)
    second = opened(client, f"{place}/right-now")
    clock.now += timedelta(seconds=1)
    client.post(f"{place}/right-now/draft", data={"red_flags": [CHEST], **opened(client, f"{place}/right-now")})

    assert client.post(f"{place}/right-now", data={**NONE, **second}).status_code == 422
    assert kept(client)["red_flags"] == [CHEST]


def test_a_faulty_form_comes_back_as_what_it_was_made_from(client, clock):
    """So that it can neither hide what came from elsewhere, nor be held for a stranger to its own drafts."""
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    client.post(f"{place}/right-now/draft", data={"red_flags": [CHEST], **page})
    clock.now += timedelta(seconds=1)

    own = fields_in(client.post(f"{place}/right-now", data=page).text)
    assert client.post(f"{place}/right-now", data={"red_flags": ["sepsis"], **own}).status_code == 303
    stale = client.post(f"{place}/right-now", data={"red_flags": ["sepsis"], **NONE, **page})

    assert stale.status_code == 422
    assert client.post(f"{place}/right-now", data={**NONE, **fields_in(stale.text)}).status_code == 422
    assert kept(client)["red_flags"] == ["sepsis"]


def test_a_change_after_the_end_is_a_press_like_any_other(client):
    place = begin(client)
    go_through(client, place)
    client.post(f"{place}/finish")
    page = opened(client, f"{place}/lately")
    client.post(f"{place}/lately", data={"red_flags": ["septic-joint"], **page})

    assert client.post(f"{place}/lately", data={"none_lately": "1", **page}).status_code == 422
    assert kept(client)["red_flags"] == ["septic-joint"]


def test_pause_keeps_what_is_on_the_screen_and_no_late_draft_undoes_it(client):
    place = begin(client)
    page = opened(client, f"{place}/right-now")

    paused = client.follow(client.post(f"{place}/right-now/pause", data={"red_flags": [CHEST], **page}))
    late = client.post(f"{place}/right-now/draft", data={**NONE, **page})

    assert (paused.status_code, late.status_code) == (200, 409)
    assert "not saved" not in paused.text
    assert kept(client)["red_flags"] == [CHEST]
    assert client.get(place).headers["location"] == f"{place}/right-now"


def test_a_pause_with_a_danger_sign_says_what_to_do_before_anything_else(client):
    place = begin(client)
    signs = {"red_flags": [CHEST], **opened(client, f"{place}/right-now")}

    paused = client.follow(client.post(f"{place}/right-now/pause", data=signs)).text

    assert paused.index("Get help now") < paused.index("Your answers are safe")
    assert 'href="tel:112"' in paused
    assert "Take a rest" not in paused


def test_pause_on_a_stale_page_is_asked_about_like_any_press(client):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    client.post(f"{place}/right-now", data={"red_flags": [CHEST], **page})

    asked = client.post(f"{place}/right-now/pause", data={**NONE, **page})

    assert asked.status_code == 422
    assert f'value="{CHEST}" checked' in asked.text
    assert kept(client)["red_flags"] == [CHEST]
    again = {"red_flags": [CHEST, "sepsis"], **fields_in(asked.text)}
    assert "Paused" in client.follow(client.post(f"{place}/right-now/pause", data=again)).text
    assert set(kept(client)["red_flags"]) == {CHEST, "sepsis"}


def test_pause_on_a_stale_page_keeps_a_sign_that_was_never_stored(client):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    client.post(f"{place}/right-now", data={**NONE, **page})

    client.post(f"{place}/right-now/pause", data={"red_flags": ["stroke-fast"], **page})

    assert kept(client)["red_flags"] == ["stroke-fast"]


def test_a_pause_that_comes_too_late_gives_the_code_and_says_what_is_left_out(client, clock):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    clock.now += timedelta(seconds=30)
    client.post(f"{place}/right-now", data={"red_flags": [CHEST], **made(page, 20)})

    paused = client.follow(client.post(f"{place}/right-now/pause", data={"red_flags": [CHEST], **made(page, 10)}))

    assert "Paused" in paused.text
    assert "your ticks and words from this page are not saved." in paused.text
    assert kept(client)["red_flags"] == [CHEST]


# ------------------------------------------------------------------ what a form says of itself


GARBAGE = ("", "x", "-1", "1.5", "1e9", "٣", "²", "9" * 400, "\x00", " 0 ", "NaN")


@pytest.mark.parametrize("name", STAMP_FIELDS)
@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_counts_as_left_out(client, name, value):
    place = begin(client)
    page = opened(client, f"{place}/right-now") | {name: value}

    assert client.post(f"{place}/right-now/draft", data={**NONE, **page}).status_code == 204
    assert client.post(f"{place}/right-now", data={"red_flags": [CHEST], **page}).status_code == 303
    assert client.post(f"{place}/right-now/draft", data={**NONE, **page}).status_code == 409
    assert kept(client)["red_flags"] == [CHEST]


def test_a_press_that_names_no_version_counts_and_its_draft_does_not(client):
    place = begin(client)
    assert client.post(f"{place}/right-now", data={"red_flags": [CHEST]}).status_code == 303

    assert client.post(f"{place}/right-now/draft", data=NONE).status_code == 409
    assert kept(client)["red_flags"] == [CHEST]
    assert client.post(f"{place}/right-now", data=NONE).status_code == 303
    assert "red_flags" not in kept(client)


def test_what_is_said_to_be_made_in_the_future_was_made_now(client, clock):
    place = begin(client)
    page = opened(client, f"{place}/right-now")
    client.post(f"{place}/right-now/draft", data={**NONE, **made(page, 9999)})
    clock.now += timedelta(seconds=2)

    assert client.post(f"{place}/right-now/draft", data={"red_flags": [CHEST], **made(page, 2)}).status_code == 204
    assert kept(client)["red_flags"] == [CHEST]


def test_without_scripts_the_fields_stand_in_the_page_and_each_press_makes_a_version(client):
    place = begin(client)
    versions = []
    for _ in range(3):
        page = opened(client, f"{place}/right-now")
        versions.append(page["version"])
        client.post(f"{place}/right-now", data={**NONE, **page})

    assert versions == ["0", "1", "2"]
    assert set(page) == set(STAMP_FIELDS)


def test_the_order_is_no_part_of_what_is_taken_along(client):
    place = begin(client)
    client.post(f"{place}/right-now", data=NONE)

    assert "writes" not in client.get("/me/export.json").json()["check_ins"][0]


def right_now(check_in, fields):
    return PostedScreen(check_in=check_in.id, screen="right-now", form=FormData.of(fields), draft_days=DAYS)


def test_a_file_brought_in_is_newer_than_any_open_page(database, library, clock):
    person = database.work(make_person, NEWCOMER)[0].id
    check_in = begin_stored(database, person, library)
    database.work(put_check_ins, person, database.work(list_check_ins, person))

    draft = database.work(save_draft, person, right_now(check_in, NONE), library)

    assert not draft.taken


def test_answers_and_their_order_are_kept_together_on_both_databases(database, library, clock):
    person = database.work(make_person, NEWCOMER)[0].id
    check_in = begin_stored(database, person, library)
    signs = right_now(check_in, {"red_flags": [CHEST]})
    none = right_now(check_in, {**NONE, "version": "0"})

    database.work(save_screen, person, signs, library)
    draft = database.work(save_draft, person, none, library)
    stale = database.work(save_screen, person, none, library)

    assert not draft.taken
    assert stale.read.errors
    assert database.work(find_check_in, person, check_in.id).answers.red_flags == (CHEST,)


# ------------------------------------------------------------------ in any order


PRESS = "press"
SIGNS = {True: {CHEST}, False: set[str]()}
PAGES = {"one": 1_000, "other": 1_001}
STEPS = st.lists(
    st.tuples(st.sampled_from(["draft", PRESS]), st.sampled_from(sorted(PAGES)), st.booleans()), min_size=1, max_size=7
)


class Screen:
    """One sign on one screen, as it is stored while writes arrive."""

    def __init__(self):
        self.ticked, self.last = False, Write()

    def press(self, ticked, sent):
        verdict = weigh_press(self.last, sent, SIGNS[self.ticked], SIGNS[ticked])
        if verdict == "take":
            self.ticked, self.last = ticked, write_of_press(self.last, sent)
        elif verdict == "drop":
            self.last = write_of_dropped_press(self.last, sent)
        return verdict

    def draft(self, ticked, sent):
        taken = takes_draft(self.last, sent)
        if taken:
            self.ticked, self.last = ticked, write_of_draft(self.last, sent)
        return taken

    def arrive(self, number, step):
        """The writes of two pages that were open from the start, each made a second after the one before."""
        kind, page, ticked = step
        sent = PageStamp(opened=PAGES[page], made=1_000 * (number + 2))
        return self.press(ticked, sent) if kind == PRESS else self.draft(ticked, sent)


@settings(max_examples=1000)
@given(steps=STEPS, data=st.data())
def test_in_whatever_order_they_arrive_a_sign_ticked_by_the_newest_press_is_not_lost(steps, data):
    """What the page itself unticked after its press is no loss."""
    screen = Screen()
    arrived = data.draw(st.permutations(range(len(steps))))
    verdicts = {number: screen.arrive(number, steps[number]) for number in arrived}

    newest = max((number for number, (kind, _, _) in enumerate(steps) if kind == PRESS), default=None)
    if newest is None:
        return
    _, on, _ = steps[newest]
    if all(ticked for _, page, ticked in steps[newest:] if page == on):
        assert screen.ticked or verdicts[newest] == "ask"


@settings(max_examples=1000)
@given(steps=STEPS, data=st.data())
def test_no_page_takes_off_a_sign_that_it_never_showed(steps, data):
    """A third page is opened while the writes of the other two are still on their way."""
    screen = Screen()
    arrived = data.draw(st.permutations(range(len(steps))))
    before = data.draw(st.integers(0, len(steps)))
    for number in arrived[:before]:
        screen.arrive(number, steps[number])
    shown, sent = screen.ticked, PageStamp(version=screen.last.version, opened=5_000, made=90_000)
    for number in arrived[before:]:
        screen.arrive(number, steps[number])

    if screen.ticked and not shown:
        assert not screen.draft(False, sent)
        assert screen.press(False, sent) == "ask"


@given(steps=st.permutations(range(1, 7)))
def test_of_the_drafts_of_one_page_the_newest_stays(steps):
    last, stored = Write(), 0
    for number in steps:
        sent = PageStamp(opened=1_000, made=1_000 + number)
        if takes_draft(last, sent):
            last, stored = write_of_draft(last, sent), number

    assert stored == 6


@given(page=st.builds(PageStamp, version=st.integers(0, 3), opened=st.sampled_from([0, 5, 9]), made=st.integers(0, 9)))
def test_no_draft_of_an_older_version_is_ever_taken_after_a_press(page):
    pressed = write_of_press(Write(page.version), page)

    assert not takes_draft(pressed, page)
    assert weigh_press(pressed, page, {CHEST}, set()) != "take"


@given(st.dictionaries(st.sampled_from(STAMP_FIELDS), st.text(max_size=30)))
def test_any_text_is_read_as_a_number_that_can_be(fields):
    now = datetime(2026, 11, 23, tzinfo=UTC)

    sent = read_stamp(FormData.of(fields), now)

    assert min(sent.version, sent.opened, sent.made) >= 0
    assert sent.made <= now.timestamp() * 1000


# ------------------------------------------------------------------ in a browser


class Held:
    """Keeps each autosave of a page back until it is let go; everything else passes."""

    def __init__(self, page):
        self.requests = []
        page.route("**/draft", lambda route: self.requests.append(route.request))

    def let_go(self, context):
        """As a slow network does: the page that sent it is gone, the request arrives."""
        return [
            context.request.post(one.url, data=one.post_data, headers=sent_with(one)).status for one in self.requests
        ]


def sent_with(request):
    kept = ("content-type", "hx-request", "hx-request-type", "accept")
    return {name: value for name, value in request.headers.items() if name in kept} | {"sec-fetch-site": "same-origin"}


@pytest.fixture
def slow(browser, shared_server):
    """A phone without a worker: a route sees its requests as they are."""
    context = browser.new_context(**PHONE, base_url=shared_server.url, service_workers="block")
    page = context.new_page()
    page.goto("/quiz")
    page.get_by_role("button", name="Agree and start").click()
    page.wait_for_url("**/right-now")
    started(page)
    yield page
    context.close()


@pytest.mark.browser
def test_an_autosave_held_for_three_seconds_arrives_after_the_press_and_the_sign_stays(slow):
    held = Held(slow)
    none = slow.get_by_label("None of these")
    none.check()
    until(slow, lambda: held.requests, milliseconds=5_000)
    none.uncheck()
    tick(slow.get_by_label(SIGN))
    slow.get_by_role("button", name="Continue").click()
    slow.wait_for_url("**/about-you")
    slow.wait_for_timeout(3_000)

    assert "made=1" in held.requests[0].post_data, "the page says when it was made"
    assert set(held.let_go(slow.context)) == {409}

    slow.reload()
    assert slow.locator("main > .care.emergency-now").is_visible()
    slow.get_by_role("link", name="Back").click()
    assert slow.get_by_label(SIGN).is_checked()
    assert not slow.get_by_label("None of these").is_checked()


@pytest.mark.browser
def test_a_second_tab_is_told_that_its_change_is_not_saved_and_leads_to_what_is(slow):
    second = slow.context.new_page()
    second.goto(slow.url)
    started(second)
    tick(slow.get_by_label(SIGN))
    slow.get_by_role("button", name="Continue").click()
    slow.wait_for_url("**/about-you")

    second.get_by_label("None of these").check()

    second.get_by_text(ELSEWHERE).wait_for()
    assert second.locator(".quiz-saved-mark").count() == 0
    assert second.evaluate("document.documentElement.scrollWidth") <= 390
    second.get_by_role("button", name="Continue").click()
    second.locator("#error-summary").wait_for()
    assert second.get_by_label(SIGN).is_checked()
    second.goto(second.url)
    second.get_by_label("None of these").check()
    second.locator(".quiz-saved-mark").wait_for()


# In one turn, so that no autosave comes between them, however slow the machine is.
TICKED_AND_PRESSED = """(sign) => {
  sign.closest(".door").querySelector('[name="groups"]').click();
  sign.click();
  document.getElementById("go-on").click();
}"""


# Of a page that is ended without being told.
UNTOLD = """for (const name of ["pagehide", "visibilitychange"]) {
  addEventListener(name, (event) => event.stopImmediatePropagation(), true);
}"""


@pytest.mark.browser
def test_what_was_typed_before_a_link_is_saved_by_a_browser_that_ends_pages_unasked(browser, shared_server):
    with phone_page(browser, shared_server.url) as page:
        page.add_init_script(UNTOLD)
        posted_to(page, "what-matters")
        started(page)

        address = type_and_leave(page, "sore wrists")

        until_saved(page, address, "sore wrists")


@pytest.mark.browser
def test_what_waits_to_be_saved_goes_with_the_press(slow):
    """Pressed at once after a tick, on a network that is slow to answer: no autosave follows the press."""
    drafts = []
    slow.route("**/right-now/draft", lambda route: (drafts.append(route), route.continue_()))
    slow.route("**/right-now", lambda route: (slow.wait_for_timeout(1_500), route.continue_()))

    slow.get_by_label(SIGN).evaluate(TICKED_AND_PRESSED)
    slow.wait_for_url("**/about-you")

    assert not drafts
