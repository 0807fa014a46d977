"""What the buttons of the list do."""

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import PageChange
from acupwa.quiz.model import Answers
from acupwa.reading.list_marks import ArrangedList, apply_action, arrange, in_own_order
from acupwa.reading.model import ACTIONS, Action, ListState
from tests.support.content import make_library, make_page

SLUGS = ("one", "two", "three", "four")
LIBRARY = make_library(
    (
        *(make_page(slug, conditions=("ra",), order=order) for order, slug in enumerate(SLUGS)),
        make_page("ms", conditions=("ms",)),
    )
)
TODAY = date(2026, 11, 23)
ANSWERS = Answers(age_band="18-39", conditions=("ra",))


def press(*presses: tuple[Action, str]) -> tuple[ListState, ArrangedList]:
    state = ListState()
    for action, slug in presses:
        state = apply_action(state, action, slug, arrange(ANSWERS, LIBRARY, state), LIBRARY, TODAY)
    return state, arrange(ANSWERS, LIBRARY, state)


def to_read(*presses: tuple[Action, str]) -> list[str]:
    return [listed.slug for listed in press(*presses)[1].to_read]


def test_without_marks_the_list_is_the_ranking():
    assert to_read() == list(SLUGS)


def test_read_pages_go_to_their_own_part_and_come_back():
    _, arranged = press(("read", "two"))

    assert [listed.slug for listed in arranged.to_read] == ["one", "three", "four"]
    assert [listed.slug for listed in arranged.read] == ["two"]
    assert to_read(("read", "two"), ("unread", "two")) == list(SLUGS)


def changed_since(
    read_on: date | None, *changes: PageChange, as_read: str = "as it was"
) -> tuple[PageChange, ...] | None:
    """What the list says of page two, read on that day and now with these entries in its change log."""
    library = make_library((make_page("two", conditions=("ra",), changes=changes),))
    state = ListState(read={"two": as_read}, read_on={"two": read_on} if read_on else {})
    return arrange(ANSWERS, library, state).changed.get("two")


FIRST = PageChange(date=date(2026, 10, 1), note="First version.")
LATER = PageChange(date=date(2026, 11, 20), note="A new trial.")


def test_reading_a_page_keeps_its_hash_and_the_day():
    state, arranged = press(("read", "two"))

    assert (state.read, state.read_on) == ({"two": LIBRARY.pages["two"].hash}, {"two": TODAY})
    assert arranged.changed == {}
    assert press(("read", "two"), ("unread", "two"))[0] == ListState()


def test_a_page_with_a_newer_entry_in_its_change_log_has_changed_since_it_was_read():
    assert changed_since(date(2026, 11, 1), FIRST, LATER) == (LATER,)
    assert changed_since(date(2026, 9, 1), FIRST, LATER) == (LATER, FIRST)
    assert changed_since(LATER.date, FIRST, LATER) == (LATER,), "changed on the very day, after it was read"


def test_a_mended_word_is_no_change_to_tell_of():
    assert changed_since(date(2026, 11, 21), FIRST, LATER) is None
    assert changed_since(date(2026, 11, 1), FIRST, LATER, as_read="0" * 12) is None


def test_a_mark_from_before_days_were_kept_still_tells_of_a_change():
    assert changed_since(None, FIRST, LATER) == (LATER,)
    assert changed_since(None, FIRST) == ()
    assert changed_since(None, FIRST, LATER, as_read="0" * 12) is None


def test_marks_kept_before_there_were_days_can_still_be_read():
    old = b'{"read":{"two":"000000000000"},"pinned":["one"]}'

    state = msgspec.json.decode(old, type=ListState)

    assert state == ListState(read={"two": "0" * 12}, pinned=("one",))
    assert arrange(ANSWERS, LIBRARY, state).changed == {}


def test_hidden_pages_can_be_shown_again():
    _, arranged = press(("hide", "one"))

    assert [listed.slug for listed in arranged.hidden] == ["one"]
    assert to_read(("hide", "one"), ("show", "one")) == list(SLUGS)


def test_pinned_pages_lead_in_the_order_of_pinning():
    assert to_read(("pin", "four"), ("pin", "two")) == ["four", "two", "one", "three"]
    assert to_read(("pin", "four"), ("unpin", "four")) == list(SLUGS)


def test_up_and_down_move_one_place_among_their_like():
    assert to_read(("up", "three")) == ["one", "three", "two", "four"]
    assert to_read(("down", "one")) == ["two", "one", "three", "four"]
    assert to_read(("up", "one")) == list(SLUGS)
    assert to_read(("pin", "four"), ("up", "one")) == ["four", "one", "two", "three"]
    assert to_read(("pin", "four"), ("pin", "two"), ("up", "two")) == ["two", "four", "one", "three"]


def test_a_page_of_the_library_can_be_kept_though_the_ranking_has_it_not():
    _, arranged = press(("pin", "ms"))

    assert arranged.to_read[0].slug == "ms"
    assert arranged.to_read[0].why == "You chose it yourself"


def test_what_is_new_stands_where_the_ranking_puts_it():
    assert in_own_order(["safety", "a", "b", "c"], ["c", "b", "a"]) == ["safety", "c", "b", "a"]
    assert in_own_order(["a", "b", "new", "c"], ["c", "b", "a"]) == ["c", "b", "new", "a"]


def test_a_page_that_is_gone_from_the_library_leaves_no_trace():
    gone = ListState(read={"gone": "x"}, hidden=("gone-too",), pinned=("gone",), order=("gone", "two"))

    arranged = arrange(ANSWERS, LIBRARY, gone)

    assert {listed.slug for listed in (*arranged.to_read, *arranged.read, *arranged.hidden)} == set(SLUGS)


@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(SLUGS)), max_size=12))
def test_whatever_is_pressed_each_page_stands_in_one_part_once(presses: list[tuple[Action, str]]):
    _, arranged = press(*presses)

    slugs = [listed.slug for listed in (*arranged.to_read, *arranged.read, *arranged.hidden)]
    assert sorted(slugs) == sorted(SLUGS)


@given(
    st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(SLUGS)), max_size=6),
    st.sampled_from([action for action in ACTIONS if action not in ("up", "down")]),
    st.sampled_from(SLUGS),
)
def test_pressing_twice_is_pressing_once(presses: list[tuple[Action, str]], action: Action, slug: str):
    once, _ = press(*presses, (action, slug))
    twice, _ = press(*presses, (action, slug), (action, slug))

    assert once == twice
