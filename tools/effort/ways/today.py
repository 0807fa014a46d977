"""Today: the one next thing, and a session logged from it."""

from __future__ import annotations

from tools.effort.driver import Driver
from tools.effort.model import LOG, TODAY, Line, not_gone
from tools.effort.people import Person
from tools.effort.ways.result import stands_first

WAY = "Today, the next thing"
LOGGED = "a session logged from Today"
NEXT_THING = "main .button"
WENT = 'main button:has-text("Went"), main a:has-text("Went")'
FELT = 'label:has([name="felt"])'
NONE = 'main button[value="none"]'
FOUND = 200


def today(hand: Driver) -> Line:
    if hand.open("/today") != FOUND:
        return not_gone(WAY, offered=True)
    hand.look()
    return Line(WAY, TODAY, tuple(hand.visits), stands_first(hand, NEXT_THING, "the next thing"))


def log_session(hand: Driver, person: Person) -> Line:
    """After a session is over: they went, it felt good, and nothing came of it."""
    if hand.open("/today") != FOUND or not hand.page.locator(WENT).count():
        return not_gone(LOGGED, offered=person.may_plan)
    hand.look()
    hand.press(hand.page.locator(WENT).first)
    hand.look()
    hand.tap(hand.page.locator(FELT).first)
    hand.press(hand.page.locator(NONE))
    hand.look()
    return Line(LOGGED, LOG, tuple(hand.visits))
