"""At twice the text size on the smallest phone nothing is cut, nothing scrolls sideways, and headings keep their order."""

from __future__ import annotations

import pytest

from tests.stories.test_reach import PUBLIC
from tests.support.browser import SAVES_DATA
from tests.support.people import RA
from tests.support.walk import answer_screen, finish, go_on, screen_of

pytestmark = pytest.mark.browser
WIDTH = 320
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
HEADINGS = """[...document.querySelectorAll('main :is(h1, h2, h3)')].filter(one => one.checkVisibility())
  .map(one => [one.tagName, parseFloat(getComputedStyle(one).fontSize)])"""


@pytest.fixture
def large(browser, shared_server):
    context = browser.new_context(viewport={"width": WIDTH, "height": 700}, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    yield page
    context.close()


def enlarge(page):
    page.evaluate("document.documentElement.dataset.text = '200'")
    return page.url if page.evaluate(TOO_WIDE) else ""


def test_public_pages_fit(large):
    wide = []
    for path in PUBLIC:
        large.goto(path)
        wide.append(enlarge(large))

    assert not any(wide), wide


def test_ones_own_pages_fit_from_the_first_question_to_the_follow_up(large):
    wide = []
    large.goto("/quiz")
    with large.expect_event("load"):
        large.locator("main form button").first.click()
    while screen_of(large) != "review":
        answer_screen(large, screen_of(large), RA)
        wide.append(enlarge(large))
        go_on(large)
    wide.append(enlarge(large))
    finish(large)
    wide.append(enlarge(large))
    for path in ("/today", "/plan", "/progress", "/list", "/me", "/read", "/check-in"):
        large.goto(path)
        wide.append(enlarge(large))
    with large.expect_event("load"):
        large.get_by_role("button", name="Start the follow-up").click()
    wide.append(enlarge(large))

    assert not any(wide), wide


def test_no_heading_is_larger_than_the_one_of_the_page(large):
    for path in ("/", "/emergency", "/read", "/about"):
        large.goto(path)
        enlarge(large)
        sizes = large.evaluate(HEADINGS)
        page_size = next(size for name, size in sizes if name == "H1")
        assert max(size for name, size in sizes if name != "H1") <= page_size, path
