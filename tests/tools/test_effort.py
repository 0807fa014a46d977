"""What `make effort` counts: the model, and the eye and the hand on pages of which the figures are known."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.effort.driver import Driver
from tools.effort.forms import answer, calm
from tools.effort.model import DATE_TAPS, LIST_TAPS, Effort, Limit, Line, Visit, not_gone, total
from tools.effort.people import Person
from tools.effort.stated import seconds_by_screen, write

from acupwa.library import model as content
from tests.support.browser import phone_page

COUNTS = st.integers(0, 5000)
EFFORTS = st.builds(Effort, words=COUNTS, listed=COUNTS, review=COUNTS, taps=COUNTS, letters=COUNTS)


def test_two_hundred_words_are_a_minute_a_tap_is_a_second_and_ten_letters_are_three():
    assert Effort(words=200).seconds == 60
    assert Effort(taps=7).seconds == 7
    assert Effort(letters=10).seconds == 3


def test_lists_and_review_are_counted_and_told_apart():
    effort = Effort(words=500, listed=200, review=100, taps=5)

    assert effort.seconds == 155
    assert effort.other_words == 200
    assert effort.other_seconds == 65


@given(st.lists(EFFORTS))
def test_a_way_is_the_sum_of_its_pages(efforts):
    whole = total(Visit("/", effort) for effort in efforts)

    assert whole.words == sum(effort.words for effort in efforts)
    assert whole.seconds == pytest.approx(sum(effort.seconds for effort in efforts))


def test_what_is_above_its_limit_is_said():
    line = Line("a way", (Limit("taps", 3), Limit("words", 10)), (Visit("/", Effort(words=11, taps=3)),))

    assert line.over == ("words 11/10",)


def test_a_way_that_is_missing_is_a_fault_only_where_the_rules_offer_it():
    assert not_gone("a way", offered=True).over
    assert not not_gone("a way", offered=False).over


@pytest.mark.parametrize(
    ("values", "chosen"), [(["yes", "no"], "no"), ([str(n) for n in range(11)], "5"), (["0", "1", "2", "3"], "1")]
)
def test_a_question_that_nobody_foresaw_gets_a_calm_answer(values, chosen):
    assert calm(values) == chosen


PAGE = """
<style>.hidden-visually {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }}
.door:not(:has(:checked)) .items, [hidden] {{ display: none }}</style>
<header>not counted</header>
<main><h1>Two words</h1> <p hidden>hidden words here</p><p class="hidden-visually">for ears alone</p>
<details><summary>Open me</summary><p>four words in a fold</p></details>
<form id="form">{form}</form></main>
"""


def hand_on(page: Any, form: str) -> Driver:
    hand = Driver(page)
    hand.visits = [Visit("/")]
    page.goto("about:blank")
    page.set_content(PAGE.format(form=form))
    page.add_script_tag(content=hand.script)
    hand.look()
    return hand


@pytest.fixture
def page(browser: Any) -> Any:
    with phone_page(browser, "http://127.0.0.1") as page:
        yield page


def seen(hand: Driver) -> Effort:
    return hand.visits[0].effort


@pytest.mark.browser
def test_only_what_is_visible_in_main_is_counted_and_each_word_once(page):
    hand = hand_on(page, "")
    assert seen(hand).words == 4

    hand.look()
    assert seen(hand).words == 4

    hand.tap(page.locator("summary"))
    assert (seen(hand).words, seen(hand).taps) == (9, 1)


@pytest.mark.browser
def test_what_a_status_says_again_is_no_news(page):
    hand = hand_on(page, '<p role="status">Saved</p><p id="other">Saved</p>')
    assert seen(hand).words == 6

    page.evaluate("for (const one of document.querySelectorAll('#form p')) one.replaceChildren('Saved')")
    hand.look()

    assert seen(hand).words == 7


@pytest.mark.browser
def test_of_a_list_to_choose_from_the_chosen_line_is_seen(page):
    hand = hand_on(page, '<select name="country"><option>Great Britain<option value="IE">Ireland</select>')
    assert seen(hand).words == 6

    hand.give("country", "IE")
    assert seen(hand).taps == LIST_TAPS


@pytest.mark.browser
def test_a_sign_behind_a_door_costs_the_tap_that_opens_it(page):
    hand = hand_on(
        page,
        """<fieldset class="door"><label><input type="checkbox" name="groups" value="skin">Skin: hot joint</label>
        <div class="items"><label><input type="checkbox" name="red_flags" value="hot">A hot joint</label></div></fieldset>
        <label><input type="radio" name="other" value="no">No</label>""",
    )
    assert (seen(hand).words, seen(hand).listed) == (8, 3)

    hand.give("red_flags", "hot")

    assert (seen(hand).taps, seen(hand).listed) == (2, 6)
    assert page.locator("[name=red_flags]").is_checked()


@pytest.mark.browser
def test_what_hides_an_answer_and_is_no_fold_or_door_is_an_error(page):
    hand = hand_on(page, '<p hidden><label><input type="checkbox" name="red_flags" value="hot">Hot</label></p>')

    with pytest.raises(RuntimeError, match="nothing opens red_flags"):
        hand.give("red_flags", "hot")


FORM = """<label><input type="radio" name="known" value="yes">Yes</label><input name="words"><input type="time" name="time">
<label><input type="radio" name="new" value="4">4</label><label><input type="radio" name="new" value="5">5</label>
<details><summary>Add more</summary><label><input type="radio" name="more" value="5">5</label></details>"""


@pytest.mark.browser
def test_what_is_true_of_a_person_is_given_and_open_questions_are_answered(page):
    hand = hand_on(page, FORM)

    answer(hand, Person("one", {"known": "yes", "words": "sore", "time": "10:00"}), "#form")

    assert page.locator("[name=new][value='5']").is_checked()
    assert not page.locator("[name=more]").is_checked()
    assert (seen(hand).taps, seen(hand).letters) == (1 + 1 + DATE_TAPS + 1, 4)


@pytest.mark.browser
def test_who_skips_gives_only_what_is_asked_of_them(page):
    hand = hand_on(page, FORM)

    answer(hand, Person("one", {"known": "yes"}, skips=True), "#form")

    assert seen(hand).taps == 1


def test_a_screen_is_stated_by_the_person_in_the_middle_in_the_order_of_the_app():
    visits = [
        Visit("/quiz/…/lately", Effort(taps=9)),
        *(Visit("/quiz/…/right-now", Effort(taps=n)) for n in (2, 90, 4)),
    ]

    assert list(seconds_by_screen(visits, ("right-now", "lately", "review")).items()) == [
        ("right-now", 4),
        ("lately", 9),
    ]


def test_what_is_written_is_what_the_app_reads(tmp_path):
    file = tmp_path / "effort.yaml"

    write([Visit("/quiz/…/right-now", Effort(words=200))], [], file)

    assert msgspec.yaml.decode(file.read_bytes(), type=content.Effort) == content.Effort(
        full={"right-now": 60}, follow_up={}
    )
