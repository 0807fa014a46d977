"""The change rules (docs/rules.md, "Change"): properties for every pair of answers, examples at each bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Band, Instrument, InstrumentItem, Rating, Thresholds
from acupwa.results.change import (
    Earlier,
    mean,
    meaning_of,
    rule_of,
    score_impression,
    score_mean,
    score_mood,
    score_rating,
)

ORDER = ["better", "a-little-better", "about-the-same", "a-little-worse", "worse"]
SINGLE = Thresholds(small=2, clear=3)
ITCH = Thresholds(small=2, clear=4)
PEG = Thresholds(small=1.0, clear=2.0)
numbers = st.integers(0, 10)
three_items = st.tuples(numbers, numbers, numbers)


def make_rating(thresholds: Thresholds = SINGLE) -> Rating:
    return Rating(
        key="pain", item="nrs-pain", name="Pain", text="How bad?", low="None", high="Worst",
        recall="past week", thresholds=thresholds, source="a paper",
    )  # fmt: skip


def make_instrument(id: str = "peg", count: int = 3, thresholds: Thresholds | None = PEG) -> Instrument:
    return Instrument(
        id=id, name=id, recall="past week", low=0, high=10,
        items=tuple(InstrumentItem(id=f"{id}-{n}", text="?") for n in range(count)),
        bands=(Band(low=0, high=2, label="none"), Band(low=3, high=5, label="mild")),
        thresholds=thresholds, licence="public domain", credit="them", shippable=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "before", "meaning"),
    [
        (4, 4, "about-the-same"),
        (4, 5, "about-the-same"),
        (5, 4, "about-the-same"),
        (7, 9, "a-little-better"),
        (9, 7, "a-little-worse"),
        (4, 7, "better"),
        (7, 4, "worse"),
        (0, 10, "better"),
    ],
)
def test_a_single_rating_needs_two_points_for_a_little_and_three_to_be_clear(
    now: int, before: int, meaning: str
) -> None:
    score = score_rating(make_rating(), now, before, Earlier())

    assert score.meaning == meaning
    assert score.change == now - before


@pytest.mark.parametrize(("change", "meaning"), [(-1, "about-the-same"), (-3, "a-little-better"), (-4, "better")])
def test_itch_needs_four_points_to_be_clear(change: int, meaning: str) -> None:
    assert meaning_of(change, ITCH) == meaning


@pytest.mark.parametrize(
    ("now", "before", "change", "meaning"),
    [
        ((7, 6, 6), (8, 8, 8), -1.7, "a-little-better"),
        ((5, 5, 5), (5, 5, 7), -0.7, "about-the-same"),
        ((5, 5, 5), (6, 6, 6), -1.0, "a-little-better"),
        ((5, 5, 5), (7, 7, 7), -2.0, "better"),
        ((8, 8, 9), (6, 7, 7), 1.6, "a-little-worse"),
        ((8, 8, 9), (6, 6, 7), 2.0, "worse"),
    ],
)
def test_the_peg_mean_needs_one_point_for_a_little_and_two_to_be_clear(
    now: tuple[int, ...], before: tuple[int, ...], change: float, meaning: str
) -> None:
    score = score_mean(make_instrument(), now, before, Earlier())

    assert (score.change, score.meaning) == (change, meaning)


def test_the_rule_is_shown_in_figures() -> None:
    assert rule_of(SINGLE) == "0-1, 2, 3"
    assert rule_of(ITCH) == "0-1, 2-3, 4"
    assert rule_of(PEG, step=0.1) == "0.0-0.9, 1.0-1.9, 2.0"


@given(numbers, numbers)
def test_turning_a_pair_of_ratings_round_turns_its_meaning_round(now: int, before: int) -> None:
    forth = score_rating(make_rating(), now, before, Earlier())
    back = score_rating(make_rating(), before, now, Earlier())

    assert ORDER.index(forth.meaning) == len(ORDER) - 1 - ORDER.index(back.meaning)
    assert forth.change is not None
    assert forth.change == -(back.change or 0)


@given(three_items, three_items)
def test_turning_a_pair_of_peg_answers_round_turns_its_meaning_round(
    now: tuple[int, ...], before: tuple[int, ...]
) -> None:
    forth = score_mean(make_instrument(), now, before, Earlier())
    back = score_mean(make_instrument(), before, now, Earlier())

    assert ORDER.index(forth.meaning) == len(ORDER) - 1 - ORDER.index(back.meaning)


@given(numbers, numbers, numbers, st.sampled_from([SINGLE, ITCH]))
def test_a_higher_rating_never_reads_better(one: int, other: int, before: int, thresholds: Thresholds) -> None:
    low, high = sorted((one, other))
    lower = score_rating(make_rating(thresholds), low, before, Earlier())
    higher = score_rating(make_rating(thresholds), high, before, Earlier())

    assert ORDER.index(lower.meaning) <= ORDER.index(higher.meaning)


@given(three_items, three_items, three_items)
def test_a_higher_peg_mean_never_reads_better(
    one: tuple[int, ...], other: tuple[int, ...], before: tuple[int, ...]
) -> None:
    low, high = sorted((one, other), key=sum)
    lower = score_mean(make_instrument(), low, before, Earlier())
    higher = score_mean(make_instrument(), high, before, Earlier())

    assert ORDER.index(lower.meaning) <= ORDER.index(higher.meaning)


@given(three_items, three_items)
def test_the_change_shown_is_the_difference_of_the_figures_shown(now: tuple[int, ...], before: tuple[int, ...]) -> None:
    score = score_mean(make_instrument(), now, before, Earlier())

    assert score.value is not None
    assert score.previous is not None
    assert score.change == round(score.value - score.previous, 1)


@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_mood_is_never_better_or_worse(now: list[int], before: list[int]) -> None:
    score = score_mood(make_instrument("phq4", 4, None), now, before, Earlier(days_ago=60))

    assert score.meaning == "not-compared"
    assert score.change is None
    assert (score.value, score.previous) == (sum(now), sum(before))


def test_mood_shows_its_published_band() -> None:
    score = score_mood(make_instrument("phq4", 4, None), [1, 1, 1, 0], None, None)

    assert (score.value, score.band) == (3, "mild")


@pytest.mark.parametrize(
    ("now", "before", "earlier", "reason"),
    [
        (7, None, None, "first-time"),
        (None, 5, Earlier(days_ago=30), "skipped"),
        (5, None, Earlier(days_ago=30), "skipped"),
        (None, None, None, "first-time"),
        (7, 2, Earlier(days_ago=6), "too-soon"),
        (7, 2, Earlier(days_ago=0), "too-soon"),
        (7, 2, Earlier(days_ago=30, same_words=False), "reworded"),
    ],
)
def test_what_cannot_be_compared_says_why(
    now: int | None, before: int | None, earlier: Earlier | None, reason: str
) -> None:
    score = score_rating(make_rating(), now, before, earlier)

    assert (score.meaning, score.change, score.not_compared) == ("not-compared", None, reason)


@pytest.mark.parametrize("days_ago", [7, 8, 400, None])
def test_seven_days_apart_or_unknown_is_compared(days_ago: int | None) -> None:
    assert score_rating(make_rating(), 4, 7, Earlier(days_ago=days_ago)).meaning == "better"


def test_an_item_passed_over_gives_no_score_and_not_a_zero() -> None:
    assert mean([7, None, 5]) is None
    assert score_mean(make_instrument(), [7, None, 5], [7, 7, 7], Earlier()).meaning == "not-compared"


@pytest.mark.parametrize(
    ("value", "meaning"),
    [(1, "better"), (2, "better"), (3, "about-the-same"), (5, "about-the-same"), (6, "worse"), (7, "worse")],
)
def test_the_impression_of_change_is_read_by_its_published_ends(value: int, meaning: str) -> None:
    assert score_impression(make_instrument("pgic", 1, None), value).meaning == meaning
