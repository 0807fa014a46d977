"""How a person answers a form: what is true of them, then whatever else stands open, and the one main button."""

from __future__ import annotations

from typing import Any

from tools.effort.driver import Driver
from tools.effort.people import Given, Person

MIDDLE = "5"
MAIN_BUTTON = "button.button:not(.secondary):not(.quiet):not([type=button]):not([formaction])"


def answer(hand: Driver, person: Person, form: str, given: Given | None = None) -> None:
    """Answers the form `form` (a selector). Radios that nobody foresaw get a middle answer, unless the person skips."""
    given = person.given if given is None else given
    done: set[str] = set()
    # An answer may bring further questions: until none is new.
    while True:
        field = next((one for one in hand.fields(form) if one["name"] not in done and one["kind"] != "submit"), None)
        if field is None:
            return
        done.add(field["name"])
        _answer_one(hand, person, field, given)


def _answer_one(hand: Driver, person: Person, field: dict[str, Any], given: Given) -> None:
    name = field["name"]
    if name in given:
        values = given[name]
        for value in (values,) if isinstance(values, str) else values:
            if field["kind"] not in ("radio", "checkbox") or value in field["values"]:
                hand.give(name, value)
        return
    if not person.skips and field["kind"] == "radio" and field["visible"] and not field["answered"]:
        hand.give(name, calm(field["values"]))


def calm(values: list[str]) -> str:
    """Of the values of a question that nobody foresaw: no, or the middle of a scale, or the first."""
    return next((one for one in ("no", MIDDLE, "1") if one in values), values[0])


def main_button(hand: Driver, form: str) -> Any:
    return hand.page.locator(f"{form} {MAIN_BUTTON}").last
