"""No page of the library is longer than a tired reader scrolls."""

from __future__ import annotations

import pytest

from acupwa.library.model import Library
from tests.support.browser import PHONE
from tests.support.page_size import MOST, screens

pytestmark = pytest.mark.browser


def test_each_page_is_at_most_six_screens_with_its_folds_closed(browser, shared_server, library: Library):
    context = browser.new_context(**PHONE, base_url=shared_server.url, service_workers="block")
    page = context.new_page()
    sizes = {slug: screens(page, slug) for slug in library.pages}
    context.close()

    over = {slug: round(size, 1) for slug, size in sizes.items() if size > MOST}
    assert over == {}
