"""On the whole check-in all numbers are those of one country: the one that is chosen, else that of the phone's time zone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import phone_page
from tests.support.modules import started
from tests.support.walk import tick

pytestmark = pytest.mark.browser

# What stands in each place, beside what the phone would put on a card of its own for the same kinds of help.
DIFFERENT = """async (codes) => {
  const rules = await (await fetch("/quiz/rules.json")).json();
  const select = document.querySelector("[name=country]");
  const numberOf = (one) => (one.querySelector(".tel-number") || one.querySelector("strong")).textContent;
  const found = [];
  for (const code of codes) {
    select.value = code;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 50));
    for (const place of document.querySelectorAll(".phones[data-kinds]")) {
      const byKind = place.dataset.kinds.split(" ").map((kind) => rules.phones[kind]);
      if (!byKind.every(Boolean)) continue;
      const told = byKind.flatMap((numbers) => numbers[code] || numbers["*"]).map(({ number }) => number);
      const shown = [...place.querySelectorAll(":scope > .phone")].map(numberOf);
      if (String(told) !== String(shown)) found.push([code, place.dataset.kinds, told, shown]);
    }
  }
  return found;
}"""
CODES = """async () => {
  const rules = await (await fetch("/quiz/rules.json")).json();
  const named = Object.values(rules.phones).flatMap((byCountry) => Object.keys(byCountry)).filter((one) => /^[A-Z]/.test(one));
  return [...new Set([...named, "CH", "KE"])];
}"""


def whole(page: Any) -> None:
    page.goto("/quiz/whole")
    started(page)
    page.locator("form.is-stepped").wait_for()


def first_of(page: Any, place: str) -> str:
    return str(page.locator(f"{place} .phones > .phone a").first.get_attribute("href"))


def choose(page: Any, country: str) -> None:
    page.locator('[name="country"]').evaluate(
        "(one, code) => { one.value = code; one.dispatchEvent(new Event('change', { bubbles: true })); }", country
    )


def test_a_sign_that_is_ticked_shows_the_numbers_of_the_country_that_is_chosen(browser, shared_server):
    with phone_page(browser, shared_server.url) as page:
        whole(page)
        tick(page.locator('[value="chest-pain-breathless"]'))
        sign = '.quiz-sign:has([value="chest-pain-breathless"])'
        assert first_of(page, sign) == "tel:999"

        choose(page, "AU")

        page.locator(f'{sign} .phones > .phone a[href="tel:000"]').wait_for()
        assert first_of(page, sign) == "tel:000"
        page.reload()
        started(page)
        page.locator(f'{sign} .phones > .phone a[href="tel:000"]').wait_for(), "of the draft"
        page.evaluate("location.hash = 'step-review'")
        assert first_of(page, "#whole-care") == "tel:000"


def test_of_every_country_all_places_agree(browser, shared_server):
    with phone_page(browser, shared_server.url) as page:
        whole(page)
        codes = page.evaluate(CODES)

        assert len(codes) > 20
        assert page.evaluate(DIFFERENT, codes) == []


@pytest.mark.parametrize(("zone", "first"), [("Asia/Tokyo", "tel:112"), ("Australia/Sydney", "tel:000")])
def test_where_none_is_chosen_all_go_by_the_time_zone(browser, shared_server, zone, first):
    with phone_page(browser, shared_server.url, zone=zone) as page:
        whole(page)
        choose(page, "")
        tick(page.locator('[value="chest-pain-breathless"]'))
        page.evaluate("location.hash = 'step-review'")
        page.locator("#whole-care .care").wait_for()

        sign = '.quiz-sign:has([value="chest-pain-breathless"])'
        on_page, on_card = (
            " ".join(" ".join(page.locator(f"{place} .phones > .phone").all_text_contents()).split())
            for place in (sign, "#whole-care")
        )
        assert on_page == on_card
        assert first_of(page, "#whole-care") == first


def test_a_page_that_came_back_with_faults_goes_by_what_is_chosen_now(browser, shared_server):
    with phone_page(browser, shared_server.url) as page:
        page.route("**/*.js", lambda route: route.abort())
        page.goto("/quiz/whole")
        page.locator('[name="country"]').select_option("GB")
        tick(page.locator('[name="red_flags"][value="chest-pain-breathless"]'))
        page.unroute("**/*.js")
        page.get_by_role("button", name="Agree and send").click()
        page.locator(".error-summary").first.wait_for()
        started(page)
        page.locator("form.is-stepped").wait_for()

        choose(page, "AU")

        page.locator('.quiz-sign:has([value="chest-pain-breathless"]) .phones > .phone a[href="tel:000"]').wait_for(
            state="attached"
        )
        assert page.locator('.quiz-signs a[href="tel:999"]').count() == 0


def test_with_no_rules_the_numbers_are_those_of_the_country_that_is_chosen(browser, shared_server):
    with phone_page(browser, shared_server.url) as page:
        page.route("**/quiz/rules.json", lambda route: route.abort())
        whole(page)
        choose(page, "AU")

        page.locator('#whole-no-rules .phones > .phone a[href="tel:000"]').wait_for()
