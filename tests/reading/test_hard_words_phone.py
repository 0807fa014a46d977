"""A hard word on a phone: by thumb, by keyboard, with and without scripts; and the filter of the claims check."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
PAGE = "/read/ra-what-studies-found"


@pytest.fixture(params=["with scripts", "without scripts"])
def any_phone(request):
    return request.getfixturevalue("phone" if request.param == "with scripts" else "phone_without_js")


def first_word(page):
    return page.locator('.reading-text .hard-word[popovertarget="word-sham"]').first


def test_a_tap_opens_the_meaning_and_a_tap_closes_it(any_phone):
    any_phone.goto(PAGE)
    meaning = any_phone.locator("#word-sham")
    assert not meaning.is_visible()

    first_word(any_phone).tap()
    meaning.wait_for(state="visible")
    assert "pretend" in meaning.inner_text()
    box = meaning.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844 + 1

    meaning.get_by_role("button", name="Close").tap()
    meaning.wait_for(state="hidden")


def test_a_tap_beside_it_closes_it(any_phone):
    any_phone.goto(PAGE)
    first_word(any_phone).tap()
    meaning = any_phone.locator("#word-sham")
    meaning.wait_for(state="visible")

    any_phone.touchscreen.tap(195, 20)

    meaning.wait_for(state="hidden")


def test_the_keyboard_opens_it_and_comes_back(any_phone):
    any_phone.goto(PAGE)
    first_word(any_phone).focus()
    any_phone.keyboard.press("Enter")
    any_phone.locator("#word-sham").wait_for(state="visible")
    any_phone.wait_for_selector("#word-sham button:focus")

    any_phone.keyboard.press("Escape")

    any_phone.locator("#word-sham").wait_for(state="hidden")
    any_phone.wait_for_selector(".reading-text .hard-word:focus")


def test_a_screen_reader_is_told_a_name_a_role_and_what_it_opens(phone):
    phone.goto(PAGE)
    word = phone.locator(".reading-text").get_by_role("button", name="Sham", exact=False).first
    assert word.get_attribute("aria-haspopup") == "dialog"

    word.tap()

    phone.get_by_role("dialog", name="sham", exact=True).wait_for(state="visible")


def test_nothing_takes_the_focus_when_the_page_opens(phone):
    phone.goto(PAGE)

    assert phone.evaluate("document.activeElement === document.body")


def test_a_thumb_reaches_each_word_on_44_pixels_and_links_beside_it_stay_theirs(phone):
    phone.goto("/read/how-it-works-immunity")
    missed = phone.evaluate(
        """() => {
          const missed = [];
          for (const fold of document.querySelectorAll('.reading-text details')) fold.open = true;
          for (const word of document.querySelectorAll('.reading-text .hard-word')) {
            word.scrollIntoView({block: 'center', behavior: 'instant'});
            const reach = getComputedStyle(word, '::after');
            if (parseFloat(reach.width) < 44 || parseFloat(reach.height) < 44) missed.push(word.textContent);
          }
          for (const link of document.querySelectorAll('.reading-text p > a, .reading-text .reading-cite a')) {
            link.scrollIntoView({block: 'center', behavior: 'instant'});
            const box = link.getClientRects()[0];
            if (!box) continue;
            const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            if (hit !== link && !link.contains(hit)) missed.push('link ' + link.textContent);
          }
          return missed;
        }"""
    )

    assert not missed


def test_paper_shows_plain_words(phone):
    phone.goto(PAGE)
    first_word(phone).tap()
    phone.locator("#word-sham").wait_for(state="visible")

    phone.emulate_media(media="print")

    assert not phone.locator("#word-sham").is_visible()
    assert first_word(phone).is_visible()


def test_the_claims_check_is_filtered_by_illness_and_verdict(any_phone):
    any_phone.goto("/claims")
    any_phone.locator("label:has(#illness-ms)").tap()
    any_phone.locator("#ra-name").wait_for(state="hidden")
    assert any_phone.locator("#ms-name").is_visible()
    assert any_phone.locator("#how-it-works-name").is_visible()
    any_phone.locator("summary:has(#ms-name)").click()

    any_phone.locator("label:has(#verdict-not-found)").tap()
    any_phone.locator('a[href="/claims/ms-fatigue-and-quality-of-life"]').wait_for(state="hidden")
    assert any_phone.locator('a[href="/claims/ms-cochrane-review"]').is_visible()
    assert not any_phone.locator("#how-it-works-name").is_visible(), "no claim there has this verdict"

    any_phone.locator("label:has(#verdict-all)").tap()
    any_phone.locator("label:has(#illness-hashimoto)").tap()
    any_phone.locator("#hashimoto-name").wait_for(state="visible")
    claim = any_phone.locator('a[href="/claims/often-respond"]')
    if not claim.is_visible():  # a script opens what is little enough
        any_phone.locator("summary:has(#any-condition-name)").click()
    assert claim.is_visible()
