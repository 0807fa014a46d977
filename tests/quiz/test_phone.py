"""The quiz on a phone, in a real browser: with JavaScript, without it, and with the network gone."""

from __future__ import annotations

import pytest

from tests.support.browser import until
from tests.support.walk import tick

SIGN = "Chest pain or tightness"


def begin(page):
    page.goto("/quiz")
    page.get_by_role("button", name="Agree and start").click()
    page.wait_for_url("**/right-now")


def go_on(page, screen):
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**/{screen}")


def reach(page, screen):
    begin(page)
    page.get_by_label("None of these").check()
    go_on(page, "about-you")
    page.get_by_label("Myself").check()
    page.get_by_label("40 to 64").check()
    page.get_by_label("Rheumatoid arthritis").check()
    go_on(page, "lately")
    page.get_by_label("None of these").check()
    for after in ("what-matters", "ratings", "impact", "before-needles"):
        go_on(page, after)
        if screen == after:
            return


def type_and_leave(page, words):
    """By a link, right after the words on what matters; the address that was left."""
    address = page.url
    page.get_by_label("What troubles you most? Use your own words.").fill(words)
    page.get_by_role("link", name="Is it urgent?").first.click()
    page.locator("h1", has_text="Is it urgent?").wait_for()
    return address


def until_saved(page, address, words):
    """What a page sends as it is left arrives when it has gone."""
    until(page, lambda: words in page.context.request.get(address).text())


def go_on_from_what_matters_to_the_review(page):
    """Where what was answered is read, all of it open."""
    for screen in ("ratings", "impact", "before-needles"):
        go_on(page, screen)
    page.get_by_label("None of these").check()
    go_on(page, "review")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_a_ticked_sign_says_at_once_what_to_do_with_the_network_gone(request, kind):
    page = request.getfixturevalue(kind)
    begin(page)
    page.context.set_offline(True)
    call = page.get_by_role("link", name="999 Emergency help in the United Kingdom").first
    assert not call.is_visible()

    tick(page.get_by_label(SIGN))

    assert call.is_visible()
    assert call.get_attribute("href") == "tel:999"


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_a_sign_never_traps_and_is_told_again(request, kind):
    page = request.getfixturevalue(kind)
    begin(page)
    tick(page.get_by_label(SIGN))

    go_on(page, "about-you")

    assert page.locator("main > .care.emergency-now").get_by_text(SIGN).is_visible()


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_what_a_tick_opens_opens_without_scripts(request, kind):
    page = request.getfixturevalue(kind)
    reach(page, "ratings")
    activity = page.locator(".quiz-activity")
    assert not activity.is_visible()
    page.locator('label:has([name="instruments.peg.1"][value="0"])').click()
    assert activity.is_visible()

    go_on(page, "impact")
    support = page.locator(".quiz-support")
    for item, value, expected in ((1, 2, False), (2, 0, False), (2, 1, True), (1, 1, False), (2, 2, True)):
        page.locator(f'[name="instruments.phq4.{item}"][value="{value}"]').check()
        assert support.is_visible() is expected, (item, value)


@pytest.mark.parametrize("kind", ["phone", "phone_without_js"])
def test_who_thinks_of_stopping_a_medicine_is_told_at_once(request, kind):
    page = request.getfixturevalue(kind)
    reach(page, "what-matters")
    keep = page.locator(".quiz-keep").get_by_text("Please do not stop or change it on your own.")
    assert not keep.is_visible()
    page.locator('[name="stopping_medicine"][value="yes"]').check()
    assert keep.is_visible()


def test_a_killed_tab_resumes_with_what_was_typed(phone):
    reach(phone, "what-matters")
    address = phone.url
    phone.get_by_label("What troubles you most? Use your own words.").fill("stiff hands")
    phone.get_by_text("Saved").wait_for()
    context = phone.context
    phone.close()

    again = context.new_page()
    again.goto(address.rpartition("/")[0])

    assert again.url == address
    assert again.get_by_label("What troubles you most? Use your own words.").input_value() == "stiff hands"


def test_the_main_problem_gets_its_number_right_below_its_words(phone):
    reach(phone, "what-matters")
    main = phone.get_by_role("region", name="Your main problem")

    words = main.get_by_label("What troubles you most? Use your own words.").bounding_box()
    number = main.get_by_role("group", name="Over the last 7 days, how bad was it?")

    assert number.get_by_role("radio", name="10 , Worst possible").get_attribute("name") == "ratings.problem"
    assert 0 <= number.bounding_box()["y"] - words["y"] - words["height"] < 64


def test_the_focus_goes_to_the_fault_and_its_link_to_the_field(phone):
    begin(phone)

    phone.get_by_role("button", name="Continue").click()
    phone.locator("#error-summary").wait_for()

    assert phone.evaluate("document.activeElement.id") == "error-summary"
    phone.get_by_role("link", name="Tick every sign you have").click()
    assert phone.evaluate("document.activeElement.id") == "f-red-flags"


def test_every_number_can_be_hit_with_a_thumb(phone):
    reach(phone, "ratings")

    for box in phone.locator(".rating-row label").all()[:22]:
        size = box.bounding_box()
        assert min(size["width"], size["height"]) >= 44
    for box in phone.locator(".choice:visible").all()[:4]:
        assert box.bounding_box()["height"] >= 44


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(phone, width):
    phone.set_viewport_size({"width": width, "height": 800})
    reach(phone, "what-matters")
    place = phone.url.rpartition("/")[0]

    for screen in ("right-now", "about-you", "lately", "what-matters", "ratings", "impact", "before-needles"):
        phone.goto(f"{place}/{screen}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= width, screen


def test_the_keyboard_alone_gives_a_rating(phone):
    reach(phone, "ratings")

    phone.locator('[name="instruments.peg.1"]').first.focus()
    for _ in range(7):
        phone.keyboard.press("ArrowRight")

    chosen = phone.locator('[name="instruments.peg.1"]:checked')
    assert chosen.get_attribute("value") == "7"
