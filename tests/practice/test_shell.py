"""The pages of a practice have a bar of their own; those of patients lead to it, and keep theirs."""

from __future__ import annotations

import pytest

from tests.support.html_page import Page
from tests.support.practitioners import clinic_of, signed_in

BAR = ["/practice", "/practice/links", "/practice/more"]


@pytest.fixture
def ann(client):
    return signed_in(client)


def bar_of(answer):
    """Where the bar leads, and what is lit in it."""
    links = Page(answer.text).all("nav")[0].inside("a")
    lit = [one.attrs["href"] for one in links if "aria-current" in one.attrs]
    return [one.attrs["href"] for one in links], lit


@pytest.mark.parametrize(
    ("path", "lit"),
    [
        ("/practice", "/practice"), ("/practice/links", "/practice/links"), ("/practice/account", "/practice/more"),
        ("/practice/more", "/practice/more"), ("/practice/trail", "/practice/more"),
        ("/practice/inbox/not-a-key", "/practice"), ("/practice/account/sign-ins/end-others", "/practice/more"),
    ],
)  # fmt: skip
def test_a_page_of_the_practice_has_the_bar_of_the_practice(ann, path, lit):
    answer = ann.get(path)

    assert bar_of(answer) == (BAR, [lit])
    assert "Is it urgent?" not in answer.text
    assert "Needle Lane" in answer.text
    assert "Ann Lee" in answer.text


def test_pages_of_patients_keep_their_own(ann, client):
    for browser in (ann, client):
        assert bar_of(browser.get("/today"))[0][0] == "/today"
        assert bar_of(browser.get("/me"))[0][0] == "/today"
    assert bar_of(client.get("/practice/sign-in"))[0][0] == "/today"


def test_more_has_what_an_owner_has_and_a_practitioner_has_not(ann, client):
    bob = signed_in(client, "bob@example.org", clinic=clinic_of(client).id)
    own = {"/practice/links#links", "/practice/account", "/"}
    owners = {"/practice/people", "/practice/clinic", "/practice/trail"}

    for browser, expected in ((ann, own | owners), (bob, own)):
        page = Page(browser.get("/practice/more").text)
        assert {one.attrs["href"] for one in page.all("main")[0].inside("a")} == expected
        assert [one.attrs["action"] for one in page.all("main")[0].inside("form")] == ["/practice/sign-out"]


@pytest.mark.parametrize(("path", "leads"), [("/", True), ("/about", True), ("/read", False), ("/today", False)])
def test_the_first_pages_lead_to_the_practice_and_no_other(client, path, leads):
    assert ('<a href="/practice">For practitioners</a>' in client.get(path).text) is leads


def test_the_form_for_a_link_stands_before_the_list(ann):
    ann.post(
        "/practice/links",
        {"kind": "reusable", "variant": "full", "alias": "Front desk", "share_days": "365", "days": "0"},
    )

    text = ann.get("/practice/links").text
    assert text.index("Create link") < text.index("Front desk")
