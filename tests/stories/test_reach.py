"""For everyone: axe in light and dark, no sideways scrolling, keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.axe import findings
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.people import RA, RA_HOT_JOINT
from tests.support.walk import answer_screen, finish, go_on, screen_of

pytestmark = pytest.mark.browser
PUBLIC = [
    "/", "/emergency", "/about", "/about/design", "/about/grades", "/credits", "/privacy", "/offline", "/quiz",
    "/read", "/read/safety-in-numbers", "/read/ra-overview", "/read/ra-what-studies-found",
    "/read/psoriasis-before-needles", "/read/acupressure-you-can-do", "/claims", "/claims/lowers-cytokines", "/glossary", "/studies",
    "/studies/tam-2007-ra", "/evidence", "/evidence/others", "/search", "/search?q=chest+pain", "/search?q=xylophone",
    "/offline/library", "/plan", "/list", "/me", "/me/delete", "/me/import", "/me/withdraw", "/me/clear", "/resume",
    "/no-such-page",
]  # fmt: skip


@pytest.fixture
def light(browser, shared_server):
    context = browser.new_context(**PHONE, base_url=shared_server.url, color_scheme="light")
    context.add_init_script(SAVES_DATA)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("third", range(3))
def test_axe_finds_nothing_on_pages_for_everyone(light, third):
    found = []
    for path in PUBLIC[third::3]:
        light.goto(path)
        found += findings(light)

    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_the_way_through_a_check_in(light):
    page, found = light, []
    page.goto("/read/ra-what-studies-found")
    page.locator(".reading-text .hard-word").first.tap()
    page.locator(".meaning:popover-open").wait_for()
    found += findings(page)
    page.goto("/quiz")
    with page.expect_event("load"):
        page.locator("main form button").first.click()
    page.locator('[name="none_right_now"]').wait_for(state="attached")
    go_on(page)
    page.locator("#error-summary").wait_for()
    found += findings(page)
    while screen_of(page) != "review":
        found += findings(page)
        answer_screen(page, screen_of(page), RA_HOT_JOINT)
        found += findings(page)
        go_on(page)
    found += findings(page)
    finish(page)
    found += findings(page)
    for path in ("/list", "/plan", "/me"):
        page.goto(path)
        found += findings(page)

    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "text"), [(320, 100), (390, 200), (1280, 100)])
def test_nothing_scrolls_sideways(browser, shared_server, width, text):
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    wide = []
    for path in PUBLIC:
        page.goto(path)
        if text != 100:
            page.evaluate(f"document.documentElement.style.setProperty('font-size', '{18 * text / 100}px')")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    context.close()

    assert not wide


def test_the_keyboard_alone_goes_through_the_quiz(browser, shared_server):
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/quiz")
    tab_to(page, "main form button")
    with page.expect_event("load"):
        page.keyboard.press("Enter")

    tab_to(page, '[name="none_right_now"]')
    page.keyboard.press("Space")
    press_continue(page)
    assert screen_of(page) == "about-you"
    tab_to(page, '[name="answering_for"]')
    page.keyboard.press("Space")
    tab_to(page, '[name="age_band"]')
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.locator('[name="age_band"]:checked').get_attribute("value") == "40-64"
    tab_to(page, '[name="conditions"][value="ra"]')
    page.keyboard.press("Space")
    press_continue(page)
    assert screen_of(page) == "lately"
    tab_to(page, '[name="none_lately"]')
    page.keyboard.press("Space")
    press_continue(page)
    assert screen_of(page) == "what-matters"
    tab_to(page, '[name="ratings.problem"]')
    page.keyboard.press("ArrowRight")
    press_continue(page)
    tab_to(page, '[name="ratings.fatigue"]')
    page.keyboard.press("ArrowRight")
    assert page.locator('[name="ratings.fatigue"]:checked').count() == 1
    context.close()


def tab_to(page: Any, selector: str, limit: int = 160) -> None:
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            outline = page.evaluate(
                """() => {
                  const here = document.activeElement;
                  const seen = [here, here.closest('label'), here.parentElement].filter(Boolean);
                  return seen.some((one) => getComputedStyle(one).outlineStyle !== 'none');
                }"""
            )
            assert outline, f"no focus to be seen on {selector}"
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def press_continue(page):
    """By keyboard."""
    tab_to(page, "#quiz-form .button")
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def test_what_can_be_pressed_is_large_enough(phone):
    small = []
    for path in ("/", "/quiz", "/read", "/emergency", "/plan", "/me"):
        phone.goto(path)
        small += phone.evaluate(
            """path => [...document.querySelectorAll('main a.button, main button, .bar a, .urgent-link, .choice, .rating-row label, summary, .tel')]
              .map((one) => [path, one.textContent.trim().slice(0, 30), one.getBoundingClientRect()])
              .filter(([, , box]) => box.width && (box.height < 44 || box.width < 44))
              .map(([where, text, box]) => `${where} ${text} ${Math.round(box.width)}x${Math.round(box.height)}`)""",
            path,
        )

    assert not small


def test_it_can_be_read_at_four_hundred_per_cent(browser, shared_server):
    context = browser.new_context(viewport={"width": 320, "height": 256}, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/read/ra-overview")

    covered = page.evaluate("getComputedStyle(document.querySelector('.bar')).position === 'fixed'")
    assert not covered
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_people_of_the_stories_have_all_they_need(phone):
    # The persona posts fields; the screens must hold each of them, else the stories would test less than they say.
    from tests.support.people import SCREENS, on_screen, without_empty

    posted = set().union(*(on_screen(screen, RA) for screen in SCREENS))

    assert posted == set(without_empty(RA))
