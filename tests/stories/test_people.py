"""Six people, from the start page to what they told us, on a phone; each also with JavaScript off."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import people
from tests.support.walk import answer_screen, finish, go_on, posted_to, posted_whole, screen_of, tick, to_review

pytestmark = pytest.mark.browser


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def hand(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue("phone" if request.param == "with JavaScript" else "phone_without_js")


def told(page: Any, fields: people.Fields) -> str:
    to_review(page, fields)
    text = finish(page)
    assert page.locator("h1").inner_text() == "Your summary"
    assert "not a diagnosis" in text.lower()
    return text


def before(text: str, first: str, second: str) -> bool:
    low = text.lower()
    assert first.lower() in low, first
    assert second.lower() in low, second
    return low.index(first.lower()) < low.index(second.lower())


def test_someone_with_ra_on_a_blood_thinner(hand):
    text = told(hand, people.RA)

    assert "blood thinner" in text.lower()
    assert before(text, "Ask your doctor", "sham")
    assert hand.locator('a[href="/read/needles-and-blood-thinners"]').count() >= 1
    assert hand.locator('a[href="/plan"]').count() >= 2
    assert "sore wrists" in text


def test_someone_with_ms_whose_carer_answers(hand):
    text = told(hand, people.MS_BY_CARER)

    assert "worn out by noon" in text
    assert "tired" in text.lower() or "fatigue" in text.lower()
    assert "heat" in text.lower()


def test_someone_with_a_hot_swollen_joint_is_told_first_what_to_do(hand):
    text = told(hand, people.RA_HOT_JOINT)

    assert before(text, "Today", "pain")
    assert hand.locator("main .care.same-day").count() == 1
    assert hand.locator('main a[href^="tel:"]').count() >= 1
    hand.goto("/plan")
    assert hand.locator('form[action="/plan"]').count() == 0
    assert "joint" in hand.locator("main").inner_text().lower()


def test_someone_with_psoriasis_who_wants_clear_skin_gets_no_plan_for_it(hand):
    text = told(hand, people.PSORIASIS_SKIN)

    assert "clear skin" in text
    hand.goto("/plan")
    plan = hand.locator("main").inner_text().lower()
    assert hand.locator('form[action="/plan"]').count() == 0
    assert "skin" in plan


def test_someone_without_a_diagnosis_is_sent_to_a_doctor_first(hand):
    text = told(hand, people.NO_DIAGNOSIS)

    assert "doctor" in text.lower()
    hand.goto("/plan")
    assert hand.locator('form[action="/plan"]').count() == 0


def test_under_sixteen_gets_a_page_for_a_parent_and_no_plan(hand):
    visited = to_review(hand, people.UNDER_16)
    text = finish(hand)

    assert visited == ["right-now", "about-you"]
    assert "parent or guardian" in text.lower()
    hand.goto("/plan")
    assert hand.locator('form[action="/plan"]').count() == 0


def test_ticking_an_emergency_sign_shows_at_once_what_to_do_and_never_traps(hand):
    hand.goto("/quiz")
    with hand.expect_event("load"):
        hand.locator("main form button").first.click()
    number = hand.locator('#quiz-form a[href="tel:999"]')
    assert not any(number.nth(i).is_visible() for i in range(number.count()))

    tick(hand.locator('[name="red_flags"][value="stroke-fast"]'))

    assert any(number.nth(i).is_visible() for i in range(number.count()))
    go_on(hand)
    assert screen_of(hand) == "about-you"
    for screen in ("about-you", "lately", "what-matters", "ratings", "impact", "before-needles"):
        answer_screen(hand, screen, people.RA)
        go_on(hand)
    text = finish(hand)
    assert before(text, "Emergency", "The rest of your answers")
    assert "pain" not in text.lower()
    assert hand.locator('main .care.emergency-now a[href="tel:999"]').count() >= 1


def test_nothing_ticked_is_said_beside_the_field_and_nothing_typed_is_lost(hand):
    hand.goto("/quiz")
    with hand.expect_event("load"):
        hand.locator("main form button").first.click()
    go_on(hand)

    assert hand.title().startswith("Error: ")
    assert hand.locator("#error-summary").is_visible()
    answer_screen(hand, "right-now", people.RA)
    go_on(hand)
    hand.locator('[name="country"]').first.select_option("IE")
    go_on(hand)
    assert hand.locator('[name="country"]').first.input_value() == "IE"
    assert hand.locator("p.error").count() >= 2


def test_a_killed_tab_carries_on_where_it_was(browser, shared_server):
    from tests.support.browser import PHONE, SAVES_DATA

    context = browser.new_context(**PHONE, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.goto("/quiz")
    with page.expect_event("load"):
        page.locator("main form button").first.click()
    for screen in ("right-now", "about-you", "lately", "what-matters"):
        answer_screen(page, screen, people.RA)
        go_on(page)
    with page.expect_response(lambda answer: answer.url.endswith("/draft")):
        page.locator('[name="ratings.fatigue"][value="5"]').check()
    page.close()

    again = context.new_page()
    again.goto("/quiz")
    text = again.locator("main").inner_text()
    assert "carry on" in text.lower()
    with again.expect_event("load"):
        again.get_by_role("link", name="Carry on").or_(again.get_by_role("button", name="Carry on")).first.click()
    assert screen_of(again) == "ratings"
    assert again.locator('[name="ratings.fatigue"][value="5"]').is_checked()
    context.close()


def test_back_and_the_change_links_keep_every_answer(hand):
    posted_to(hand, "review", people.RA)
    hand.locator('main a[href$="/ratings"]').first.click()
    assert hand.locator('[name="ratings.fatigue"][value="5"]').is_checked()
    hand.locator('[name="ratings.fatigue"][value="9"]').check()
    go_on(hand)
    hand.goto(hand.url.rpartition("/")[0] + "/review")
    finish(hand)
    kept = hand.request.get("/me/export.json").json()["check_ins"][0]["answers"]["ratings"]
    assert kept["fatigue"] == 9
    assert kept["stiffness"] == int(people.RA["ratings.stiffness"])


def test_a_plan_is_made_saved_shown_again_and_deleted(hand):
    day = people.coming_monday()
    posted_whole(hand, people.RA)
    hand.goto("/plan")
    hand.get_by_text("Fine-tune").click()
    hand.locator('[name="first_day"]').fill(day.isoformat())
    hand.locator('[name="weekdays"][value="mon"]').check()
    hand.locator('[name="time"][value="09:00"]').check()
    for button in ("Show my sessions", "Save this plan"):
        with hand.expect_event("load"):
            hand.get_by_role("button", name=button).first.click()
    hand.goto("/plan")
    text = hand.locator("main").inner_text()
    assert f"{day.day} {day:%B}" in text
    assert hand.request.get(hand.url.rstrip("/") + ".ics").text().startswith("BEGIN:VCALENDAR")
