"""The one hand through which every tap goes, and the eye that counts the words it comes upon."""

from __future__ import annotations

import re
from math import ceil
from pathlib import Path
from typing import Any

from tools.effort.model import DATE_TAPS, LIST_TAPS, Visit

HEIGHT = 844
_IDS = re.compile(r"/[0-9a-f-]{36}|/\d+(?=/|$)")


class Driver:
    """A page on a phone. `visits` are the pages gone through since the start of a way, the newest last."""

    script = (Path(__file__).parent / "page.js").read_text()

    def __init__(self, page: Any) -> None:
        self.page = page
        self.visits: list[Visit] = []
        page.add_init_script(self.script)

    @property
    def at(self) -> str:
        return _IDS.sub("/…", "/" + self.page.url.partition("//")[2].partition("/")[2].partition("?")[0])

    @property
    def screen(self) -> float:
        """Height that one screen shows of a page, in CSS pixels."""
        return HEIGHT - float(self.page.evaluate("effort.bar()"))

    def open(self, path: str) -> int:
        """Where a way starts: no tap, and the count begins anew. The answer's status."""
        answer = self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        self.visits = [Visit(self.at)]
        return int(answer.status) if answer else 200

    def look(self, until: Any = None) -> None:
        """Counts what is visible and was not before; `until`: only the screens as far as this one, which is pressed."""
        height = float(self.page.evaluate("effort.height()"))
        if until is not None:
            box = until.bounding_box()
            height = min(height, ceil((box["y"] + box["height"]) / self.screen) * self.screen)
        found = self.page.evaluate("height => effort.look(height)", height)
        now = self.visits[-1]
        now.effort.words += found["words"]
        now.effort.listed += found["listed"]
        for name, words in found["parts"].items():
            now.parts[name] = now.parts.get(name, 0) + words
        now.effort.screens = max(now.effort.screens, height / self.screen)

    # ------------------------------------------------------------------ what a person does

    def tap(self, element: Any) -> None:
        """A press that stays on the page."""
        element.click()
        self.visits[-1].effort.taps += 1
        self.look()

    def press(self, element: Any) -> None:
        """A press that leads to another page."""
        self.visits[-1].effort.taps += 1
        with self.page.expect_event("load"):
            element.click()
        self.page.wait_for_load_state("networkidle")
        self.visits.append(Visit(self.at))

    def type(self, element: Any, text: str) -> None:
        element.fill(text)
        effort = self.visits[-1].effort
        if element.get_attribute("type") in ("date", "time"):
            effort.taps += DATE_TAPS
        else:
            effort.taps += 1
            effort.letters += len(text)
        self.look()

    def select(self, element: Any, value: str) -> None:
        element.select_option(value)
        self.visits[-1].effort.taps += LIST_TAPS
        self.look()

    def give(self, name: str, value: str) -> None:
        """Answers one field, and opens what hides it. What is answered so already costs nothing."""
        of_name = self.page.locator(f'main [name="{name}"]:not([type=hidden])')
        if of_name.first.evaluate("field => ['radio', 'checkbox'].includes(field.type)"):
            choice = self.page.locator(f'main [name="{name}"][value="{value}"]').first
            if not choice.is_checked():
                self.reveal(choice)
                self.tap(_pressed(choice))
        elif of_name.first.input_value() != value:
            self.reveal(of_name.first)
            enter = self.select if of_name.first.evaluate("field => field.tagName") == "SELECT" else self.type
            enter(of_name.first, value)

    def reveal(self, field: Any) -> None:
        """Opens the folds and the door around a field, each with a tap."""
        while not self.visible(field):
            fold = field.locator("xpath=ancestor::details[not(@open)]").first
            if fold.count():
                self.tap(fold.locator("summary").first)
                continue
            door = field.locator("xpath=ancestor::*[.//input[@name='groups']][1]").locator("input[name=groups]").first
            if not door.count() or door.is_checked():
                raise RuntimeError(f"{self.at}: nothing opens {field.get_attribute('name')}")
            self.tap(_pressed(door))

    def visible(self, field: Any) -> bool:
        return bool(field.evaluate("field => effort.visible(field)"))

    def fields(self, form: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("form => effort.fields(form)", form)
        return found


def _pressed(choice: Any) -> Any:
    """What one presses of a radio or a tick: its label."""
    label = choice.locator("xpath=ancestor::label[1]")
    if label.count():
        return label
    of_id = choice.page.locator(f'label[for="{choice.get_attribute("id")}"]')
    return of_id.first if of_id.count() else choice
