"""Ways to read a page, in a real browser: short or full, aloud, larger, shared, printed.

Two things are stood in for, because this machine has neither: the voice engine behind `speechSynthesis` (a browser
without a screen has no voices), and the share sheet of the phone's system. The page and its scripts are the real ones.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.axe import findings
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.held_back import HeldBack
from tests.support.server import Server

pytestmark = pytest.mark.browser
PAGE = "/read/ra-overview"
SAFETY_PAGE = "/read/safety-in-numbers"
SHORT, FULL = '[name="length"][value="short"]', '[name="length"][value="full"]'

# Speaks a sentence when told to: window.spoken holds what was said, window.finish() ends the sentence.
VOICE_ENGINE = """
(voices) => {
  let now = null;
  window.spoken = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    addEventListener() {},
    speak(utterance) { now = utterance; spoken.push({ text: utterance.text, rate: utterance.rate, voice: utterance.voice.name }); },
    cancel() { const was = now; now = null; was?.onerror?.({ error: "interrupted" }); },
  }});
  window.finish = () => { const was = now; now = null; was.onend(); };
  window.breakDown = () => { const was = now; now = null; was.onerror({ error: "synthesis-failed" }); };
  window.silent = () => now === null;
}
"""
OWN = {"name": "own", "lang": "en-GB", "localService": True, "default": False}
NETWORK = {"name": "network", "lang": "en-GB", "localService": False, "default": True}
OTHER_LANGUAGE = {"name": "autre", "lang": "fr-FR", "localService": True, "default": False}


@pytest.fixture(params=["with scripts", "without scripts"])
def any_phone(request):
    return request.getfixturevalue("phone" if request.param == "with scripts" else "phone_without_js")


def give_voices(page: Any, *voices: dict[str, Any]) -> None:
    page.add_init_script(f"({VOICE_ENGINE})({json.dumps(voices)})")


def tool(page: Any, name: str) -> Any:
    return page.locator(".reading-tools").get_by_role("button", name=name)


def spoken(page: Any) -> list[str]:
    return [said["text"] for said in page.evaluate("spoken")]


def marked(page: Any) -> str:
    """What the reader sees marked."""
    return page.evaluate(
        "[...CSS.highlights.get('aloud')].map(range => range.toString().replace(/\\s+/g, ' ').trim()).join('|')"
    )


# ------------------------------------------------------------------ short or full


def test_one_switch_shows_the_short_version_and_keeps_what_concerns_safety(any_phone):
    any_phone.goto(PAGE)
    left_out = any_phone.get_by_role("heading", name="Does it ease pain?")
    safety = any_phone.get_by_role("heading", name="Who should wait")
    assert left_out.is_visible()

    any_phone.locator(SHORT).check()

    left_out.wait_for(state="hidden")
    assert safety.is_visible()
    assert any_phone.locator("#bottom-line").is_visible()
    assert any_phone.locator("#short").is_visible()
    assert any_phone.get_by_text("This is the short version").is_visible()

    any_phone.locator(FULL).check()
    left_out.wait_for(state="visible")
    assert any_phone.get_by_text("This is the short version").is_hidden()


def test_counts_of_harm_stay_in_the_short_version(any_phone):
    any_phone.goto(SAFETY_PAGE)
    any_phone.locator(SHORT).check()
    any_phone.get_by_role("heading", name="What these numbers cannot tell you").wait_for(state="hidden")

    pictures = any_phone.locator(".reading-harms")
    assert pictures.count() >= 2
    assert all(picture.is_visible() for picture in pictures.all())


@pytest.mark.parametrize("length", [SHORT, FULL])
def test_paper_gets_the_version_that_is_on_the_screen(any_phone, length):
    any_phone.goto(PAGE)
    any_phone.locator(length).check()
    any_phone.emulate_media(media="print")

    shown = any_phone.get_by_role("heading", name="Does it ease pain?").is_visible()
    assert shown == (length == FULL)
    assert any_phone.locator(".reading-sources").is_visible()
    assert any_phone.locator(".reading-tools").is_hidden()


def remembered(page: Any, length: str) -> None:
    # The policy of the page allows no text as code, so Playwright's own waiting does not work here.
    for _ in range(500):
        if page.evaluate("localStorage.getItem('reading-length')") == length:
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"{length} was not kept")


def test_the_phone_remembers_the_length(phone):
    phone.goto(PAGE)
    phone.locator(SHORT).check()
    remembered(phone, "short")

    phone.goto("/read/ms-overview")
    phone.wait_for_selector(f"{SHORT}:checked")
    phone.locator(FULL).check()
    remembered(phone, "full")
    phone.reload()

    tool(phone, "Print").wait_for()
    assert phone.locator(FULL).is_checked()


def test_a_length_chosen_before_the_scripts_came_is_remembered_too(browser, shared_server):
    # Without a worker: what it has stored cannot be held back.
    context = browser.new_context(**PHONE, base_url=shared_server.url, service_workers="block")
    page = context.new_page()
    script = HeldBack(page, "**/reading-length.js*")
    page.goto(PAGE, wait_until="commit")
    script.wait()
    page.locator(SHORT).check()

    script.let_go()

    remembered(page, "short")
    assert page.locator(SHORT).is_checked()
    context.close()


def test_a_link_into_a_part_that_is_left_out_shows_the_full_page(phone):
    phone.goto(PAGE)
    phone.locator(SHORT).check()
    target = "does-it-ease-pain"

    phone.goto(f"{PAGE}?again#{target}")

    phone.wait_for_selector(f"{FULL}:checked")
    phone.locator(f"#{target}").wait_for(state="visible")


def test_without_scripts_only_what_works_is_shown(phone_without_js):
    phone_without_js.goto(PAGE)

    assert phone_without_js.locator(".reading-length").is_visible()
    assert all(button.is_hidden() for button in phone_without_js.locator(".reading-tool").all())
    assert phone_without_js.locator(".reading-panel:visible").count() == 0


# ------------------------------------------------------------------ text size, spacing, colours


def test_size_spacing_and_colours_hold_on_every_page_from_the_first_paint(phone):
    phone.goto(PAGE)
    usual = phone.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    tool(phone, "Text").tap()
    panel = phone.locator("#look")
    for choice in ("200 %", "Roomy", "Dark"):
        panel.get_by_label(choice, exact=True).check()
    phone.wait_for_selector("html[data-text='200'][data-space='roomy'][data-theme='dark']")

    # Seen when the body begins, which is before anything can be painted.
    phone.add_init_script("""
      new MutationObserver(() => {
        if (document.body && !window.atFirst) window.atFirst = { ...document.documentElement.dataset };
      }).observe(document, { childList: true, subtree: true });
    """)
    for path in ("/", "/quiz", "/list", "/studies"):
        phone.goto(path)
        assert phone.evaluate("atFirst") == {"text": "200", "space": "roomy", "theme": "dark"}, path
        assert phone.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 2 * usual
        assert phone.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        bar = phone.evaluate("[...document.querySelectorAll('meta[name=theme-color]')].map(m => m.media)")
        assert bar == ["not all", "all"]


def test_back_to_the_usual_leaves_nothing_on_the_phone(phone):
    phone.goto("/me")
    panel = phone.locator("[data-module=look]")
    panel.get_by_label("Dark", exact=True).check()
    phone.wait_for_selector("html[data-theme=dark]")
    assert phone.evaluate("localStorage.getItem('look')") == '{"theme":"dark"}'

    panel.get_by_label("Same as phone").check()

    phone.wait_for_selector("html:not([data-theme])")
    assert phone.evaluate("localStorage.getItem('look')") is None
    bar = phone.evaluate("[...document.querySelectorAll('meta[name=theme-color]')].map(m => m.media)")
    assert bar == ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"]


def test_another_open_page_follows(phone):
    other = phone.context.new_page()
    other.goto("/read")
    phone.goto("/me")
    phone.locator("[data-module=look]").get_by_label("Light", exact=True).check()

    other.wait_for_selector("html[data-theme=light]")


def test_a_phone_that_keeps_nothing_still_shows_the_page_and_no_choices(browser, shared_server):
    context = browser.new_context(**PHONE, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(PAGE)
    tool(page, "Print").wait_for()

    assert tool(page, "Text").is_hidden()
    page.locator(SHORT).check()
    page.get_by_role("heading", name="Does it ease pain?").wait_for(state="hidden")
    context.close()


# ------------------------------------------------------------------ aloud


def test_the_page_is_read_sentence_by_sentence_without_the_numbers_of_sources(phone):
    give_voices(phone, NETWORK, OWN)
    phone.goto(PAGE)
    tool(phone, "Listen").tap()
    player = phone.locator("#aloud")
    player.get_by_role("button", name="Pause").wait_for()

    assert spoken(phone) == ["Rheumatoid arthritis and acupuncture"]
    assert phone.evaluate("spoken[0].voice") == "own", "a voice on the phone goes before one on the network"
    assert player.locator(".aloud-network").is_hidden()
    said = []
    while True:
        said.append(spoken(phone)[-1])
        assert marked(phone).replace("[", "").startswith(said[-1][:10])
        phone.evaluate("finish()")
        if phone.evaluate("silent()"):
            break

    whole = " ".join(said)
    assert len(said) > 40
    assert not any(sign in whole for sign in "[]■□")
    box = phone.locator(".reading-box-line").inner_text()
    assert box.split(".")[0] in whole
    assert all(sentence in whole for sentence in ["Does it ease pain", "You have a fever of 38"])
    player.wait_for(state="hidden")
    assert phone.evaluate("CSS.highlights.get('aloud').size") == 0


def test_pause_goes_on_with_the_same_sentence_and_next_and_back_step(phone):
    give_voices(phone, OWN)
    phone.goto(PAGE)
    tool(phone, "Listen").tap()
    player = phone.locator("#aloud")
    player.get_by_role("button", name="Next sentence").tap()
    second = spoken(phone)[-1]

    player.get_by_role("button", name="Pause").tap()
    player.get_by_role("button", name="Play").wait_for()
    assert phone.evaluate("silent()")
    assert marked(phone) == second, "the place stays marked"

    player.get_by_role("button", name="Play").tap()
    player.get_by_role("button", name="Pause").wait_for()
    assert spoken(phone)[-1] == second

    player.get_by_role("button", name="Previous sentence").tap()
    assert spoken(phone)[-1] == "Rheumatoid arthritis and acupuncture"


def test_the_speed_is_kept_on_the_phone(phone):
    give_voices(phone, OWN)
    phone.goto(PAGE)
    tool(phone, "Listen").tap()
    phone.locator("#aloud select").select_option("0.7")
    assert phone.evaluate("spoken.at(-1).rate") == 0.7

    phone.goto(SAFETY_PAGE)
    tool(phone, "Listen").tap()
    phone.wait_for_function("spoken.length === 1")
    assert phone.evaluate("spoken[0].rate") == 0.7


def test_the_short_version_is_read_short(phone):
    give_voices(phone, OWN)
    phone.goto(PAGE)
    phone.locator(SHORT).check()
    tool(phone, "Listen").tap()
    phone.wait_for_function("spoken.length === 1")
    while not phone.evaluate("silent()"):
        phone.evaluate("finish()")

    whole = " ".join(spoken(phone))
    assert "Who should wait" in whole
    assert "Does it ease pain?" not in whole


def test_stop_ends_it_and_so_does_leaving(phone):
    give_voices(phone, OWN)
    phone.goto(PAGE)
    tool(phone, "Listen").tap()
    phone.wait_for_function("spoken.length === 1")
    phone.locator("#aloud").get_by_role("button", name="Stop").tap()
    phone.locator("#aloud").wait_for(state="hidden")
    assert phone.evaluate("silent()")

    tool(phone, "Listen").tap()
    phone.wait_for_function("!silent()")
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert phone.evaluate("silent()")


def test_a_voice_that_breaks_down_is_told_and_can_go_on(phone):
    give_voices(phone, OWN)
    phone.goto(PAGE)
    tool(phone, "Listen").tap()
    phone.wait_for_function("spoken.length === 1")
    phone.evaluate("breakDown()")

    phone.get_by_text("The voice stopped.").wait_for()
    phone.locator("#aloud").get_by_role("button", name="Play").tap()
    phone.wait_for_function("spoken.length === 2")


def test_a_voice_of_the_network_says_so_and_waits_for_a_yes(phone):
    give_voices(phone, NETWORK, OTHER_LANGUAGE)
    phone.goto(PAGE)
    tool(phone, "Listen").tap()

    phone.get_by_text("It would send the words on this page").wait_for()
    assert spoken(phone) == []
    phone.locator("#aloud").get_by_role("button", name="Play").tap()
    phone.wait_for_function("spoken.length === 1")


@pytest.mark.parametrize("voices", [(), (OTHER_LANGUAGE,)])
def test_without_a_voice_of_the_language_there_is_no_button(phone, voices):
    give_voices(phone, *voices)
    phone.goto(PAGE)
    tool(phone, "Print").wait_for()

    assert tool(phone, "Listen").is_hidden()


def test_a_browser_that_cannot_mark_a_sentence_marks_its_paragraph(phone):
    give_voices(phone, OWN)
    phone.add_init_script("delete window.Highlight")
    phone.goto(PAGE)
    tool(phone, "Listen").tap()

    phone.wait_for_selector("h1.aloud-now")
    phone.locator("#aloud").get_by_role("button", name="Next sentence").tap()
    phone.wait_for_selector(".reading-box h2.aloud-now")
    assert phone.locator(".aloud-now").count() == 1


# ------------------------------------------------------------------ shared, and on paper


def test_the_link_that_is_copied_has_no_personal_part(phone):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.goto(f"{PAGE}?from=clinic-7#sources")
    tool(phone, "Copy link").tap()

    phone.get_by_text("Link copied.").wait_for()
    copied = phone.evaluate("navigator.clipboard.readText()")
    assert copied == phone.evaluate("location.origin") + PAGE


def test_the_share_sheet_gets_title_and_bare_address(phone):
    phone.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    phone.goto(f"{PAGE}?from=clinic-7#sources")
    tool(phone, "Share").tap()

    phone.wait_for_function("window.shared")
    assert phone.evaluate("shared") == {
        "title": "Rheumatoid arthritis and acupuncture",
        "url": phone.evaluate("location.origin") + PAGE,
    }


def test_the_code_for_the_way_back_is_on_paper_only(browser, tmp_path):
    server = Server(tmp_path, ACUPWA_PUBLIC_URL="https://acupwa.example").start()
    context = browser.new_context(**PHONE, base_url=server.url)
    context.add_init_script(SAVES_DATA)
    try:
        page = context.new_page()
        page.goto(PAGE)
        back = page.locator(".reading-back")
        assert back.is_hidden()

        page.emulate_media(media="print")

        assert back.is_visible()
        assert f"https://acupwa.example{PAGE}" in back.inner_text()
    finally:
        context.close()
        server.stop()


# ------------------------------------------------------------------ for everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_panels_open(browser, shared_server, scheme):
    context = browser.new_context(**PHONE, base_url=shared_server.url, color_scheme=scheme)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    told: list[str] = []
    give_voices(page, NETWORK)
    page.goto(PAGE)
    for name in ("Text", "Listen"):
        tool(page, name).tap()
    page.locator("#aloud").get_by_role("button", name="Play").tap()
    page.wait_for_function("spoken.length === 1")

    assert findings(page) == []
    page.locator(SHORT).check()
    assert findings(page) == []
    assert told == [], "the content policy has nothing to say of the structured data"
    context.close()


@pytest.mark.parametrize("size", ["125", "150", "200"])
def test_nothing_runs_off_the_side_at_any_size(phone, size):
    give_voices(phone, OWN)
    phone.add_init_script(f"localStorage.setItem('look', JSON.stringify({{text: '{size}', space: 'roomy'}}))")
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(PAGE)
    for name in ("Text", "Listen"):
        tool(phone, name).tap()

    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_alone_works_the_tools(phone):
    give_voices(phone, OWN)
    phone.goto(PAGE)
    tool(phone, "Listen").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_function("spoken.length === 1")
    stop = phone.locator("#aloud").get_by_role("button", name="Stop")
    stop.focus()
    phone.keyboard.press("Enter")

    phone.locator("#aloud").wait_for(state="hidden")
    assert phone.evaluate("document.activeElement.getAttribute('aria-controls')") == "aloud"
