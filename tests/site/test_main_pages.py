"""The main pages for a hand, an eye and a keyboard: room for a thumb, few stops, few landmarks, words that stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from tests.site.heard import heard
from tests.site.main_pages import BROKEN, CUT, PAGES, SPACE, STOPS, TARGETS, known_on
from tests.site.test_heard import landmarks
from tests.support.browser import PHONE
from tests.support.server import Server

pytestmark = pytest.mark.browser
LEAST, APART, MOST_STOPS, MOST_LANDMARKS = 44, 8, 15, 12
# A row of a list that is as high as a target with its distance needs none beside.
ROOM = LEAST + APART


@pytest.fixture(scope="module")
def phones(browser: Any, shared_server: Server) -> Iterator[tuple[Any, Any, dict[str, str]]]:
    """Of somebody known, and of somebody new; without a worker, which might show what it has stored."""
    contexts = [browser.new_context(**PHONE, base_url=shared_server.url, service_workers="block") for _ in range(2)]
    known, new = (context.new_page() for context in contexts)
    yield known, new, known_on(known)
    for context in contexts:
        context.close()


@pytest.fixture
def opened(phones: tuple[Any, Any, dict[str, str]], name: str) -> Any:
    known, new, addresses = phones
    page = known if PAGES[name].known else new
    page.set_viewport_size(PHONE["viewport"])
    page.goto(addresses[name])
    page.wait_for_load_state("networkidle")
    return page


def too_near(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Neither a distance between their edges nor, where rows follow each other, room enough between their middles."""
    for low, high in (("left", "right"), ("top", "bottom")):
        gap = max(one[low], other[low]) - min(one[high], other[high])
        middles = abs(one[low] + one[high] - other[low] - other[high]) / 2
        if gap >= APART - 0.5 or (gap >= -0.5 and middles >= ROOM - 0.5):
            return False
    return True


def targets(page: Any) -> list[str]:
    """That a sore thumb misses: too small, or too near to another."""
    found = page.evaluate(TARGETS)
    sized = ((one["words"], one["right"] - one["left"], one["bottom"] - one["top"]) for one in found)
    small = [
        f"{words}: {width:.0f} x {height:.0f}" for words, width, height in sized if min(width, height) < LEAST - 0.5
    ]
    near = [f"{one['words']} | {other['words']}" for one, other in combinations(found, 2) if too_near(one, other)]
    return small + near


def stops(page: Any, main: str) -> str:
    """To the main thing by the Tab key, when they are many and no link skips them."""
    found = page.evaluate(STOPS, main)
    assert found["at"] >= 0, main
    return "" if found["at"] <= MOST_STOPS or found["skipped"] else f"{found['at']} stops"


def noise(page: Any) -> list[str]:
    """Landmarks of which there are too many, or two that sound alike."""
    found = landmarks(heard(page))
    return found if len(found) > MOST_LANDMARKS or len(found) != len(set(found)) else []


def broken_words(page: Any) -> list[str]:
    """At twice the size on the smallest phone, chosen as a person chooses it."""
    page.evaluate("localStorage.setItem('look', JSON.stringify({ text: '200' })), dispatchEvent(new Event('look'))")
    page.evaluate("import('/static/js/long-words.js').then((words) => words.default(document.body))")
    found = page.evaluate(BROKEN)
    page.evaluate("localStorage.removeItem('look'), dispatchEvent(new Event('look'))")
    return list(found)


def cut(page: Any) -> list[str]:
    """What wider spacing of text takes away."""
    page.evaluate(SPACE)
    return list(page.evaluate(CUT))


@pytest.mark.parametrize("name", PAGES)
def test_a_hand_an_eye_and_a_keyboard_have_what_they_need(opened: Any, name: str):
    faults: dict[str, Any] = {"targets": targets(opened)}
    # What wraps on a phone may be one line, and lower, with a shorter date or on a wider screen.
    opened.set_viewport_size({"width": 600, "height": 844})
    faults |= {"targets of one line": targets(opened)}
    opened.set_viewport_size(PHONE["viewport"])
    faults |= {
        "stops": stops(opened, PAGES[name].main),
        "noise": noise(opened),
    }
    opened.set_viewport_size({"width": 320, "height": 640})
    faults |= {"broken words": broken_words(opened), "cut": cut(opened)}

    assert {what: found for what, found in faults.items() if found} == {}
