"""What a screen reader is given on each main page is what stands in `heard/`, and holds to a few rules."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import Any

import pytest

from tests.site.heard import FOLDER, NEWCOMER, PERSON, WHO, file_of, on_a_phone
from tests.support.server import Server

HOW = "what is heard has changed: read it, then `python -m tests.site.heard`"
LANDMARKS = ("banner", "navigation", "main", "contentinfo", "form", "region", "search", "complementary")
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.browser
@pytest.mark.parametrize("who", WHO)
def test_what_is_heard_is_what_is_kept(who: str, browser: Any, shared_server: Server):
    changed = []
    for name, lines in WHO[who](on_a_phone(browser, shared_server.url)):
        kept = file_of(name).read_text().splitlines() if file_of(name).exists() else []
        changed += unified_diff(kept, lines, f"kept/{name}", f"heard/{name}", lineterm="", n=1)

    assert not changed, "\n".join([HOW, *changed[:80]])


def landmarks(lines: list[str]) -> list[str]:
    return [line for line in map(str.strip, lines) if line.split(" ")[0].split("[")[0] in LANDMARKS]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_landmarks_are_few_and_those_of_one_kind_have_names(file):
    lines = [line.strip() for line in file.read_text().splitlines()]
    found = landmarks(lines)

    assert sum(line.startswith("main") for line in found) == 1
    assert len(found) == len(set(found)), "two that sound alike"
    assert sum(line.startswith("heading") and "level 1" in line for line in lines) == 1
    assert lines[0].startswith('page "')


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_all_that_can_be_pressed_has_a_name(file):
    nameless = [
        line
        for line in file.read_text().splitlines()
        if re.match(r'\s*(link|button|checkbox|radio|textbox|combobox|searchbox|DisclosureTriangle\w*)\b(?! ")', line)
    ]

    assert nameless == []


def test_every_file_is_of_a_page_that_is_still_heard():
    assert {file.stem for file in FILES} >= {*NEWCOMER, *PERSON, "summary", "quiz-review"}
