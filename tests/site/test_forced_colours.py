"""In the colours that a person forces on all pages, the focus can be seen also on what is chosen (WCAG 2.4.7)."""

from __future__ import annotations

import pytest

from tests.support.browser import SAVES_DATA

pytestmark = pytest.mark.browser
CHOSEN = (".choice input", ".rating-row input")
OUTLINE = """(input) => {
  const style = getComputedStyle(input.closest('label'));
  return [style.outlineStyle, style.outlineWidth, style.outlineColor].join(' ');
}"""
GROUND = "(input) => getComputedStyle(input.closest('label')).backgroundColor"


@pytest.mark.parametrize("kind", CHOSEN)
def test_the_focus_is_seen_on_what_is_chosen(browser, shared_server, kind):
    context = browser.new_context(forced_colors="active", base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/about/design")
    one = page.locator(f"{kind}:not(:checked)").first.element_handle()
    ground = one.evaluate(GROUND)
    one.check()
    # After a key, a focus set by script is shown as one set by a key.
    page.keyboard.press("Tab")
    one.evaluate("(input) => input.blur()")
    blurred = one.evaluate(OUTLINE)
    one.focus()

    assert one.evaluate("(input) => input.matches(':focus-visible')")
    assert one.evaluate(OUTLINE) != blurred
    assert one.evaluate(GROUND) != ground
    context.close()
