"""The look: drawings, mark, frame and weight hold to their rules."""

from __future__ import annotations

import hashlib
import re
import struct
from pathlib import Path

import pytest

from acupwa.site.pages import design_page

ROOT = Path(__file__).parents[2]
FIGURES = sorted((ROOT / "templates" / "components" / "figures").glob("*.svg"))
ICONS = {"icon-192": 192, "icon-512": 512, "icon-maskable-512": 512, "apple-touch-icon": 180}
SHOTS = {"home": (780, 1688), "quiz": (780, 1688), "read": (780, 1688), "wide": (1280, 800)}
PAGES = ("/", "/about", "/about/grades", "/about/design", "/credits", "/privacy", "/emergency")


@pytest.mark.parametrize("file", FIGURES, ids=lambda file: file.stem)
def test_a_drawing_is_small_and_takes_the_colours_of_the_page(file):
    drawing = file.read_text()

    assert len(drawing) < 2048
    assert 'aria-hidden="true"' in drawing
    assert "currentColor" in drawing
    assert not re.search(r"#[0-9a-f]{3}|rgb\(|style=|href=|\bid=", drawing)


def test_every_drawing_has_words_that_say_the_same(library):
    page = design_page(library)
    drawings = (*page.drawings, *page.body_maps)

    assert sorted(drawing.name for drawing in drawings) == [file.stem for file in FIGURES]
    assert all(drawing.words.endswith(".") for drawing in drawings)


def test_every_condition_that_has_pages_has_a_drawing(library):
    names = {file.stem for file in FIGURES}

    assert {"ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia"} <= names
    assert all(page.head.picture in names for page in library.pages.values() if page.head.picture)


@pytest.mark.parametrize(("name", "pixels"), ICONS.items())
def test_an_icon_has_the_size_of_its_name_and_few_bytes(name, pixels):
    image = (ROOT / "static" / "img" / f"{name}.png").read_bytes()

    assert struct.unpack(">II", image[16:24]) == (pixels, pixels)
    assert len(image) < 10_000


@pytest.mark.parametrize(("name", "pixels"), SHOTS.items())
def test_a_picture_for_the_install_dialog_is_small_and_not_saved_with_the_app(client, name, pixels):
    image = (ROOT / "static" / "img" / f"screenshot-{name}.png").read_bytes()

    assert struct.unpack(">II", image[16:24]) == pixels
    assert len(image) <= 90 * 1024
    assert f"screenshot-{name}" in client.get("/manifest.webmanifest").text
    assert "screenshot-" not in client.get("/service-worker.js").text


def test_only_icons_that_a_system_cuts_are_without_transparency():
    clear = {name for name in ICONS if b"tRNS" in (ROOT / "static" / "img" / f"{name}.png").read_bytes()[:2000]}

    assert clear == {"icon-192", "icon-512"}


def test_what_comes_from_others_is_written_down_with_its_hash():
    vendor = ROOT / "static" / "vendor"
    notes = (vendor / "vendor.txt").read_text()

    for file in vendor.glob("*.js"):
        assert file.name in notes
        assert hashlib.sha256(file.read_bytes()).hexdigest() in notes


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_the_same_for_everybody(client, path):
    client.post("/quiz", {"start": "1"})
    before, after = client.another().get(path), client.get(path)

    if path == "/":
        assert (after.status_code, after.headers["location"]) == (303, "/today")
        return

    assert after.content == before.content
    assert "set-cookie" not in after.headers
    assert "no-store" not in after.headers["cache-control"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_help_and_around(client, path):
    page = client.get(path).text

    for address in ("/emergency", "/", "/today", "/check-in", "/plan", "/read", "/me", "/about", "/privacy"):
        assert f'href="{address}"' in page
    assert page.index('href="#main"') < page.index('href="/emergency"') < page.index("<main")


def test_a_page_that_is_not_there_is_calm_and_leads_on(client):
    answer = client.get("/not-here")

    assert answer.status_code == 404
    assert "<h1>Page not found</h1>" in answer.text
    main = answer.text.split("<main")[1]
    assert 'href="/read"' in main
    assert 'href="/emergency"' in main


def test_nothing_to_read_is_below_eighteen_pixels(phone):
    for path in PAGES:
        phone.goto(path)
        small = phone.evaluate(
            """() => [...document.querySelectorAll('body *')]
              .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
              .filter(e => e.getBoundingClientRect().width > 2)
              // Words in a drawing are as large as the drawing is shown.
              .filter(e => parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM?.().a ?? 1) < 18)
              .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert small == [], path


def test_the_frame_fits_the_smallest_phone_in_one_line_each(phone):
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto("/")

    assert phone.locator(".top").bounding_box()["height"] < 80
    assert phone.locator(".bar").bounding_box()["height"] < 80
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


def test_the_design_page_is_read_from_its_top(phone):
    phone.goto("/about/design")
    phone.wait_for_timeout(300)

    assert phone.evaluate("scrollY") == 0
    assert phone.evaluate("document.activeElement === document.body")


def test_a_script_that_does_not_arrive_stops_no_other(phone):
    phone.route("**/static/js/offline.js", lambda route: route.abort())
    faults: list[str] = []
    phone.on("pageerror", lambda fault: faults.append(str(fault)))
    phone.goto("/quiz")
    phone.get_by_role("button", name="Agree and start").click()
    phone.wait_for_url("**/right-now")
    phone.get_by_role("button", name="Continue").click()
    phone.locator("#error-summary:focus").wait_for()

    # Chromium tells of a page change that it did not animate; that is no fault of a script.
    assert [fault for fault in faults if "Transition" not in fault] == []
