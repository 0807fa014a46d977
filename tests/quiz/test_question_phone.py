"""One question on a phone: its numbers under a thumb, what comes next, and a fault that goes once it is mended."""

from __future__ import annotations

import pytest

from tests.quiz.test_phone import begin, reach

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


def test_a_fault_goes_once_it_is_mended(phone):
    begin(phone)
    phone.get_by_role("button", name="Continue").click()
    phone.locator("#error-summary").wait_for()
    assert phone.title().startswith("Error: Right now, step 1 of 8")

    phone.get_by_label("None of these").check()

    phone.locator("#error-summary").wait_for(state="detached")
    assert not phone.locator(".error").count()
    assert phone.title().startswith("Right now, step 1 of 8")
