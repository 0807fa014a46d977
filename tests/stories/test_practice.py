"""The whole way in two browsers: a card on the desk, a patient on the way home, one page before the session, taken back."""

from __future__ import annotations

import re
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.axe import findings
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.held_back import HeldBack
from tests.support.people import RA
from tests.support.practitioners import PASSWORD, invitation
from tests.support.walk import finish, posted_whole, to_review

pytestmark = pytest.mark.browser
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "timezone_id": "Europe/London"}
# Pixels between two choices, so that a sore thumb does not take the wrong one.
THUMB = 12
# The script that gives typed words back has looked at whose the form is.
HAS_BEGUN = "() => history.state?.whose === document.querySelector('form[data-module=typed]')?.elements.whose?.value"
LEFT_OUT = ("Country", "Your main problem")


@pytest.fixture
def clinic() -> str:
    """A name that no other test has: they share one server."""
    return f"Needle Lane {uuid.uuid4().hex[:6]}"


def open_account(page: Any, server: Any, clinic: str) -> None:
    page.goto(invitation(server, f"ann@{clinic.rpartition(' ')[2]}.example.org", clinic, "Ann Lee"))
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    page.wait_for_url("**/practice")


def make_link(page: Any, alias: str) -> None:
    page.goto("/practice/links")
    page.get_by_label("Your name for the link").fill(alias)
    page.get_by_role("button", name="Create link").click()
    page.wait_for_url(re.compile(r"/practice/links/[0-9a-f-]+$"))


def printed_code(page: Any, folder: Path) -> str:
    """What a phone reads off the printed card."""
    page.get_by_role("link", name="Card to print").click()
    page.wait_for_url("**/card")
    # What the frame says meanwhile takes no paper.
    page.evaluate(
        "const it = document.querySelector('#update-offer'); it.append(it.firstElementChild.content.cloneNode(true))"
    )
    pdf = folder / "card.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    size = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", size).groups())
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (85, 55)
    assert re.search(r"Pages:\s+1\b", size)
    subprocess.run(["pdftoppm", "-r", "300", "-png", "-singlefile", pdf, folder / "card"], check=True)
    read = subprocess.run(["zbarimg", "-q", "--raw", folder / "card.png"], check=True, capture_output=True, text=True)
    return read.stdout.strip()


def room_between(one: Any, other: Any) -> float:
    above, below = one.bounding_box(), other.bounding_box()
    return float(below["y"] - above["y"] - above["height"])


def share_all_but(page: Any, left_out: tuple[str, ...]) -> None:
    """Take the tick off two items of the preview, and share."""
    for question in left_out:
        page.locator("label.choice").filter(has_text=re.compile(rf"^{question}\b(?! )|^{question} ")).first.locator(
            "input"
        ).uncheck()
    page.get_by_role("button", name="Share", exact=True).click()
    page.wait_for_url("**/me/shares/*")


def answers_of(page: Any) -> list[str]:
    return [one.strip() for one in page.locator("dl.practice-items dd").all_inner_texts()]


def test_a_card_a_check_in_a_page_before_the_session_and_taken_back(browser, shared_server, clinic, tmp_path):
    desk_context = browser.new_context(**DESK, base_url=shared_server.url)
    desk_context.add_init_script(SAVES_DATA)
    desk_context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk = desk_context.new_page()
    desk.clock.install()
    open_account(desk, shared_server, clinic)
    make_link(desk, "Tuesday A")
    address = printed_code(desk, tmp_path)
    assert re.fullmatch(rf"{shared_server.url}/l/[A-Z0-9]{{11}}", address)

    phone_context = browser.new_context(**PHONE, base_url=shared_server.url)
    phone_context.add_init_script(SAVES_DATA)
    phone = phone_context.new_page()
    phone.goto(address)
    assert clinic in phone.locator("main").inner_text()
    with phone.expect_event("load"):
        phone.get_by_role("button", name="Start", exact=True).click()
    to_review(phone, RA)
    finish(phone)
    desk.goto("/practice")
    assert "Tuesday A" not in desk.locator("main").inner_text()

    phone.locator('a[href^="/me/share/"]').first.click()
    phone.wait_for_url("**/me/share/**")
    share_all_but(phone, LEFT_OUT)
    own = answers_of(phone)
    assert own
    assert not [one for one in own if RA["problem_words"] == one or "United Kingdom" in one]

    inbox = desk_context.new_page()
    inbox.clock.install()
    inbox.goto("/practice")
    desk.goto("/practice")
    desk.get_by_role("link", name="Tuesday A").first.click()
    desk.wait_for_url("**/practice/inbox/*")
    seen = desk.locator("main").inner_text()
    for answer in own:
        assert answer.split("\n")[0] in seen, answer
    assert "United Kingdom" not in seen
    for question in LEFT_OUT:
        assert question not in [one.strip() for one in desk.locator("dt").all_inner_texts()]
    assert "Ann Lee opened it" in _again(phone)
    desk.get_by_role("button", name="Copy as text").click()
    desk.get_by_text("Copied.").wait_for()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert "7 of 10" in copied
    assert "United Kingdom" not in copied
    assert "Ann Lee copied it as text" in _again(phone)

    phone.get_by_role("link", name="Withdraw it").click()
    phone.get_by_role("button", name="Yes, withdraw it").click()
    phone.get_by_text("withdrawn on").wait_for()
    # Both open pages find out by themselves, within the minute that is promised.
    for page in (desk, inbox):
        page.clock.fast_forward("00:59")
    desk.get_by_text("It can no longer be shown.").wait_for()
    expect(desk.get_by_role("heading", name="No longer shared")).to_be_focused()
    expect(desk).to_have_title("No longer shared – Acupwa")
    assert "6 of 10" not in desk.locator("main").inner_text()
    inbox.get_by_role("link", name="Tuesday A").wait_for(state="detached")

    desk.goto("/practice/trail")
    told = desk.locator("main table").inner_text()
    for words in ("Signed in", "Created a link", "A patient shared", "Opened a share", "A patient withdrew it"):
        assert words in told, words
    assert "Tuesday A" not in told
    desk_context.close()
    phone_context.close()


def test_pages_and_a_plan_come_back_and_the_patient_takes_them(browser, shared_server, clinic):
    desk_context = browser.new_context(**DESK, base_url=shared_server.url)
    desk_context.add_init_script(SAVES_DATA)
    desk = desk_context.new_page()
    open_account(desk, shared_server, clinic)
    make_link(desk, "Friday B")
    address = desk.locator("code.practice-link").first.inner_text()
    phone_context = browser.new_context(**PHONE, base_url=shared_server.url)
    phone_context.add_init_script(SAVES_DATA)
    phone = phone_context.new_page()
    phone.goto(address)
    go = phone.get_by_role("button", name="Start", exact=True)
    assert room_between(go, phone.get_by_role("link", name="Answer without sharing")) >= THUMB
    with phone.expect_event("load"):
        go.click()
    posted_whole(phone, RA)
    phone.locator('a[href^="/me/share/"]').first.click()
    phone.wait_for_url("**/me/share/**")
    share, keep = phone.get_by_role("button", name="Share", exact=True), phone.get_by_role("link", name="Do not share")
    assert room_between(share, keep) >= THUMB
    assert room_between(keep, phone.get_by_role("link", name="Decide later")) >= THUMB
    preview = phone.url
    first = phone.locator("label.choice input").first
    first.uncheck()
    keep.click()
    phone.get_by_role("heading", name=f"Share nothing with {clinic}?").wait_for()
    phone.get_by_role("link", name="No, go back").click()
    phone.wait_for_url(preview)
    phone.wait_for_function("() => !document.querySelector('label.choice input').checked")
    first.check()
    share_all_but(phone, ())
    phone.go_back()
    phone.get_by_role("heading", name=f"You shared this with {clinic}").wait_for()

    desk.goto("/practice")
    desk.get_by_role("link", name="Friday B").first.click()
    desk.wait_for_url("**/practice/inbox/*")
    desk.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('refused')) }")
    desk.get_by_role("button", name="Copy as text").click()
    desk.get_by_text("Your browser did not copy it.").wait_for()
    assert RA["problem_words"] in desk.get_by_label("The summary as text").input_value()
    desk.route("**/*.txt", lambda route: route.abort())
    desk.get_by_role("button", name="Copy as text").click()
    desk.get_by_text("Nothing was copied").wait_for()
    assert desk.get_by_label("The summary as text").is_hidden()
    desk.get_by_role("link", name="Send a message, reading or plan").first.click()
    desk.wait_for_url("**/send")
    desk.get_by_label("Note").fill("Two pages for the weekend.")
    desk.locator("summary", has_text="Pages to read").click()
    desk.get_by_label("What to expect").first.check()
    desk.locator("summary", has_text="A plan").click()
    desk.get_by_label("Yes", exact=True).check()
    desk.get_by_label("Monday").check()
    desk.get_by_label("What time?").fill("09:00")
    desk.get_by_role("button", name="Send to the patient").click()
    desk.get_by_role("heading", name="Sent", exact=True).wait_for()

    phone.goto("/me")
    phone.get_by_role("link", name=f"{clinic} sent you something").click()
    phone.get_by_text("Two pages for the weekend.").wait_for()
    offered = phone.url
    found = _findings(phone, offered, "/me", "/me/shares", "/me/import")
    found += _findings(
        desk, desk.url, "/practice", "/practice/links", "/practice/account", "/practice/people", "/practice/clinic",
        "/practice/trail", "/practice/trail?day=2020-01-01", "/practice/sign-in/forgot",
    )  # fmt: skip
    assert found == []
    phone.goto(offered)
    phone.get_by_role("button", name="Add them to the top of my list").click()
    phone.get_by_text("They are on your list.").wait_for()
    phone.get_by_role("button", name="Make this my plan").click()
    phone.get_by_text("It is your plan now.").wait_for()
    phone.goto("/plan")
    assert "09:00" in phone.locator("main").inner_text()
    desk_context.close()
    phone_context.close()


def _findings(page: Any, *paths: str) -> list[str]:
    found = []
    for path in paths:
        page.goto(path)
        found += findings(page)
    return found


def _again(phone: Any) -> str:
    phone.reload()
    return str(phone.locator("main").inner_text())


@pytest.mark.parametrize("left", ["when its script had begun", "before its script came"])
def test_words_of_one_never_come_back_to_another_at_the_same_desk(browser, shared_server, clinic, left):
    context = browser.new_context(**DESK, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    desk = context.new_page()
    open_account(desk, shared_server, clinic)
    make_link(desk, "Desk")
    script = HeldBack(desk, "**/typed.js*") if left == "before its script came" else None
    desk.goto("/practice/links", wait_until="commit")
    desk.get_by_label("Note").fill("LI4, ST36 for Mae")
    if script is None:
        desk.wait_for_function(HAS_BEGUN)
    desk.goto("/practice")
    if script is not None:
        script.let_go()
    other = context.new_page()
    other.goto("/practice/more")
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/practice/sign-in")
    desk.goto(invitation(shared_server, f"bob@{clinic.rpartition(' ')[2]}.example.org", clinic))
    desk.get_by_label("New password").fill(PASSWORD)
    desk.get_by_role("button", name="Save and sign in").click()
    desk.wait_for_url("**/practice")

    desk.evaluate("history.go(-3)")
    desk.wait_for_url("**/practice/links")
    desk.wait_for_function(HAS_BEGUN)
    assert desk.get_by_label("Note").input_value() == ""
    context.close()
