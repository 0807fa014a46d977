"""A question whose words changed their meaning is another question: the two are never compared. All others are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.library.model import Library
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.wording import reworded_keys
from acupwa.results.answers_file import Previous
from acupwa.results.change import scores_of
from acupwa.results.previous import previous_scores
from acupwa.results.trend import trends_of

LIBRARY = load_library()
number = st.integers(0, 10)
answers = st.builds(
    Answers,
    age_band=st.just("40-64"),
    conditions=st.just(("ra",)),
    ratings=st.fixed_dictionaries(dict.fromkeys(("pain", "fatigue", "sleep", "problem"), number)),
    instruments=st.fixed_dictionaries({"peg": st.tuples(number, number, number)}),
    problem_words=st.sampled_from([None, "sore wrists", "worn out by noon", "SORE wrists"]),
    main_symptom=st.just("problem"),
)


def check_in(place: int, given_: Answers, version: str) -> CheckIn:
    at = datetime(2026, 11, 2, 10, 0, tzinfo=UTC) + timedelta(days=20 * place)
    made: dict[str, Any] = {"created_at": at, "updated_at": at, "finished_at": at}
    return CheckIn(
        id=UUID(int=place + 1), variant="full", answers=given_, quiz_version=version, content_version="abc",
        language="en", **made,
    )  # fmt: skip


KEYS = ("pain", "fatigue", "sleep", "problem", "peg")
VERSIONS = ("1", "2", "3", "4")


@st.composite
def reworded_libraries(draw: st.DrawFn) -> Library:
    """The quiz after several versions, in each of which the words of some questions changed."""
    newest = draw(st.integers(1, len(VERSIONS)))
    released = VERSIONS[:newest]
    changed = {key: tuple(one for one in released[1:] if draw(st.booleans())) for key in KEYS}
    replace = msgspec.structs.replace
    return replace(
        LIBRARY,
        quiz=replace(LIBRARY.quiz, version=released[-1], earlier_versions=released[-2::-1] if newest > 1 else ()),
        ratings=LIBRARY.ratings
        | {key: replace(LIBRARY.ratings[key], reworded=changed[key]) for key in KEYS if key != "peg"},
        instruments=LIBRARY.instruments | {"peg": replace(LIBRARY.instruments["peg"], reworded=changed["peg"])},
    )


def changed_between(key: str, versions: Iterable[str], library: Library) -> bool:
    """Whether the words of a question changed after the first and up to the last of these versions."""
    question = library.ratings.get(key) or library.instruments[key]
    numbers = sorted(map(int, versions))
    return any(numbers[0] < int(one) <= numbers[-1] for one in question.reworded)


mixed = st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=3, unique=True)


@given(answers, answers, reworded_libraries(), mixed, mixed)
def test_a_question_is_compared_just_where_its_words_stayed_the_same(
    before: Answers, now: Answers, library: Library, then_in: list[str], now_in: list[str]
) -> None:
    released = {library.quiz.version, *library.quiz.earlier_versions}
    assume(released >= {*then_in, *now_in})
    before = msgspec.structs.replace(before, problem_words=now.problem_words)
    earlier, newest = check_in(0, before, "-".join(then_in)), check_in(1, now, "-".join(now_in))

    scores = scores_of(now, previous_scores(newest, earlier, library), library)
    trends = trends_of((earlier, newest), library)

    for key in KEYS:
        same = not changed_between(key, (*then_in, *now_in), library)
        assert (scores[key].meaning == "not-compared") is not same, key
        assert (scores[key].not_compared == "reworded") is not same, key
        assert [len(one.points) for one in trends if one.key == key] == ([2] if same else [1, 1]), key


@given(answers, answers, st.sampled_from([("1", "9"), ("9", "2"), ("", "1"), ("several-2", "2"), ("0-1-2", "1")]))
def test_nothing_of_a_version_that_is_not_known_is_compared(before: Answers, now: Answers, versions: Any) -> None:
    earlier, newest = check_in(0, before, versions[0]), check_in(1, now, versions[1])

    scores = scores_of(now, previous_scores(newest, earlier, LIBRARY), LIBRARY)

    assert {score.not_compared for score in scores.values()} == {"reworded"}
    assert all(len(trend.points) == 1 for trend in trends_of((earlier, newest), LIBRARY))


def test_from_version_1_to_2_walking_alone_lost_its_meaning() -> None:
    assert reworded_keys("1", "2", LIBRARY) == ("walking",)
    assert reworded_keys("1", "1-2", LIBRARY) == ("walking",)
    assert reworded_keys("1-2", "1-2", LIBRARY) == ("walking",)
    assert reworded_keys("2", "2", LIBRARY) == ()
    assert reworded_keys("9", "9", LIBRARY) == ()


@given(answers, answers, st.sets(st.sampled_from(["pain", "fatigue", "sleep", "problem", "peg"])))
def test_exactly_what_was_asked_in_other_words_is_not_compared(before: Answers, now: Answers, other: set[str]) -> None:
    previous = Previous(ratings=before.ratings, instruments=before.instruments, days_ago=20, other_words=tuple(other))

    scores = scores_of(now, previous, LIBRARY)

    assert {key for key, score in scores.items() if score.not_compared == "reworded"} == other
    assert {key for key, score in scores.items() if score.meaning == "not-compared"} == other


@given(answers, answers)
def test_a_main_problem_in_other_words_is_another_one(before: Answers, now: Answers) -> None:
    earlier, newest = check_in(0, before, "1"), check_in(1, now, "1")
    same = (before.problem_words or "").casefold() == (now.problem_words or "").casefold()

    score = scores_of(now, previous_scores(newest, earlier, LIBRARY), LIBRARY)["problem"]

    assert (score.not_compared == "reworded") is not same
    lines = [trend for trend in trends_of((earlier, newest), LIBRARY) if trend.key == "problem"]
    assert len(lines) == (1 if same else 2)
