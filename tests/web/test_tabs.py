"""A tab is lit on every page: by its address alone, for all addresses that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acupwa.web.tabs import tab_of
from tests.support.html_page import Page

LIST = Path(__file__).parents[1] / "house" / "addresses.txt"
# The first part of an address -> its tab; a deeper one outranks it. An address that is not here fails: decide where it is.
TABS = {
    "": "today", "today": "today", "emergency": "today",
    "check-in": "check-in", "quiz": "check-in", "results": "check-in", "progress": "check-in",
    "plan": "plan",
    "read": "read", "list": "read", "claims": "read", "evidence": "read", "studies": "read", "glossary": "read",
    "search": "read", "about/grades": "read", "offline": "read",
    "me": "you", "l": "you", "resume": "you", "privacy": "you", "about": "you", "credits": "you",
    "practice": "", "v": "",
}  # fmt: skip
# What is no page has no bar.
NO_PAGE = re.compile(r"\.(ics|json|csv|xlsx|xml|txt|js|webmanifest)$|^/(healthz|readyz|metrics|fhir/.*)$")
ADDRESSES = sorted({line.split()[1] for line in LIST.read_text().splitlines()} | {"/today", "/check-in"})
PAGES = [path for path in ADDRESSES if not NO_PAGE.search(path)]
PUBLIC = (
    "/",
    "/quiz",
    "/read",
    "/read/ra-overview",
    "/claims",
    "/studies",
    "/about",
    "/about/grades",
    "/emergency",
    "/privacy",
)


def expected(path: str) -> str:
    parts = path.strip("/").split("/")
    return TABS.get("/".join(parts[:2])) or TABS[parts[0]]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_the_tab_of_its_part(path):
    assert tab_of(path.replace("{}", "0193-anything")) == expected(path)


@pytest.mark.parametrize("path", ["", "/nothing", "/nothing/read", "/reading", "/practice/read"])
def test_no_tab_where_there_is_no_page_of_a_patient(path):
    assert tab_of(path) == ""


@pytest.mark.parametrize("path", [*PUBLIC, "/me", "/plan", "/list", "/progress", "/resume"])
def test_the_page_lights_that_one_and_says_whether_it_is_it(client, path):
    bar = next(one for one in Page(client.get(path).text).all("nav") if one.attrs["class"] == "bar")
    tabs = bar.inside("a")
    lit = [one for one in tabs if "aria-current" in one.attrs]

    assert [one.words.partition(" (")[0] for one in tabs] == ["Today", "Check in", "Plan", "Read", "You"]
    assert [one.attrs["href"] for one in tabs] == ["/today", "/check-in", "/plan", "/read", "/me"]
    assert len(lit) == 1
    assert lit[0].words.partition(" (")[0].lower().replace(" ", "-") == expected(path)
    assert lit[0].attrs["aria-current"] == ("page" if lit[0].attrs["href"] == path else "true")
    dots = [span for span in bar.inside("span") if "data-dot" in span.attrs]
    assert len(dots) == 5
    assert all("hidden" in dot.attrs for dot in dots)
