"""The pages about the app itself: what must stand on them, and what they are drawn with."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).parents[2]
HTMX = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"


def test_htmx_is_the_pinned_file_with_its_licence():
    vendor = ROOT / "static" / "vendor"

    assert hashlib.sha256((vendor / "htmx-4.0.1.min.js").read_bytes()).hexdigest() == HTMX
    assert "Permission to use, copy" in (vendor / "htmx-LICENSE.txt").read_text()


def test_htmx_is_loaded_only_where_a_page_asks_for_it_and_swaps_no_fault(client):
    assert "htmx" not in client.get("/").text
    client.post("/quiz", {"start": "1"})
    page = client.follow(client.post("/quiz", {"start": "1", "again": "1"})).text
    assert '"noSwap":[204,304,"4xx","5xx"]' in page
    assert '"extensions":"-"' in page


def test_every_danger_sign_and_number_stands_on_the_emergency_page(client, library):
    page = client.get("/emergency").text

    for flag in library.red_flags.values():
        assert f'id="{flag.id}"' in page
    for line in library.help_lines:
        assert line.number in page
        assert line.purpose in page
    order = [page.index(f"care {urgency}") for urgency in ("emergency-now", "same-day", "within-days")]
    assert order == sorted(order)


def test_every_questionnaire_is_credited_with_its_licence(client, library):
    page = client.get("/credits").text

    for instrument in library.instruments.values():
        assert instrument.name in page
    assert "Krebs" in page
    assert "Kroenke" in page


def test_the_start_page_says_beside_and_never_instead(client):
    page = client.get("/").text

    assert "never instead" in page
    for path in ("/quiz", "/read", "/plan", "/emergency"):
        assert f'href="{path}"' in page


def test_the_rule_of_grades_is_the_one_that_is_enforced(client):
    from acupwa.library import grades

    page = client.get("/about/grades").text

    assert f"{grades.PEOPLE_FOR_HIGH:,}" in page
    assert str(grades.PEOPLE_FOR_MODERATE) in page
    assert str(grades.PEOPLE_FOR_LOW) in page


def test_the_design_page_shows_every_component(client):
    page = (ROOT / "templates" / "site" / "design.html").read_text()
    helpers = {"done", "field", "htmx", "outcomes", "phone_zone", "press", "door"}

    for file in (ROOT / "templates" / "components").glob("*.html"):
        if file.stem not in helpers:
            assert f'"components/{file.name}"' in page, file.stem
    assert client.get("/about/design").status_code == 200


def test_privacy_says_what_the_server_does(client):
    page = client.get("/privacy").text

    for words in ("no account", "one cookie", "encrypted", "30 days", "2 years", "/me"):
        assert words in page
