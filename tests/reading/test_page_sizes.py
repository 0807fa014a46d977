"""No page of the library is longer than a tired reader scrolls."""

from __future__ import annotations

import pytest

from acupwa.library.model import Library
from tests.support.browser import PHONE, phone_page
from tests.support.page_size import MOST, SCREEN, screens

pytestmark = pytest.mark.browser


def test_each_page_is_at_most_six_screens_with_its_folds_closed(browser, shared_server, library: Library):
    context = browser.new_context(**PHONE, base_url=shared_server.url, service_workers="block")
    page = context.new_page()
    sizes = {slug: screens(page, slug) for slug in library.pages}
    context.close()

    over = {slug: round(size, 1) for slug, size in sizes.items() if size > MOST}
    assert over == {}


@pytest.mark.parametrize(
    "path", ["/read", "/list", "/evidence", "/evidence/others", "/studies", "/glossary", "/claims"]
)
def test_a_page_that_gathers_others_is_at_most_six_screens_with_its_folds_closed(browser, shared_server, path):
    with phone_page(browser, shared_server.url) as page:
        page.goto(path)
        found = page.evaluate(
            "({ height: document.querySelector('main').getBoundingClientRect().height,"
            " open: document.querySelectorAll('main details[open]').length, wide: document.documentElement.scrollWidth })"
        )

    assert (found["open"], found["wide"]) == (0, 390)
    assert found["height"] / SCREEN <= MOST
