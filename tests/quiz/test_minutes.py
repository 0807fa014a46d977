"""How long a check-in takes: from the measured seconds, in words that are never wrong by more than they say."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Effort
from acupwa.quiz.minutes import about_words, left_words, seconds_of
from acupwa.quiz.model import FOLLOW_UP_SCREENS, SCREENS
from acupwa.quiz.position import position
from acupwa.quiz.rules import screens_of
from acupwa.wording import CONTENT
from tests.support.answers import make_answers, make_draft
from tests.support.paths import ROOT, SRC, TEMPLATES


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "Less than a minute left"),
        (30, "Less than a minute left"),
        (31, "1 minute left"),
        (60, "1 minute left"),
        (61, "1½ minutes left"),
        (91, "2 minutes left"),
        (350, "6 minutes left"),
        (361, "6½ minutes left"),
    ],
)
def test_what_is_left_is_told_in_half_minutes_rounded_up(seconds, words):
    assert left_words(seconds) == words


def halves(words: str) -> float:
    number = re.search(r"(\d+)(½?)", words)
    return int(number[1]) + (0.5 if number[2] else 0) if number else 0.5


@given(seconds=st.integers(0, 3600))
def test_it_never_says_less_than_is_left_nor_half_a_minute_more_and_never_none(seconds):
    assert 0 <= halves(left_words(seconds)) * 60 - seconds < 30 or seconds == 0
    assert halves(left_words(seconds)) > 0


@given(one=st.integers(0, 3600), other=st.integers(0, 3600))
def test_more_that_is_left_never_sounds_like_less(one, other):
    if one <= other:
        assert halves(left_words(one)) <= halves(left_words(other))


def test_a_screen_that_nobody_has_measured_adds_nothing(library):
    assert seconds_of(("no-such-screen",), "full", library) == 0
    assert seconds_of(SCREENS, "full", library) == sum(library.effort.full.get(one, 0) for one in SCREENS)


def test_the_whole_is_told_in_minutes_rounded_up_and_at_least_one(library):
    def told(seconds: int) -> str:
        effort = Effort(full={SCREENS[0]: seconds}, follow_up={FOLLOW_UP_SCREENS[0]: seconds})
        of_seconds = msgspec.structs.replace(library, effort=effort)
        assert about_words("follow-up", of_seconds) == about_words("full", of_seconds)
        return about_words("full", of_seconds)

    assert (told(0), told(20)) == ("About 1 minute.", "About 1 minute.")
    assert (told(120), told(121)) == ("About 2 minutes.", "About 3 minutes.")


@pytest.mark.parametrize("variant", ["full", "follow-up"])
def test_the_first_screen_says_more_than_the_second(library, variant):
    draft = make_draft(make_answers(), variant=variant)
    said = [left_words(position(draft, screen, library).seconds) for screen in screens_of(draft)]

    assert len(said) < 2 or halves(said[0]) > halves(said[1])


def test_every_screen_is_measured(library):
    again = make_draft(make_answers(), asks=("pgic",))

    assert {screen for screen in (*SCREENS, *screens_of(again)) if library.effort.full.get(screen, 0) <= 0} == set()
    # The one page of a follow-up ends it: its review is for who comes back to it.
    assert {screen for screen in FOLLOW_UP_SCREENS[:-1] if library.effort.follow_up.get(screen, 0) <= 0} == set()
    assert set(library.effort.full) <= {*SCREENS, *screens_of(again)}, "a screen that is no more"
    assert set(library.effort.follow_up) <= set(FOLLOW_UP_SCREENS), "a screen that is no more"


BY_HAND = re.compile(r"\b(?:\d+|a few|few|one|two|three|four|five|six|eight|ten)[ -]minutes?\b", re.IGNORECASE)
# What else lasts minutes, in words of their own.
OTHERS = {
    "site/design.html": ("3 minutes", "4 minutes"),
    # How long a code works.
    "mydata/code.html": ("ten minutes",),
    "mydata/switch.html": ("ten minutes",),
    "practice/account.html": ("ten minutes",),
    "practice/forgot.html": ("ten minutes",),
}


def stated_by_hand(text: str) -> list[str]:
    return BY_HAND.findall(text)


def words_of(file: Path) -> str:
    """What people read of a file: of Python only what is marked as a sentence."""
    text = file.read_text(encoding="utf-8")
    return "\n".join(re.findall(r'\b_\(\s*"([^"]*)"', text)) if file.suffix == ".py" else text


@pytest.mark.parametrize(
    "file",
    [
        *(file for file in sorted(TEMPLATES.rglob("*.html")) if file.parent.name != "reading"),
        *sorted((CONTENT / "en" / "sentences").glob("*.yaml")),
        CONTENT / "en" / "quiz" / "quiz.yaml",
        *(file for file in sorted(SRC.rglob("*.py")) if file.parent.name != "accounts"),
        ROOT / "README.md",
    ],
    ids=lambda file: f"{file.parent.name}/{file.name}",
)
def test_no_length_of_a_check_in_is_stated_by_hand(file):
    found = stated_by_hand(words_of(file))

    assert [one for one in found if one not in OTHERS.get(f"{file.parent.name}/{file.name}", ())] == []
