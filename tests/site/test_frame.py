"""The frame stays small and in one line, what is pressed stays in view, and dots tell where something waits."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.support.html_page import Page
from tests.support.modules import started
from tests.support.people import RA
from tests.support.walk import answer_screen, go_on, screen_of

SIZES = ((320, 568), (320, 640), (390, 844), (430, 932))
LYING = ((568, 320), (667, 375), (844, 390))
SET = "size => localStorage.setItem('look', JSON.stringify(size ? { text: size } : {}))"
TABS = """() => [...document.querySelectorAll('.bar a')].map((tab) => {
  const words = tab.querySelector('span'), box = tab.getBoundingClientRect(), line = words.getBoundingClientRect();
  return { left: box.left, right: box.right, height: box.height, top: box.top, cut: line.width > box.width + 0.5,
    lines: Math.round(line.height / parseFloat(getComputedStyle(words).lineHeight)) };
})"""
REMEMBER = """async (tabs) => {
  const { remember } = await import('/static/js/waiting.js');
  remember(tabs);
}"""
DOTS = "() => [...document.querySelectorAll('[data-dot]:not([hidden])')].map((dot) => dot.dataset.dot).join(' ')"


def show(phone: Any, size: tuple[int, int], text: str, path: str = "/about") -> None:
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    phone.goto(path)
    phone.evaluate(SET, text)
    phone.goto(path)


@pytest.mark.parametrize("text", ["", "150", "200"])
def test_the_bar_keeps_one_line_and_leaves_the_page_its_room(phone, text):
    for size in (*SIZES, *LYING):
        show(phone, size, text)
        tabs = phone.evaluate(TABS)
        name = f"{size} at {text or 100} %"

        assert len({round(tab["top"]) for tab in tabs}) == 1, name
        assert all(tab["lines"] == 1 and not tab["cut"] for tab in tabs), name
        assert all(tab["height"] >= 44 and tab["right"] - tab["left"] >= 44 for tab in tabs), name
        gaps = [after["left"] - before["right"] for before, after in pairwise(tabs)]
        assert min(gaps) >= 7.5, name
        assert phone.locator(".bar").bounding_box()["height"] <= size[1] / 5, name
        assert phone.locator(".top").bounding_box()["height"] <= 80, name
        assert phone.evaluate("document.documentElement.scrollWidth") == size[0], name
        assert phone.get_by_role("link", name="Acupwa", exact=True).bounding_box()["width"] >= 44, name
        if size in LYING:
            assert phone.locator("main").bounding_box()["y"] <= size[1] / 5, name


def test_the_bar_stands_at_the_foot_of_a_short_page_and_of_a_long_one(phone):
    for path in ("/resume", "/about/design", "/about"):
        phone.goto(path)
        bar = phone.locator(".bar").bounding_box()
        assert round(bar["y"] + bar["height"]) == 844, path
    phone.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    foot, bar = phone.locator(".foot").bounding_box(), phone.locator(".bar").bounding_box()
    assert foot["y"] + foot["height"] <= bar["y"] + 1, "nothing stays under the bar"


@pytest.mark.parametrize("path", ["/me", "/read/ra-overview"])
def test_the_size_that_is_pressed_stays_where_the_finger_is(phone, path):
    phone.goto(path)
    if path != "/me":
        phone.locator("[aria-controls]").filter(has_text="Text").first.click()
    for size in ("200", "125", "150", ""):
        field = phone.locator(f'input[name="text"][value="{size}"]')
        field.evaluate("one => one.scrollIntoView({ block: 'center' })")
        before = field.evaluate("one => one.getBoundingClientRect().top")
        field.evaluate("one => one.click()")
        phone.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

        after = field.evaluate("one => one.getBoundingClientRect().top")
        at_top = phone.evaluate("scrollY") == 0
        assert abs(after - before) <= 2 or at_top, (size, before, after)
        assert 0 <= after <= 780, (size, after)


def test_dots_are_drawn_where_the_last_page_that_knew_said_so(phone):
    phone.goto("/read")
    started(phone)
    assert phone.evaluate(DOTS) == ""

    phone.evaluate(REMEMBER, "check-in plan")
    phone.goto("/about")
    phone.locator('[data-dot="plan"]').wait_for(state="visible")
    assert phone.evaluate(DOTS) == "check-in plan"
    assert phone.get_by_role("link", name="Plan (something waits)").count() == 1
    assert phone.evaluate("localStorage.waiting") == "check-in plan"

    phone.evaluate(REMEMBER, "")
    phone.goto("/about")
    started(phone)
    assert phone.evaluate(DOTS) == ""
    assert phone.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(
    ("page", "yes"), [("/me/delete", "Yes, delete everything"), ("/me/clear", "Yes, clear this phone")]
)
def test_nothing_waits_on_a_phone_that_was_cleared_or_whose_answers_were_deleted(phone, page, yes):
    phone.goto(page)
    phone.evaluate(REMEMBER, "check-in plan")
    started(phone)
    with phone.expect_event("load"):
        phone.get_by_role("button", name=yes).click()

    phone.wait_for_function("() => localStorage.length === 0")
    assert phone.evaluate(DOTS) == ""


def test_a_page_that_knows_tells_without_a_script_too(app):
    import msgspec

    class Knowing(msgspec.Struct, frozen=True):
        template = "error.html"
        title: str = "Today"
        message: str = ""
        reference: str | None = None
        way_on: str = ""
        waiting: tuple[str, ...] = ("plan",)

    html = Page(app.inner.state.templates.render(Knowing(), path="/today"))
    bar = next(one for one in html.all("nav") if one.attrs["class"] == "bar")

    assert bar.attrs["data-waiting"] == "plan"
    assert [one.words for one in bar.inside("a")][2] == "Plan (something waits)"
    assert [
        one.attrs["data-dot"] for one in bar.inside("span") if "data-dot" in one.attrs and "hidden" not in one.attrs
    ] == ["plan"]


def test_the_place_where_a_new_version_is_told_is_there_before_its_words(client):
    place = next(one for one in Page(client.get("/about").text).all("div") if one.attrs.get("id") == "update-offer")

    assert place.attrs["role"] == "status"
    assert [one.tag for one in place.children] == ["template"]


def test_a_task_has_no_footer(client):
    assert 'class="foot"' in client.get("/about").text
    assert 'class="foot"' not in client.get("/resume").text


def test_the_lit_tab_and_a_dot_are_seen_in_forced_colours(phone):
    phone.emulate_media(forced_colors="active")
    phone.goto("/about")
    phone.evaluate(REMEMBER, "plan")
    phone.goto("/about")
    phone.locator('[data-dot="plan"]').wait_for(state="visible")
    edge = "one => getComputedStyle(one).borderTopStyle + getComputedStyle(one).borderTopWidth"

    assert phone.locator(".bar a[aria-current]").evaluate(edge) == "solid4px"
    assert phone.locator(".bar a:not([aria-current])").first.evaluate(edge) == "none0px"
    ground, dot = phone.evaluate(
        "() => ['.bar', '[data-dot=plan]'].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor)"
    )
    assert ground != dot


def test_a_draft_waits_on_its_tab_from_today_on(phone):
    phone.goto("/quiz")
    with phone.expect_event("load"):
        phone.locator("main form button").first.click()
    answer_screen(phone, screen_of(phone), RA)
    go_on(phone)
    phone.goto("/today")
    assert phone.locator('[data-dot="check-in"]').is_visible()
    # The phone remembers it once the page's scripts have come.
    phone.wait_for_load_state("networkidle")

    phone.goto("/about")
    phone.locator('[data-dot="check-in"]').wait_for(state="visible")
    assert phone.evaluate(DOTS) == "check-in"
