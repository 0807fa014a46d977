"""From the result to a saved plan, and the plan as it is shown."""

from __future__ import annotations

from tools.effort.driver import Driver
from tools.effort.forms import answer, main_button
from tools.effort.model import PLAN, SAVED_PLAN, Line, Visit, not_gone
from tools.effort.people import Person
from tools.effort.ways.result import stands_first

MAKE = "result to a saved plan"
SHOWN = "plan, folds closed"
FORM = "#planner-form"
SAVE = "main form:not(#planner-form) button[name=do][value=save]"
LINK = 'main a.button[href="/plan"], main a[href="/plan"], main a[href^="/plan?"]'
NEXT_SESSION = ".planner-next"
MOST_PAGES = 8


def save_plan(hand: Driver, person: Person) -> Line:
    link = hand.page.locator(LINK)
    if not link.count():
        return not_gone(MAKE, offered=person.may_plan)
    hand.visits = [Visit(hand.at)]
    hand.press(link.first)
    for _ in range(MOST_PAGES):
        hand.look()
        if hand.page.locator(SAVE).count():
            hand.press(hand.page.locator(SAVE).first)
        elif hand.page.locator(FORM).count():
            answer(hand, person, FORM, person.plan)
            hand.press(main_button(hand, FORM))
        else:
            break
    hand.visits.pop()
    if not hand.page.locator(NEXT_SESSION).count():
        return not_gone(MAKE, offered=person.may_plan)
    return Line(MAKE, SAVED_PLAN, tuple(hand.visits))


def plan(hand: Driver, person: Person) -> Line:
    hand.open("/plan")
    hand.look()
    if not hand.page.locator(NEXT_SESSION).count():
        return not_gone(SHOWN, offered=person.may_plan)
    faults = stands_first(hand, f"{NEXT_SESSION} a, {NEXT_SESSION} button", "the next session with its actions")
    return Line(SHOWN, PLAN, tuple(hand.visits), faults)
