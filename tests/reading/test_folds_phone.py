"""What a page folds: closed at first, and open for a link, for paper, and for the voice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.modules import started

pytestmark = pytest.mark.browser
PAGE = "/read/ra-overview"
# In the text: what the short version alone shows is hidden here.
CITATION = ".reading-text a[href^='#source-']"


@pytest.fixture(params=["with scripts", "without scripts"])
def any_phone(request):
    return request.getfixturevalue("phone" if request.param == "with scripts" else "phone_without_js")


def seen(page: Any, selector: str) -> bool:
    """Whether it is painted: what a closed fold holds has a box, and is not."""
    return page.locator(selector).first.evaluate("element => element.checkVisibility()")


def test_sources_are_closed_and_a_citation_opens_them(any_phone):
    any_phone.goto(PAGE)
    assert not seen(any_phone, "#source-1")
    assert any_phone.get_by_role("heading", name="Sources (").is_visible()

    citation = any_phone.locator(CITATION).first
    citation.click()

    any_phone.wait_for_selector(".reading-sources details[open]")
    assert seen(any_phone, str(citation.get_attribute("href")))


def test_an_address_with_a_source_opens_them(any_phone):
    any_phone.goto(f"{PAGE}#source-3")

    any_phone.wait_for_selector(".reading-sources details[open]")
    assert seen(any_phone, "#source-3")


def test_a_link_to_the_heading_of_a_fold_opens_it_each_time(phone):
    phone.goto(f"{PAGE}#sources")
    phone.wait_for_selector(".reading-sources details[open]")
    assert phone.evaluate("document.querySelector('#about-this-page').closest('details').open") is False

    phone.locator(".reading-sources summary").click()
    phone.wait_for_selector(".reading-sources details:not([open])")
    phone.locator(CITATION).first.click()
    phone.wait_for_selector(".reading-sources details[open]")


def test_on_paper_every_fold_stands_open(any_phone):
    any_phone.goto(PAGE)
    any_phone.emulate_media(media="print")

    box = "element => element.getBoundingClientRect().height"
    assert any_phone.locator(".reading-sources ol").evaluate(box) > 100
    assert seen(any_phone, "#source-1")


def test_the_print_button_leaves_the_folds_as_they_were(phone):
    phone.goto(PAGE)
    started(phone)
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert phone.locator("details.reading-fold:not([open])").count() == 0

    phone.evaluate("dispatchEvent(new Event('afterprint'))")

    assert phone.locator("details.reading-fold[open]").count() == 0
