"""A follow-up on a calm day, from the button that starts it to its end."""

from __future__ import annotations

from tools.effort.driver import Driver
from tools.effort.model import FOLLOW_UP, Line, not_gone
from tools.effort.people import Person
from tools.effort.ways.check_in import FOUND, STARTS, to_the_end

WAY = "follow-up on a calm day"
BUTTON = 'main form:has(input[name=variant][value="follow-up"]) button'


def follow_up(hand: Driver, person: Person) -> Line:
    """The page with the button is not counted: it is the same for the full check-in."""
    for path in STARTS:
        if hand.open(path) == FOUND and hand.page.locator(BUTTON).count():
            hand.press(hand.page.locator(BUTTON).first)
            to_the_end(hand, person)
            return Line(WAY, FOLLOW_UP, tuple(hand.visits))
    return not_gone(WAY, offered=person.may_follow_up)
