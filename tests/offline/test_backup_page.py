"""The page of the backup file for everyone: axe in light and dark, with a file open and with a fault."""

from __future__ import annotations

import pytest

from tests.offline.test_backup_file import DRAFT, FIXTURE, PUT, open_file
from tests.support.axe import findings
from tests.support.browser import phone_page
from tests.support.modules import started

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing(browser, shared_server, colours):
    found = []
    with phone_page(browser, shared_server.url) as page:
        page.emulate_media(color_scheme=colours)
        page.goto("/offline/backup")
        started(page)
        found += findings(page)
        page.evaluate(PUT, ["drafts", DRAFT])
        open_file(page, FIXTURE, "not the right one")
        page.get_by_text("The file does not open with this passphrase.").wait_for()
        found += findings(page)
        open_file(page, FIXTURE, "correct horse battery staple")
        page.get_by_role("heading", name="What is in the file").wait_for()
        page.locator("[data-records] summary").first.click()
        found += findings(page)

    assert not found, "\n".join(found)
