"""No page of the library is longer than a tired reader scrolls."""

from __future__ import annotations

import pytest

from acupwa.library.model import Library
from tests.support.browser import PHONE
from tests.support.page_size import MOST, screens

pytestmark = pytest.mark.browser

# Pages that are still being shortened. None may join them, and an empty set is the aim.
STILL_OVER: frozenset[str] = frozenset(
    (
        "beside-your-medicines",
        "children-and-teenagers",
        "choosing-a-practitioner",
        "fainting-and-fear-of-needles",
    )
)


def test_each_page_is_at_most_six_screens_with_its_folds_closed(browser, shared_server, library: Library):
    context = browser.new_context(**PHONE, base_url=shared_server.url, service_workers="block")
    page = context.new_page()
    sizes = {slug: screens(page, slug) for slug in library.pages}
    context.close()

    over = {slug: round(size, 1) for slug, size in sizes.items() if size > MOST}
    assert set(over) <= STILL_OVER, over


def test_only_pages_that_exist_are_let_be(library: Library):
    assert set(library.pages) >= STILL_OVER
