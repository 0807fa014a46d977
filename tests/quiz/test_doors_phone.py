"""The doors on a phone: what can be read while they are closed, what a tick opens, and what closing one asks."""

from __future__ import annotations

import pytest

from acupwa.quiz.rules import flags_lately, flags_of_follow_up, flags_right_now, precautions_asked
from tests.quiz.test_phone import begin, reach
from tests.support.answers import make_answers
from tests.support.people import RA
from tests.support.walk import finish, go_on, open_around, to_review

LEAST_SIZE, LEAST_CONTRAST = 16, 7
# Each short name that is painted: its words, the size of its letters, its contrast, and whether a part of it is cut off.
READ = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const found = rgb(getComputedStyle(element).backgroundColor);
    return found[3] ? found : ground(element.parentElement);
  };
  return [...document.querySelectorAll(".door-short")].map((one) => {
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(ground(one))];
    const box = one.getBoundingClientRect();
    return {
      words: one.firstChild.data.trim(),
      size: parseFloat(getComputedStyle(one).fontSize),
      contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
      shown: one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 0 && box.height > 0,
      cut: one.scrollWidth > one.clientWidth || box.right > innerWidth || box.left < 0,
    };
  });
}"""


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_sign_is_read_with_its_door_closed(phone, library, width, scheme):
    phone.set_viewport_size({"width": width, "height": 844})
    phone.emulate_media(color_scheme=scheme)
    answers = make_answers(conditions=("ra",))
    asked = {
        "right-now": flags_right_now(library),
        "lately": flags_lately(answers, library),
        "before-needles": precautions_asked(answers, library),
    }
    reach(phone, "before-needles")
    place = phone.url.rpartition("/")[0]

    for screen, things in asked.items():
        phone.goto(f"{place}/{screen}")
        found = phone.evaluate(READ)
        assert sorted(one["words"] for one in found) == sorted(one.short for one in things)
        for one in found:
            assert one["shown"], one
            assert not one["cut"], one
            assert one["size"] >= LEAST_SIZE, one
            assert one["contrast"] >= LEAST_CONTRAST, one


def test_in_a_follow_up_each_sign_begins_a_line(phone, library):
    to_review(phone, RA)
    finish(phone)
    phone.goto("/check-in")
    with phone.expect_event("load"):
        phone.get_by_role("button", name="Start the follow-up").click()

    names = {one.short for one in flags_of_follow_up(make_answers(conditions=("ra",)), library)}

    for width in (320, 390):
        phone.set_viewport_size({"width": width, "height": 844})
        found = [one for one in phone.evaluate(READ) if one["words"] in names]
        starts = phone.evaluate(
            "[...document.querySelectorAll('.quiz-signs .door-short')].map((one) => one.getClientRects()[0])"
            ".map((box) => [Math.round(box.left), Math.round(box.top)])"
        )

        assert {one["words"] for one in found} == names
        assert len(starts) == len(names)
        assert all(one["shown"] and one["size"] >= LEAST_SIZE and one["contrast"] >= LEAST_CONTRAST for one in found)
        assert len({left for left, _top in starts}) == 1
        assert len({top for _left, top in starts}) == len(starts)


def test_what_a_name_does_not_say_is_one_tap_away_without_a_script(phone_without_js):
    page = phone_without_js
    reach(page, "before-needles")
    strong = page.locator('[name="precautions"][value="immunosuppression-strong"]')
    open_around(strong)
    row = page.locator(".door-one", has=strong)
    steroids = page.locator(".door-one", has=page.locator('[value="steroids-over-10mg"]'))
    whole = steroids.get_by_text("the same strength of another steroid")
    assert not whole.is_visible()

    steroids.get_by_text("Read all of it").click()

    assert whole.is_visible()
    assert row.get_by_text("We have not read studies of these").is_visible()
    assert row.get_by_text("even if it is your only one").is_visible()
    assert not strong.is_checked()
    strong.check()
    go_on(page)
    assert "Biologic, JAK inhibitor" in page.locator("#f-before-needles").inner_text()


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_the_whole_row_opens_it_and_an_emergency_says_at_once_whom_to_call(request, kind):
    page = request.getfixturevalue(kind)
    begin(page)
    door = page.locator('.door:has([value="chest-and-breath"])')
    row = door.locator(".door-row")
    item = door.locator('[value="clot-lung"]')
    assert not item.is_visible()

    box = row.bounding_box()
    row.click(position={"x": box["width"] - 12, "y": box["height"] - 12})

    assert item.is_visible()
    assert door.locator('.door-care a[href^="tel:"]').first.is_visible()
    go_on(page)
    assert page.url.endswith("/about-you")
    care = page.locator("main > .care.emergency-now")
    assert care.get_by_text("Chest and breathing: not said which").is_visible()


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_a_sign_that_was_said_has_one_card_and_is_not_asked_for(request, kind):
    page = request.getfixturevalue(kind)
    begin(page)
    door = page.locator('.door:has([value="chest-and-breath"])')
    item = door.locator('[value="clot-lung"]')
    open_around(item)

    item.check()

    assert not door.get_by_text("Until you say which sign it is").is_visible()
    assert door.locator(".care.emergency-now:visible").count() == 1
    assert door.locator('.quiz-do a[href^="tel:"]:visible').count() > 0


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_what_is_ticked_inside_counts_until_it_is_taken_off_itself(request, kind):
    page = request.getfixturevalue(kind)
    begin(page)
    door = page.locator('.door:has([value="skin"]), .door:has([value="very-ill"])').first
    item = door.locator('[name="red_flags"]').first
    open_around(item)
    item.check()

    door.locator('[name="groups"]').uncheck()

    assert item.is_visible()
    assert item.is_checked()
    assert door.get_by_text("Something in here is still ticked, so it still counts.").is_visible()
    assert door.get_by_role("button", name="Untick it").is_visible() is (kind == "phone")
    go_on(page)
    assert page.locator("main > .care.emergency-now").is_visible()


def test_closing_one_asks_and_does_what_is_answered(phone):
    begin(phone)
    door = phone.locator('.door:has([value="very-ill"])')
    row, item = door.locator('[name="groups"]'), door.locator('[name="red_flags"]').first
    open_around(item)
    item.check()
    row.uncheck()

    door.get_by_role("button", name="Keep it").click()

    assert row.is_checked()
    assert item.is_checked()
    assert row.evaluate("one => one === document.activeElement")
    row.uncheck()
    door.get_by_role("button", name="Untick it").click()
    assert not item.is_checked()
    assert not item.is_visible()
    assert row.evaluate("one => one === document.activeElement")
