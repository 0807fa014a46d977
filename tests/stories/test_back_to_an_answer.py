"""Back to a page that answered a press: it is there again, or leads on, and what was typed in it is there again."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.planner.test_phone import told_us
from tests.quiz.test_phone import reach
from tests.support.browser import PHONE, SAVES_DATA, have_worker
from tests.support.modules import started
from tests.support.practitioners import PASSWORD, invitation

pytestmark = pytest.mark.browser

DEAD_ENDS = ("You are offline", "You cannot do that here", "Page not found")
# What the browser itself would ask for before it is sent: a script or an older page may still send it.
AS_TYPED = "[...document.forms].forEach((one) => { one.noValidate = true; for (const field of one.elements) field.removeAttribute('maxlength'); })"


@pytest.fixture(params=["with a worker", "without a worker"])
def page(request: pytest.FixtureRequest, browser: Any, shared_server: Any) -> Iterator[Any]:
    workers = "allow" if request.param == "with a worker" else "block"
    context = browser.new_context(**PHONE, base_url=shared_server.url, service_workers=workers)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    page.address = shared_server.url
    page.set_default_timeout(10_000)
    if workers == "allow":
        page.goto("/about")
        have_worker(page)
    yield page
    context.close()


def sign_in(page: Any, server: Any) -> str:
    """As a new practitioner of a clinic of their own; their address."""
    name = uuid.uuid4().hex[:8]
    path = invitation(server, f"{name}@clinic.example", clinic=name)
    fields = {"name": "Ann Lee", "password": PASSWORD}
    came = page.context.request.post(path, form=fields, headers={"origin": page.address}, max_redirects=0)
    assert came.status == 303, came.text()
    return f"{name}@clinic.example"


def press(page: Any, action: str) -> None:
    """The main button of the form, whatever the fields hold."""
    page.evaluate(AS_TYPED)
    with page.expect_event("load"):
        page.locator(f'form[action="{action}"] button:not([formaction], [aria-hidden])').first.click()
    started(page)


def go_away(page: Any) -> None:
    """By a link that is on every page; those of a practice have a bar of their own."""
    page.get_by_role("link", name="Is it urgent?").or_(page.get_by_role("link", name="More", exact=True)).first.click()
    page.wait_for_url(re.compile(r"/(emergency|practice/more)$"))


def away_and_back(page: Any) -> None:
    started(page)
    go_away(page)
    page.go_back()
    started(page)
    heading = page.locator("h1").first.inner_text()
    assert heading not in DEAD_ENDS, heading


# ------------------------------------------------------------------ codes


def shown(page: Any) -> str:
    return str(page.locator(".code-letters span").first.inner_text())


def for_another_phone(page: Any) -> str:
    told_us(page, page.address)
    page.goto("/me")
    started(page)
    page.get_by_role("button", name="Make a code").click()
    return "**/me/move"


def for_later(page: Any) -> str:
    reach(page, "ratings")
    started(page)
    page.get_by_role("button", name="Pause").click()
    return "**/ratings/pause"


@pytest.mark.parametrize("make", [for_another_phone, for_later])
def test_a_code_is_there_again_for_its_owner_as_long_as_it_opens_something(page, make):
    page.wait_for_url(make(page))
    code = shown(page)

    away_and_back(page)

    assert shown(page) == code
    page.reload()
    assert shown(page) == code
    assert code.replace("-", "") not in page.url
    address = page.url
    other = page.context.browser.new_context(base_url=page.address)
    opened = other.request.post(
        "/resume", form={"code": code, "sure": "yes"}, headers={"origin": page.address}, max_redirects=0
    )
    assert opened.status == 303
    stranger = page.context.browser.new_context(base_url=page.address).request.get(address)
    assert code not in stranger.text()
    away_and_back(page)
    assert page.locator(".code-letters").count() == 0, "used, it opens nothing any more"


# ------------------------------------------------------------------ pages that answer


def import_of_mine(page: Any, server: Any) -> None:
    told_us(page, page.address)
    mine = page.context.request.get("/me/export.json").body()
    page.goto("/me/import")
    started(page)
    file = {"name": "acupwa-my-data.json", "mimeType": "application/json", "buffer": mine}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Show me what is in it").click()
    page.locator("input[name=text][type=hidden], h2").first.wait_for(state="attached")


def pasted(page: Any, server: Any) -> None:
    page.goto("/me/import")
    started(page)
    page.locator("summary", has_text="paste").click()
    page.locator("textarea").fill("{}")
    press(page, "/me/import")


def code_of_a_practitioner(page: Any, server: Any) -> None:
    page.goto("/practice/sign-in/code")
    started(page)
    page.locator("form[action='/practice/sign-in/code'] input[name=code]").fill("CDFHJK")
    press(page, "/practice/sign-in/code")


def in_their_account(what: str) -> Callable[[Any, Any], None]:
    def act(page: Any, server: Any) -> None:
        sign_in(page, server)
        page.goto("/practice/account")
        started(page)
        press(page, f"/practice/account/{what}")

    act.__name__ = what
    return act


def clearing_the_phone(page: Any, server: Any) -> None:
    page.goto("/me/clear")
    started(page)
    page.locator("main form button").first.click()
    page.get_by_role("heading", name="This phone is clear").wait_for()


def a_name_that_is_not_there(page: Any, server: Any) -> None:
    sign_in(page, server)
    page.goto("/practice?show=all")
    started(page)
    with page.expect_event("load"):
        page.evaluate(
            "() => { const form = document.createElement('form'); form.method = 'post'; form.action = '/practice/find';"
            " form.innerHTML = '<input name=alias value=nobody><button>Find</button>'; document.body.append(form); form.submit(); }"
        )
    started(page)


ANSWERS = [
    import_of_mine,
    pasted,
    code_of_a_practitioner,
    in_their_account("code"),
    in_their_account("password"),
    clearing_the_phone,
    a_name_that_is_not_there,
]


@pytest.mark.parametrize("act", ANSWERS, ids=[act.__name__ for act in ANSWERS])
def test_back_to_a_page_that_answered_a_press_leads_on(page, shared_server, act):
    act(page, shared_server)

    away_and_back(page)

    assert page.locator("main :is(form, a)").count()
    page.reload()
    assert page.locator("h1").first.inner_text() not in DEAD_ENDS


# ------------------------------------------------------------------ what was typed in a form that was refused


def keep_a_plan(page: Any) -> None:
    told_us(page, page.address)
    page.goto("/plan")
    page.get_by_label("Monday").check()
    page.get_by_role("radio", name="09:00").check()
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_role("button", name="Save this plan").click()
    page.get_by_role("heading", name="Your plan", exact=True).wait_for()


# Where, the action of its form, the field, what is refused, what is typed then.
OF_A_PATIENT = {
    "code": ("/resume", "/resume", "code", "QQQQQQ", "CDFHJ"),
    "move": ("/plan/sessions/2/move", "/plan/sessions/2/move", "time", "", "19:19"),
    "change": ("/plan/change", "/plan?preview", "price", "abc", "33"),
    "paste": ("/me/import", "/me/import", "text", "{}", "{1}"),
}
OF_A_CLINIC = {
    "links": ("/practice/links", "/practice/links", "alias", "a" * 60, "the front desk"),
    "people": ("/practice/people", "/practice/people", "email", "nobody", "nobody@"),
    "clinic": ("/practice/clinic", "/practice/clinic", "name", "", "Upstairs"),
    "sign-in": ("/practice/sign-in", "/practice/sign-in", "email", "who@x.example", "why@x.example"),
}


def type_in_two_steps(page: Any, path: str, action: str, name: str, refused: str, typed: str) -> Any:
    page.goto(path)
    started(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    field = page.locator(f'form[action="{action}"] [name="{name}"]')
    page.evaluate(AS_TYPED)
    field.fill(refused)
    press(page, action)
    page.locator(".errors, .error").first.wait_for()
    started(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.evaluate(AS_TYPED)
    field.fill(typed)
    return field


@pytest.mark.parametrize("what", OF_A_PATIENT)
def test_what_was_typed_after_a_refusal_is_there_again(page, what):
    if what in ("move", "change"):
        keep_a_plan(page)
    field = type_in_two_steps(page, *OF_A_PATIENT[what])

    away_and_back(page)

    assert field.input_value() == OF_A_PATIENT[what][-1]


@pytest.mark.parametrize("what", OF_A_CLINIC)
def test_what_a_practitioner_typed_after_a_refusal_is_there_again(page, shared_server, what):
    if what != "sign-in":
        sign_in(page, shared_server)
    field = type_in_two_steps(page, *OF_A_CLINIC[what])

    away_and_back(page)

    assert field.input_value() == OF_A_CLINIC[what][-1]


def test_what_was_refused_is_there_again_untouched(page, shared_server):
    sign_in(page, shared_server)
    page.goto("/practice/links")
    started(page)
    page.evaluate(AS_TYPED)
    page.locator("[name=alias]").fill("a" * 60)
    press(page, "/practice/links")

    away_and_back(page)

    assert page.locator("[name=alias]").input_value() == "a" * 60


def test_a_preview_of_a_plan_is_there_again_as_its_form(page):
    told_us(page, page.address)
    page.goto("/plan")
    started(page)
    page.get_by_label("Monday").check()
    page.get_by_role("radio", name="09:00").check()
    page.get_by_text("Fine-tune").click()
    page.get_by_label("Price of one session").fill("45")
    page.get_by_role("button", name="Show my sessions").click()
    page.get_by_role("button", name="Save this plan").wait_for()

    away_and_back(page)

    assert page.get_by_label("Monday").is_checked()
    assert page.get_by_label("Price of one session").input_value() == "45"


def test_what_changed_since_the_refusal_is_newer(page, shared_server):
    sign_in(page, shared_server)
    field = type_in_two_steps(page, *OF_A_CLINIC["clinic"])
    fields = page.evaluate(
        "Object.fromEntries(new FormData(document.querySelector('form[action=\"/practice/clinic\"]')))"
    )
    go_away(page)
    saved = page.context.request.post(
        "/practice/clinic", form={**fields, "name": "Downstairs"}, headers={"origin": page.address}, max_redirects=0
    )
    assert saved.status == 303, json.dumps(fields)

    page.go_back()
    started(page)

    assert field.input_value() == "Downstairs"


def test_what_another_typed_in_this_tab_does_not_come_back(page, shared_server):
    sign_in(page, shared_server)
    page.goto("/practice/people")
    started(page)
    field = page.locator('form[action="/practice/people"] [name="email"]')
    field.fill("for-my-eyes@clinic.example")
    go_away(page)
    page.context.clear_cookies()
    sign_in(page, shared_server)

    page.go_back()
    started(page)

    assert field.input_value() == ""
