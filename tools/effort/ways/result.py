"""The result, folds closed: how long it is, and whether the next step stands on its first screen."""

from __future__ import annotations

from tools.effort.driver import Driver
from tools.effort.model import RESULT, Line, Visit

WAY = "result, folds closed"
# A button; else why there is no plan; without a diagnosis, to see a doctor.
NEXT_STEP = (
    ".results-plan .button, .results-plan:not(:has(.button)) > p:first-of-type, "
    ".results:not(:has(.results-plan)) .notice"
)


def result(hand: Driver) -> Line:
    hand.visits = [Visit(hand.at)]
    hand.look()
    return Line(WAY, RESULT, tuple(hand.visits), stands_first(hand, NEXT_STEP, "the next step"))


def stands_first(hand: Driver, selector: str, what: str) -> tuple[str, ...]:
    """A fault when nothing of `selector` stands wholly on the first phone screen."""
    boxes = [one.bounding_box() for one in hand.page.locator(selector).all() if one.is_visible()]
    seen = any(box and box["y"] + box["height"] <= hand.screen for box in boxes)
    return () if seen else (f"{what} is not on the first screen",)
