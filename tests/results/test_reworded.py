"""A question in other words is another question: whatever was answered, the two are never compared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.quiz.model import Answers, CheckIn
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


@given(answers, answers, st.sampled_from([("1", "2"), ("2", "1"), ("1", "1-2"), ("1-2", "2")]))
def test_nothing_of_another_version_of_the_quiz_is_compared(before: Answers, now: Answers, versions: Any) -> None:
    earlier, newest = check_in(0, before, versions[0]), check_in(1, now, versions[1])

    scores = scores_of(now, previous_scores(newest, earlier), LIBRARY)

    assert {(score.meaning, score.change, score.not_compared) for score in scores.values()} == {
        ("not-compared", None, "reworded")
    }
    assert all(len(trend.points) == 1 for trend in trends_of((earlier, newest), LIBRARY))


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

    score = scores_of(now, previous_scores(newest, earlier), LIBRARY)["problem"]

    assert (score.not_compared == "reworded") is not same
    lines = [trend for trend in trends_of((earlier, newest), LIBRARY) if trend.key == "problem"]
    assert len(lines) == (1 if same else 2)
