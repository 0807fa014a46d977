"""How long a page of the library is on a phone."""

from __future__ import annotations

from typing import Any

# What a phone of 844 px shows of a page between its top and the bar at its foot.
SCREEN = 784
MOST = 6
_MEASURE = """() => {
  const main = document.querySelector('main');
  const open = [...main.querySelectorAll('details[open]')].length;
  const short = document.querySelector('[name=length][value=short]').checked;
  return { height: main.getBoundingClientRect().height, open, short, wide: document.documentElement.scrollWidth };
}"""


def screens(page: Any, slug: str) -> float:
    """Phone screens (390 x 844) of the full version with all folds closed, as a reader gets it at first."""
    page.goto(f"/read/{slug}")
    found = page.evaluate(_MEASURE)
    assert (found["open"], found["short"], found["wide"]) == (0, False, 390), (slug, found)
    return float(found["height"]) / SCREEN
