"""A rating over time: its start, where it stands, what is never compared, and how often chance alone does it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.quiz.chance_change import ChanceChange, chance_change_words, find_chance_change
from acupwa.quiz.model import Answers, CheckIn
from acupwa.results.change import meaning_of
from acupwa.results.progress import ProgressPage, TrendPart, progress_page
from acupwa.results.trend import Trend, trends_of
from acupwa.results.trend_picture import draw_trend
from acupwa.results.trend_words import grounds_words, standing_words

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def make_check_in(day: int, *, version: str = "1", **answers: Any) -> CheckIn:
    """One finished on that day after the first."""
    at = FIRST + timedelta(days=day)
    given = {"age_band": "40-64", "conditions": ("ra",), "main_symptom": "fatigue", **answers}
    return CheckIn(
        id=UUID(int=day + 1),
        variant="follow-up" if day else "full",
        answers=Answers(**given),
        quiz_version=version,
        content_version="abc",
        language="en",
        created_at=at,
        updated_at=at,
        finished_at=at,
    )


def fatigue(
    library: Library, *values: int | None, apart: int = 14, sessions: int | None = 3, key: str = "fatigue"
) -> Trend:
    """The trend of tiredness, whose bounds are borrowed, or of `key` over check-ins that many days apart."""
    return trends_of(
        [
            make_check_in(
                number * apart, ratings={key: value}, main_symptom=key, sessions_since=sessions if number else None
            )
            for number, value in enumerate(values)
        ],
        library,
    )[0]


def words_of(library: Library, *values: int | None, **given: Any) -> str:
    return standing_words(fatigue(library, *values, **given))


# ------------------------------------------------------------------ start


def test_the_first_answer_is_the_start(library: Library) -> None:
    assert fatigue(library, 7, 4).start.value == 7


@pytest.mark.parametrize(("sessions", "figures"), [(0, (7, 6)), (1, (7, 6)), (2, (7,)), (None, (7,))])
def test_two_answers_before_the_second_session_make_the_start(
    library: Library, sessions: int | None, figures: tuple[float, ...]
) -> None:
    trend = fatigue(library, 7, 6, 4, sessions=sessions)

    assert trend.start.figures == figures
    assert trend.start.value == sum(figures) / len(figures)


def test_two_answers_of_one_week_share_days_and_make_no_start_together(library: Library) -> None:
    assert fatigue(library, 7, 6, 4, apart=6, sessions=0).start.figures == (7,)


def test_who_has_acupuncture_already_starts_with_one_answer(library: Library) -> None:
    first = make_check_in(0, ratings={"fatigue": 7}, acupuncture_before="now")
    second = make_check_in(14, ratings={"fatigue": 6}, sessions_since=0)

    assert trends_of([first, second], library)[0].start.figures == (7,)


def test_a_question_that_came_later_starts_with_one_answer(library: Library) -> None:
    """The two first answers to it are not the two first check-ins: sessions may lie before them."""
    plain = make_check_in(0, ratings={"sleep-trouble": 3})
    later = [make_check_in(day, ratings={"fatigue": 7}, sessions_since=0) for day in (14, 28)]

    assert next(one for one in trends_of([plain, *later], library) if one.key == "fatigue").start.figures == (7,)


# ------------------------------------------------------------------ standing


def test_one_answer_is_too_early(library: Library) -> None:
    assert words_of(library, 7) == "One answer so far: 7. Too early to compare."


def test_two_answers_of_the_start_are_too_early(library: Library) -> None:
    assert words_of(library, 7, 6, sessions=0).startswith("Too early to compare")


def test_less_than_a_week_after_the_start_is_too_early(library: Library) -> None:
    assert words_of(library, 7, 2, apart=6) == "Too early to compare: less than 7 days since your start."


def test_better_once_is_better_so_far_and_again_is_twice_running(library: Library) -> None:
    assert words_of(library, 7, 4, key="pain") == "7 at the start, 4 now: 3 lower. Better so far."
    assert words_of(library, 7, 4, 3, key="pain") == "7 at the start, 3 now: 4 lower. Better at the last two check-ins."


def test_worse_is_told_as_plainly(library: Library) -> None:
    assert words_of(library, 4, 7, key="pain").endswith("now: 3 higher. Worse so far.")
    assert words_of(library, 4, 7, 8, key="pain").endswith("Worse at the last two check-ins.")


def test_where_the_bounds_are_borrowed_the_figures_stand_alone(library: Library) -> None:
    assert words_of(library, 7, 4) == "7 at the start, 4 now: 3 lower."
    assert words_of(library, 7, 4, 3) == "7 at the start, 3 now: 4 lower. Lower at the last two check-ins."
    assert words_of(library, 4, 7, 8) == "4 at the start, 8 now: 4 higher. Higher at the last two check-ins."
    assert words_of(library, 7, 5) == "7 at the start, 5 now: 2 lower."
    assert words_of(library, 7, 7) == "7 at the start, 7 now: no change."


@given(st.data(), st.sampled_from(["pain", "fatigue", "sleep-trouble", "problem", "itch", "peg"]))
def test_a_verdict_is_given_just_where_the_bounds_are_its_own(library: Library, data: Any, key: str) -> None:
    values = data.draw(st.lists(st.integers(0, 10), min_size=2, max_size=5))
    given_ = [{"instruments": {"peg": (one,) * 3}} if key == "peg" else {"ratings": {key: one}} for one in values]
    check_ins = [make_check_in(14 * n, main_symptom=key, **one) for n, one in enumerate(given_)]
    trend = trends_of(check_ins, library)[0]
    part = parts_of(progress_page(check_ins, library))[0]

    said = " ".join((part.words, *part.grounds, *(row.comparison for row in part.rows)))

    verdict = re.search(r"\b(better|worse|about the same|a small change)\b", said, re.I)
    assert bool(verdict) is (key in ("pain", "itch", "peg"))
    assert ("talk to your GP" in said) is (trend.main and trend.newest.meaning == "worse")


def test_twice_in_one_week_is_once(library: Library) -> None:
    check_ins = [make_check_in(day, ratings={"pain": value}) for day, value in ((0, 7), (14, 3), (17, 3))]

    assert standing_words(trends_of(check_ins, library)[0]).endswith("Better so far.")


def test_a_passed_question_between_breaks_twice_running(library: Library) -> None:
    assert words_of(library, 7, 4, None, 4, key="pain").endswith("Better so far.")


def test_no_answer_is_no_zero(library: Library) -> None:
    trend = fatigue(library, 7, None)

    assert standing_words(trend) == "Not answered last time."
    assert trend.newest.value is None
    assert len(draw_trend(trend).marks) == 1


def test_a_small_change_is_not_called_a_change(library: Library) -> None:
    trend = fatigue(library, 7, 5, key="pain")

    assert standing_words(trend).endswith("now: 2 lower. A small change.")
    assert "It is too early to call this a change." in " ".join(grounds_words(trend, library))


@pytest.mark.parametrize(("start", "now", "said"), [(2, 1, True), (2, 2, True), (3, 1, False), (1, 8, False)])
def test_a_low_start_leaves_little_room(library: Library, start: int, now: int, said: bool) -> None:
    words = " ".join(grounds_words(fatigue(library, start, now), library))

    assert ("There was little room to improve" in words) is said


def test_worse_sends_to_the_doctor_and_changes_nothing_else(library: Library) -> None:
    assert "talk to your GP or specialist team" in " ".join(grounds_words(fatigue(library, 3, 7), library))


def test_the_two_answers_of_a_start_can_be_redone(library: Library) -> None:
    words = " ".join(grounds_words(fatigue(library, 7, 6, 3, sessions=1), library))

    assert "Your start is 6.5: (7 + 6) ÷ 2" in words


def test_phq4_is_never_better_or_worse(library: Library) -> None:
    check_ins = [
        make_check_in(day, instruments={"phq4": items}) for day, items in ((0, (3, 3, 3, 3)), (28, (0, 0, 0, 0)))
    ]
    (trend,) = trends_of(check_ins, library)

    assert standing_words(trend) == "12 at the start, 0 now. We show this score without judging it."
    assert {point.meaning for point in trend.points} == {"not-compared"}
    assert draw_trend(trend).band is None
    assert trend.most == 12


def test_peg_is_told_to_one_decimal(library: Library) -> None:
    check_ins = [make_check_in(day, instruments={"peg": items}) for day, items in ((0, (7, 6, 6)), (28, (4, 4, 5)))]
    (trend,) = trends_of(check_ins, library)

    assert standing_words(trend) == "6.3 at the start, 4.3 now: 2 lower. Better so far."


# ------------------------------------------------------------------ words that changed


def test_a_question_that_was_reworded_begins_another_line_and_no_other_does(library: Library) -> None:
    old = make_check_in(0, ratings={"fatigue": 9, "walking": 9}, conditions=("ms",))
    new = make_check_in(28, version="2", ratings={"fatigue": 2, "walking": 2}, conditions=("ms",))
    tired, now, then = trends_of([old, new], library)

    assert ([one.value for one in tired.points], tired.asked_now) == ([9, 2], True)
    assert ([one.value for one in now.points], now.asked_now, now.standing) == ([2], True, "first")
    assert ([one.value for one in then.points], then.asked_now) == ([9], False)


def test_sleep_and_trouble_sleeping_are_two_lines_and_the_old_one_ends(library: Library) -> None:
    old = [make_check_in(day, ratings={"sleep": 8}, main_symptom="sleep") for day in (0, 14)]
    new = make_check_in(28, version="2", ratings={"sleep-trouble": 2}, main_symptom="sleep-trouble")

    assert [one.main for one in trends_of(old, library)] == [True]
    now, then = trends_of([*old, new], library)
    assert (now.key, now.main, now.standing, len(now.points)) == ("sleep-trouble", True, "first", 1)
    assert (then.key, then.asked_now, [one.value for one in then.points]) == ("sleep", False, [8, 8])


def test_a_main_problem_in_other_words_begins_another_line(library: Library) -> None:
    check_ins = [
        make_check_in(day, ratings={"problem": value}, problem_words=words)
        for day, value, words in ((0, 8, "My knees"), (14, 6, "my knees"), (28, 2, "Sleep"))
    ]
    now, then = trends_of(check_ins, library)

    assert (now.problem_words, [one.value for one in now.points], now.main) == ("Sleep", [2], True)
    assert (then.problem_words, [one.value for one in then.points], then.main) == ("my knees", [8, 6], False)


# ------------------------------------------------------------------ properties

answers = st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=12).filter(
    lambda values: any(value is not None for value in values)
)
gaps = st.integers(0, 80)
many = st.lists(st.tuples(st.none() | st.integers(0, 10), gaps, st.none() | st.integers(0, 9)), min_size=1, max_size=12)


def check_ins_of(told: Sequence[tuple[int | None, int, int | None]]) -> list[CheckIn]:
    day, made = 0, []
    for number, (value, gap, sessions) in enumerate(told):
        day += gap + 1
        made.append(make_check_in(day, ratings={"fatigue": value}, sessions_since=sessions if number else None))
    return made


@given(many)
def test_each_word_is_that_of_the_rule_for_the_change_that_is_shown(library: Library, told: Any) -> None:
    for trend in trends_of(check_ins_of(told), library):
        for point in trend.points:
            if point.change is not None and trend.thresholds is not None and point.value is not None:
                assert point.change == round(point.value - trend.start.value, 1)
                assert point.meaning == meaning_of(point.change, trend.thresholds)
            else:
                assert point.meaning == "not-compared"


@given(many)
def test_the_order_of_the_check_ins_changes_nothing(library: Library, told: Any) -> None:
    check_ins = check_ins_of(told)

    assert trends_of(check_ins[::-1], library) == trends_of(check_ins, library)


@given(many)
def test_every_answer_is_in_the_picture_once_inside_its_frame_and_in_the_table(library: Library, told: Any) -> None:
    check_ins = check_ins_of(told)
    given_values = [one.answers.ratings["fatigue"] for one in check_ins if one.answers.ratings["fatigue"] is not None]
    page = progress_page(check_ins, library)

    assert len(page.check_ins) == len(check_ins)
    for part in parts_of(page):
        picture = part.picture
        assert len(picture.marks) == len(given_values)
        assert sorted(row.value for row in part.rows if row.value.isdigit()) == sorted(map(str, given_values))
        assert all(picture.left <= mark.x <= picture.right for mark in picture.marks)
        assert all(picture.top <= mark.y <= picture.bottom for mark in picture.marks)
        assert [mark.x for mark in picture.marks] == sorted(mark.x for mark in picture.marks)


@given(many)
def test_no_line_is_drawn_across_a_check_in_without_an_answer(library: Library, told: Any) -> None:
    for trend in trends_of(check_ins_of(told), library):
        joined = sum(1 for a, b in pairwise(trend.points) if a.value is not None and b.value is not None)
        assert len(draw_trend(trend).strokes) == joined


@given(many)
def test_a_clear_change_lies_outside_the_band_and_any_other_inside(library: Library, told: Any) -> None:
    for trend in trends_of(check_ins_of(told), library):
        picture = draw_trend(trend)
        assert picture.band is not None
        for point, mark in zip([one for one in trend.points if one.value is not None], picture.marks, strict=True):
            if point.meaning != "not-compared":
                inside = picture.band.y <= mark.y <= picture.band.y + picture.band.height
                assert inside is (point.meaning not in ("better", "worse"))


@given(many)
def test_every_session_told_is_in_the_picture(library: Library, told: Any) -> None:
    for trend in trends_of(check_ins_of(told), library):
        told_of = [one.sessions for one in trend.points[1:] if one.sessions]
        marks = draw_trend(trend).sessions
        assert len(marks) == len(told_of)
        assert all(mark.bar or len(mark.ticks) == count for mark, count in zip(marks, told_of, strict=True))


# ------------------------------------------------------------------ chance


@pytest.mark.parametrize(
    ("key", "change", "days", "said"),
    [
        ("pain", -3, 14, (3, 5, 5)),
        ("pain", 3, 28, (3, 10, 10)),
        ("overall", -2, 14, (2, 24, 24)),
        ("overall", -3, 28, (3, 14, 14)),
        ("fatigue", -3, 14, (3, 10, 10)),
        ("fatigue", -3.5, 28, (3, 15, 15)),
        ("fatigue", -9, 28, (4, 4, 4)),
        ("sleep-trouble", -3, 14, (3, 5, 10)),
        ("peg", -2.3, 14, (2, 10, 29)),
        ("peg", -7, 90, (3, 1, 10)),
    ],
)
def test_chances_are_those_of_the_guide(
    library: Library, key: str, change: float, days: int, said: tuple[int, int, int]
) -> None:
    chance = find_chance_change(key, change, days, library)

    assert chance is not None
    assert (chance.points, chance.least, chance.most) == said


@pytest.mark.parametrize(("key", "change"), [("pain", 0), ("pain", None), ("peg", 0.9), ("phq4", 5), ("pgic", 2)])
def test_where_nothing_is_known_no_chance_is_told(library: Library, key: str, change: float | None) -> None:
    assert find_chance_change(key, change, 14, library) is None


@given(st.sampled_from(["pain", "fatigue", "sleep-trouble", "itch", "peg"]), st.floats(1, 9), st.integers(0, 400))
def test_a_larger_change_is_never_likelier_by_chance_and_a_longer_time_never_makes_it_rarer(
    library: Library, key: str, size: float, days: int
) -> None:
    def told(change: float, after: int) -> ChanceChange:
        chance = find_chance_change(key, change, after, library)
        assert chance is not None
        return chance

    chance, larger, later = told(size, days), told(-size - 1, days), told(size, days + 30)

    assert larger.most <= chance.most <= later.most
    assert larger.least <= chance.least <= later.least


def test_a_chance_speaks_of_people_who_did_not_change_never_of_the_reader(library: Library) -> None:
    words = chance_change_words(find_chance_change("sleep-trouble", -3, 60, library), 60)

    assert words == (
        "Scores move by 3 or more in 10 to 15 of 100 people even when nothing has changed. "
        "Over a longer time it may be more."
    )


# ------------------------------------------------------------------ page


def page_of(library: Library, *check_ins: CheckIn) -> ProgressPage:
    return progress_page(check_ins, library)


def parts_of(page: ProgressPage) -> tuple[TrendPart, ...]:
    """The main problem first."""
    return (page.main, *page.others) if page.main else page.others


def test_the_main_outcome_leads_and_alone_is_told_at_length(library: Library) -> None:
    ratings = [{"fatigue": 7, "sleep-trouble": 2, "overall": 8}, {"fatigue": 7, "sleep-trouble": 2, "overall": 2}]
    page = page_of(library, *(make_check_in(14 * n, ratings=one) for n, one in enumerate(ratings)))

    assert page.main.name == library.ratings["fatigue"].name
    assert [part.main for part in parts_of(page)] == [True, False, False]
    assert not any(part.grounds for part in page.others)


def test_what_else_changed_stands_beside(library: Library) -> None:
    first = make_check_in(0, ratings={"fatigue": 7})
    second = make_check_in(
        14, ratings={"fatigue": 3}, changed_since=("flare",), sessions_since=2, instruments={"pgic": (2,)}
    )
    row = page_of(library, first, second).check_ins[0]

    assert (row.sessions, row.changes) == ("2", "a flare or relapse")
    assert row.impression == "Much improved"


def test_the_picture_is_told_in_words(library: Library) -> None:
    told = page_of(
        library, *(make_check_in(14 * n, ratings={"fatigue": v}) for n, v in enumerate((7, None, 3)))
    ).main.told

    assert told == "Tiredness, from 5 January 2026 to 2 February 2026: 7, not answered, 3."


def test_a_draft_is_no_part_of_it(library: Library) -> None:
    draft = msgspec.structs.replace(make_check_in(0, ratings={"fatigue": 3}), finished_at=None)

    assert page_of(library, draft).check_ins == ()
