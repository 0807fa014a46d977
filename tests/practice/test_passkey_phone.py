"""A passkey in a real browser: added in the account, then the only thing needed to sign in."""

from __future__ import annotations

import pytest

from tests.support.browser import PHONE, SAVES_DATA
from tests.support.practitioners import PASSWORD, invitation

pytestmark = pytest.mark.browser


def test_a_passkey_is_added_and_signs_in(browser, server):
    # A passkey belongs to a name, never to a bare address.
    context = browser.new_context(**PHONE, base_url=server.url.replace("127.0.0.1", "localhost"))
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    authenticator = context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    authenticator.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    page.goto(invitation(server, "ann@example.org"))
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    page.wait_for_url("**/practice")
    page.goto("/practice/account")

    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="Remove the passkey").wait_for()
    page.get_by_role("link", name="More").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/practice")
    page.get_by_role("link", name="More").wait_for()

    page.goto("/practice/account/proof?next=/practice/account")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("Press the button once more").wait_for()
    page.get_by_role("button", name="Make a code").click()
    code = page.locator(".code-letters").inner_text()
    context.close()

    # A sign-in by code has shown nothing yet: the script is led to the page that asks.
    app = browser.new_context(**PHONE, base_url=server.url.replace("127.0.0.1", "localhost")).new_page()
    app.goto("/practice/sign-in/code")
    app.get_by_label("Your code").fill(code)
    app.get_by_role("button", name="Sign in").click()
    app.wait_for_url("**/practice")
    app.goto("/practice/account")
    app.get_by_role("button", name="Add a passkey").click()
    app.get_by_role("heading", name="Please confirm it is you").wait_for()
    app.context.close()
