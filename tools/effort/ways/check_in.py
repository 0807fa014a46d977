"""From the home page to the end of a full check-in."""

from __future__ import annotations

from tools.effort.driver import Driver
from tools.effort.forms import answer, main_button
from tools.effort.model import EVERYTHING, SKIPPED, Line, not_gone
from tools.effort.people import Person

WAY = "home to the end of a full check-in"
AGAIN_WAY = "full check-in, done again"
FOUND = 200
# Where a person who has checked in before chooses how: the newer address first.
STARTS = ("/check-in", "/quiz/again")
AGAIN = 'main form[action="/quiz"]:not(:has(input[name=variant][value="follow-up"])):has(input[name=again]) button'
FORM = "#quiz-form"
START = ('main a.button[href="/quiz"]', 'main form[action="/quiz"] button')
FINISH = 'form[action$="/finish"]'


def full_check_in(hand: Driver, person: Person) -> Line:
    """Of the home page and the start page a person sees the screens as far as the button."""
    hand.open("/")
    for button in START:
        element = hand.page.locator(button).first
        hand.look(until=element)
        hand.press(element)
    to_the_end(hand, person)
    if person.skips:
        return Line(WAY, SKIPPED, tuple(hand.visits))
    return Line(WAY, EVERYTHING, tuple(hand.visits))


def full_again(hand: Driver, person: Person) -> Line:
    """Done again, it asks what happened since: no line of the table, but a screen whose time is stated."""
    for path in STARTS:
        if hand.open(path) == FOUND and hand.page.locator(AGAIN).count():
            hand.press(hand.page.locator(AGAIN).last)
            to_the_end(hand, person)
            return Line(AGAIN_WAY, (), tuple(hand.visits))
    return not_gone(AGAIN_WAY, offered=False)


def to_the_end(hand: Driver, person: Person) -> None:
    """Screen by screen to the result, whose page is not come upon yet."""
    while "/results/" not in hand.page.url:
        before = hand.page.url
        hand.look()
        if hand.page.locator(FINISH).count():
            hand.visits[-1].effort.review = hand.visits[-1].effort.words - hand.visits[-1].effort.listed
            hand.press(hand.page.locator(f"{FINISH} button").last)
        else:
            answer(hand, person, FORM)
            hand.press(main_button(hand, FORM))
        if hand.page.url == before:
            raise RuntimeError(f"{hand.at} does not go on: {hand.page.locator('main').inner_text()[:400]}")
    hand.visits.pop()
