"""A course on one page: what it tells, what it never tells, and that it is one page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from acupwa.planner.fair_start import first_of_course
from acupwa.planner.log import states_of
from acupwa.planner.main_problem import OwnNumbers
from acupwa.results.course_blocks import course_blocks, course_title
from acupwa.results.course_summary import CourseSummary, Paused, ToldChange, course_summary
from acupwa.results.paper_text import text_of
from acupwa.results.pdf.paper import pdf_of
from acupwa.results.pdf.sheet import A4, LETTER, Sheet, sheet_for
from tests.planner.test_main_problem import answered
from tests.support.plan_lives import LIBRARY, START, lives

SECRET = "zanzibar secret 4711"
ARABIC = "ألم شديد في المفاصل عند الاستيقاظ كل صباح ولا أستطيع فتح الأبواب أو حمل الأكياس"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlossreparaturwerkstatt00"


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def longest(words: str) -> CourseSummary:
    """Fifteen sessions and six tapered ones, three pauses, all that can follow and all that can change."""
    at, day = START, START.date()
    own = OwnNumbers(
        key="problem", name=f"“{words}”", before=8, asked_before=at, now=5, asked_now=at + timedelta(days=200),
        earlier=9, asked_earlier=at - timedelta(days=9),
    )  # fmt: skip
    names = tuple((one.words, 21) for one in LIBRARY.side_effects.values())
    return CourseSummary(
        stage="stopped", ended_on=day, problem_words=words, activity_words=words, own=own, went=18, missed=2,
        not_noted=1, first=day, last=day + timedelta(days=260),
        pauses=tuple(Paused(since=day, until=day, reason=one.name) for one in LIBRARY.guidance.pauses[:3]),
        felt={"good": 9, "all-right": 8, "bad": 4}, followed=names, also_followed=(), asked=21,
        changes=tuple(ToldChange(name=one.name, days=(day,) * 9) for one in LIBRARY.quiz.changes),
    )  # fmt: skip


@pytest.mark.parametrize("sheet", [A4, LETTER])
@pytest.mark.parametrize("words", [ARABIC, LONG, "sore wrists"])
def test_the_longest_course_is_one_page(words: str, sheet: Sheet):
    summary = longest(words)
    made = pdf_of(course_blocks(summary, LIBRARY), course_title(summary), "23 November 2026", "record", sheet)
    assert pages_of(made) == 1
    width, height = (float(one) for one in re.search(rb"MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", made).groups())  # type: ignore[union-attr]
    assert (round(width), round(height)) == (round(sheet.width), round(sheet.height))


@pytest.mark.parametrize(("country", "sheet"), [("US", LETTER), ("CA", LETTER), ("GB", A4), (None, A4)])
def test_the_paper_is_that_of_the_country(country: str | None, sheet: Sheet):
    assert sheet_for(country) == sheet


@settings(max_examples=40)
@given(lives(most=20), st.lists(st.tuples(st.integers(-20, 300), st.integers(0, 10)), max_size=6))
def test_any_life_sums_up(life: Any, told: list[tuple[int, int]]):
    plan, now = life
    check_ins = [
        answered(rating, day, note=SECRET, changed_since=("flare",) if day % 2 else ())
        for day, rating in told
        if START + timedelta(days=day) <= now
    ]
    summary = course_summary(plan, check_ins, now, LIBRARY)
    text = text_of(course_blocks(summary, LIBRARY))
    states, first = states_of(plan, now), first_of_course(plan)
    own = {number: state for number, state in states.items() if number >= first}
    assert summary.went == sum(state == "went" for state in own.values())
    assert summary.missed == sum(state == "missed" for state in own.values())
    assert SECRET not in text
    assert (summary.ended_on is None) == (summary.stage == "so-far" or (summary.first is None and not plan.ended_at))
    for pause in summary.pauses:
        assert pause.until is None or pause.since <= pause.until
    assert sum(pause.until is None for pause in summary.pauses) == bool(plan.pause)


def test_both_numbers_the_end_and_the_sum_stand_there():
    text = text_of(course_blocks(longest("sore wrists"), LIBRARY))
    for words in ("An earlier number: 9", "At the start: 8", "At the end: 5", "8 to 5 is 3 lower, or 38 percent."):
        assert words in text, words
    assert "Paused from" in text
    assert "good 9, all right 8, bad 4" in text


def test_without_numbers_it_says_so():
    text = text_of(course_blocks(replace(longest("x"), own=None), LIBRARY))
    assert "There is no number to compare." in text


def test_what_was_told_in_a_check_in_alone_is_not_called_nothing():
    told = replace(longest("x"), followed=(), also_followed=("A small bruise",))
    text = text_of(course_blocks(told, LIBRARY))
    assert "Also reported in a check-in: a small bruise." in text
    assert "No problems were noted" not in text
    assert "No problems were noted" in text_of(course_blocks(replace(told, also_followed=()), LIBRARY))
