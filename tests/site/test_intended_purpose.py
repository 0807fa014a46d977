"""What docs/safety.md says that the product does, what /about says to people, and the code: three that must agree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.html_page import Page

ROOT = Path(__file__).parents[2]
SAFETY = (ROOT / "docs" / "safety.md").read_text()
PURPOSE = SAFETY.partition("## Intended purpose")[2].partition("\n## ")[0]
FUNCTIONS = SAFETY.partition("## What it really does")[2].partition("\n## ")[0]
DEVICE = SAFETY.partition("## May it be a medical device?")[2].partition("\n## ")[0]
# What the paper says that it does or does not -> the same in the plain words of /about.
SAID_TO_PEOPLE = {
    "danger signs, how soon each needs help, and whom to call": "shows what to do, how soon, and a number to call",
    "what to ask before needles": "what to ask before any needles",
    "graded by a written rule, with nulls as visible as benefits": "found no benefit are shown too",
    "does not do so while a danger sign": "makes no plan while a danger sign",
    "which sees it in an order: danger signs first": "shows danger signs first",
    "does not diagnose": "does not diagnose",
    "measure how active a disease is": "does not measure how active a condition is",
    "starting, stopping or changing a medicine": "start, change or stop a medicine",
    "Nobody\nwatches the answers": "Nobody watches your answers",
    "for adults": "for adults",
}


@pytest.fixture
def about(client: Any) -> str:
    return " ".join(Page(client.get("/about").text).root.words.split())


@pytest.mark.parametrize(("paper", "page"), SAID_TO_PEOPLE.items(), ids=lambda words: words[:30])
def test_the_paper_and_the_page_say_the_same(paper: str, page: str, about: str):
    assert paper in PURPOSE
    assert page in about


def test_the_page_hides_neither_its_state_nor_who_pays(about: str):
    for words in ("not certified as a medical device", "No health authority", "Nobody pays for it", "no acupuncturist"):
        assert words in about


def test_neither_denies_what_the_product_does(about: str):
    for words in (
        "does not triage",
        "not diagnose, triage",
        "move no advice",
        "moves no advice",
        "same for everyone with",
    ):
        assert words not in SAFETY
        assert words not in about
    for claim in ("worth a try", "whether it helps, and when to stop", "right for you"):
        assert claim not in about


def test_each_function_names_code_that_is_there():
    rows = re.findall(r"^\| (.+?) \| (yes.*?|no.*?) \| (.*?) \|$", FUNCTIONS, re.M)
    assert len(rows) >= 9
    for function, person_related, why in rows:
        for file in re.findall(r"`([\w/]+(?:\.py)?)`", function):
            assert (ROOT / "src" / "acupwa" / file).exists(), file
        assert person_related
        assert why.strip()


def test_each_place_of_law_is_named_with_its_functions():
    for words in (
        "2017/745",
        "rule 11",
        "MDCG 2019-11",
        "Medical Devices Regulations 2002",
        "520(o)(1)",
        "not legal advice",
    ):
        assert words in DEVICE
    assert re.search(r"### What an operator must do\n.+\n1\. ", DEVICE, re.S)


def test_the_inbox_says_that_it_is_no_alarm():
    inbox = (ROOT / "templates" / "practice" / "inbox.html").read_text()
    assert "This list is not an alarm. Patients are told that nobody watches it" in inbox
