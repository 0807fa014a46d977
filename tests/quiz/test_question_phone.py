"""One question on a phone: its numbers under a thumb, what comes next, and a fault that goes once it is mended."""

from __future__ import annotations

import pytest

from tests.quiz.test_phone import begin, go_on, reach

LEAST, GAP = 44, 8
BOXES = """question => [...question.querySelectorAll(".rating-row label, .rating-skip")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return { x, y, width, height, words: one.textContent.trim() };
})"""


@pytest.mark.parametrize("width", [320, 390, 430])
def test_numbers_can_be_hit_and_5_is_never_at_an_end(phone, width):
    phone.set_viewport_size({"width": width, "height": 844})
    reach(phone, "ratings")
    boxes = phone.locator(".rating").first.evaluate(BOXES)
    five = boxes[5]
    beside = [one for one in boxes if one["y"] == five["y"]]

    assert beside[-1] != five
    for one in boxes:
        assert one["width"] >= LEAST, one
        assert one["height"] >= LEAST, one
        for other in boxes:
            if other is not one and other["y"] == one["y"] and other["x"] > one["x"]:
                assert other["x"] - one["x"] - one["width"] >= GAP - 0.1, (one, other)


def test_each_end_has_its_words_beside_it_and_describes_the_question(phone):
    reach(phone, "ratings")
    question = phone.locator(".rating").first
    zero, low = question.locator("label").first.bounding_box(), question.locator(".rating-low").bounding_box()
    ten, high = (
        question.locator('label:has([value="10"])').bounding_box(),
        question.locator(".rating-high").bounding_box(),
    )

    for number, words in ((zero, low), (ten, high)):
        assert words["x"] >= number["x"] + number["width"]
        assert abs((words["y"] + words["height"] / 2) - (number["y"] + number["height"] / 2)) < 12
    said = question.evaluate(
        "one => one.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent)"
    )
    assert said == ["0: No pain", "10: Pain as bad as you can imagine"]


def test_a_pressed_number_brings_the_next_question_and_a_key_does_not(phone):
    phone.emulate_media(reduced_motion="reduce")
    reach(phone, "ratings")
    questions = phone.locator(".rating:visible")
    inside = "one => one.getBoundingClientRect().bottom <= innerHeight"
    assert not questions.nth(1).evaluate(inside)
    top = phone.evaluate("scrollY")

    questions.nth(0).locator("input").first.focus()
    phone.keyboard.press("ArrowRight")
    assert phone.evaluate("scrollY") == top

    questions.nth(0).locator('label:has([value="7"])').click()
    phone.wait_for_function("top => scrollY > top", arg=top)
    assert questions.nth(1).evaluate(inside)
    assert phone.evaluate("document.activeElement.value") == "7"


def test_the_mood_questions_are_described_by_what_they_ask(phone):
    reach(phone, "impact")

    for item in phone.locator(".quiz-item fieldset").all():
        assert "mood-intro" in item.get_attribute("aria-describedby").split()
    assert "Over the last two weeks" in phone.locator("#mood-intro").inner_text()


MOOD = ("Not at all", "Several days", "More than half the days", "Nearly every day", "Skip")


@pytest.mark.parametrize(("width", "text"), [(360, ""), (390, ""), (1280, ""), (320, ""), (390, "200")])
def test_each_answer_about_mood_is_seen_where_it_is_chosen_and_heard_with_its_circle(phone, width, text):
    """Once, above its column, where five columns fit; else beside each circle."""
    phone.set_viewport_size({"width": width, "height": 844})
    reach(phone, "impact")
    if text:
        phone.evaluate("text => document.documentElement.dataset.text = text", text)
    heads = phone.locator(".mood-heads span")
    in_columns = width != 320 and not text

    assert heads.first.is_visible() == in_columns
    for item in phone.get_by_role("group", name="Feeling").or_(phone.get_by_role("group", name="Little")).all():
        for place, words in enumerate(MOOD):
            circle = item.get_by_role("radio", name=words, exact=True)
            box = circle.locator("xpath=..").bounding_box()
            assert min(box["width"], box["height"]) >= LEAST
            if in_columns:
                head = heads.nth(place).bounding_box()
                assert heads.nth(place).inner_text() == words
                assert abs(head["x"] - box["x"]) < 1
                assert head["y"] < box["y"]
            else:
                seen = circle.locator("xpath=following-sibling::span")
                assert seen.inner_text() == words
                assert seen.bounding_box()["width"] > 1
    assert phone.evaluate("document.documentElement.scrollWidth") <= width


def test_the_answers_about_mood_stay_in_view_with_their_questions(phone):
    phone.set_viewport_size({"width": 390, "height": 600})
    reach(phone, "impact")
    last = phone.get_by_role("group", name="Feeling down")

    last.get_by_role("radio").first.evaluate("one => one.closest('fieldset').scrollIntoView({ block: 'start' })")

    head, question = phone.locator(".mood-heads").bounding_box(), last.locator("legend").bounding_box()
    assert head["y"] >= 0
    assert head["y"] + head["height"] <= question["y"]


def test_a_hint_for_one_answer_stands_there_once_it_is_chosen(phone):
    begin(phone)
    phone.get_by_label("None of these").check()
    go_on(phone, "about-you")
    hint = phone.get_by_text("“You” means them. Answer together")
    assert not hint.is_visible()

    phone.get_by_label("Someone I care for").check()

    assert hint.is_visible()


def test_a_fault_goes_once_it_is_mended(phone):
    begin(phone)
    phone.get_by_role("button", name="Continue").click()
    phone.locator("#error-summary").wait_for()
    assert phone.title().startswith("Error: Right now, step 1 of 8")
    phone.wait_for_load_state("networkidle")

    phone.get_by_label("None of these").check()

    phone.locator("#error-summary").wait_for(state="detached")
    assert not phone.locator(".error").count()
    assert phone.title().startswith("Right now, step 1 of 8")
