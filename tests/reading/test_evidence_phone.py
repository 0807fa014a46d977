"""The evidence map and the list of studies on a phone, and without scripts."""

from __future__ import annotations

import pytest

from tests.support.browser import SAVES_DATA
from tests.support.modules import started

pytestmark = pytest.mark.browser
SHOWN = ".studies-all li:visible"


def test_a_tap_on_a_mark_leads_to_its_words(phone):
    phone.goto("/evidence")
    mark = phone.locator('.evidence-row a[href="#ra-pain"]')
    mark.scroll_into_view_if_needed()
    mark.tap()
    phone.wait_for_url("**/evidence#ra-pain")
    row = phone.locator("#ra-pain")
    row.wait_for()

    phone.wait_for_function(
        "() => { const box = document.querySelector('#ra-pain').getBoundingClientRect();"
        " return box.top >= -2 && box.top < innerHeight / 2; }"
    )
    assert row.locator("a").count() >= 1
    assert row.evaluate("one => one.matches(':target') && getComputedStyle(one).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [320, 390])
def test_every_mark_is_large_enough_for_a_thumb(browser, shared_server, width):
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/evidence")
    sides = page.evaluate(
        "[...document.querySelectorAll('.evidence-row a rect, .evidence-heads a')]"
        ".map(one => one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    overlap = page.evaluate(
        "[...document.querySelectorAll('.evidence-heads a')].some(one => one.scrollWidth > one.clientWidth + 1)"
    )
    context.close()

    assert len(sides) > 80
    assert min(sides) >= 44
    assert not overlap


def test_the_map_is_filtered_by_illness_and_by_what_it_is_about_without_scripts(phone_without_js):
    page = phone_without_js
    page.goto("/evidence")
    rows = page.locator(".evidence-words tbody tr:visible")
    assert rows.count() == 0, "the words are folded"
    page.get_by_label("Condition", exact=True).select_option("ms")
    page.locator("#ra-name").wait_for(state="hidden")
    of_ms = rows.count()

    assert of_ms == page.locator("#ms tbody tr").count() > 0
    assert page.locator(".evidence-words:visible").count() == 1
    assert not page.locator('.evidence-row a[href="#ra-pain"]').is_visible()
    assert page.locator('.evidence-row a[href="#ms-pain"]').is_visible()

    head, mark = (
        page.locator(one).bounding_box()
        for one in ('.evidence-heads a[href="#ms"]', '.evidence-row a[href="#ms-pain"] rect')
    )
    assert abs(head["x"] + head["width"] / 2 - mark["x"] - mark["width"] / 2) < 2

    page.get_by_label("What it is about").select_option("fatigue")
    page.locator("#ms-pain").wait_for(state="hidden")
    assert rows.count() == page.locator('#ms tr[data-about="fatigue"]').count() > 0
    assert page.locator(".evidence-row:visible").count() == 1

    page.get_by_role("button", name="Show all").click()
    page.locator("#ra-name").wait_for()


def test_the_studies_are_filtered_four_ways_without_scripts(phone_without_js):
    page = phone_without_js
    page.goto("/studies")
    page.get_by_label("Condition", exact=True).select_option("ra")
    page.get_by_label("Kind").select_option("trial")
    page.get_by_label("Sham").select_option("with-sham")
    page.get_by_label("Result").select_option("no-difference")
    page.locator("#review-name").wait_for(state="hidden")
    left = page.locator(SHOWN)
    assert 0 < left.count() < 20
    for number in range(left.count()):
        line = left.nth(number)
        assert "ra" in (line.get_attribute("data-illness") or "").split()
        assert "with sham" in line.inner_text()
        assert "No difference" in line.inner_text()

    with page.expect_navigation():
        left.first.click(position={"x": 4, "y": 40})
    assert "/studies/" in page.url


@pytest.mark.parametrize("path", ["/evidence", "/studies", "/evidence/others", "/claims"])
def test_a_filter_says_how_many_are_left_and_opens_what_is_little_enough(phone, path):
    page = phone
    page.goto(path)
    said = page.locator(".filter-said")
    started(page)
    assert said.inner_text() == ""
    all_of_it = page.locator("[data-item]").count()
    if path == "/claims":
        page.locator("label:has(#illness-ms)").tap()
        page.locator("label:has(#verdict-supported)").tap() if page.locator("#verdict-supported").count() else None
    else:
        page.locator("select").first.select_option(index=2)

    said.filter(has_text=f"of {all_of_it}").wait_for()
    shown = page.locator("[data-item]").evaluate_all(
        "(all) => all.filter((one) => { for (let at = one; at.parentElement; at = at.parentElement)"
        " if (getComputedStyle(at).display === 'none') return false; return true; }).length"
    )
    assert said.inner_text() == f"Showing {shown} of {all_of_it}."


def test_a_filter_that_leaves_nothing_says_so_and_leads_back(phone):
    page = phone
    page.goto("/evidence")
    page.get_by_label("Condition", exact=True).select_option("ms")
    page.get_by_label("What it is about").select_option("skin")
    page.locator(".filter-said", has_text="None.").wait_for()

    page.locator(".filter-none button").click()

    page.locator("#ra-name").wait_for()
    assert page.locator(".filter-said").inner_text() == ""
    assert not page.locator(".filter-none").is_visible()


def test_the_map_and_its_legend_fit_on_one_printed_sheet(browser, shared_server):
    # A4 less a centimetre on each side, at 96 dots an inch.
    context = browser.new_context(viewport={"width": 718, "height": 1047}, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/evidence")
    page.emulate_media(media="print")
    ends = page.evaluate(
        "['.evidence-map', '.evidence-legend'].map(name => document.querySelector(name).getBoundingClientRect())"
        ".map(box => [box.right, box.bottom])"
    )
    context.close()

    assert max(right for right, _ in ends) <= 718
    assert max(bottom for _, bottom in ends) <= 1047
