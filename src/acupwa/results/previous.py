"""An earlier check-in as the thing to compare with. Pure."""

from __future__ import annotations

from acupwa.quiz.model import Answers, CheckIn
from acupwa.results.answers_file import Previous


def beside(check_in: CheckIn, earlier: CheckIn | None) -> Previous | None:
    """The earlier scores, how many whole days lie between, and what was asked in other words then."""
    days = days_between(check_in, earlier)
    if earlier is None or days is None:
        return None
    return Previous(
        ratings=earlier.answers.ratings,
        instruments=earlier.answers.instruments,
        days_ago=days,
        same_words=earlier.quiz_version == check_in.quiz_version,
        other_words=_other_words(check_in.answers, earlier.answers),
    )


def days_between(check_in: CheckIn, earlier: CheckIn | None) -> int | None:
    """Whole days from one finished check-in to the other."""
    if earlier is None or earlier.finished_at is None or check_in.finished_at is None:
        return None
    return (check_in.finished_at - earlier.finished_at).days


def _other_words(answers: Answers, earlier: Answers) -> tuple[str, ...]:
    """A main problem in new words is another problem."""
    same = (answers.problem_words or "").casefold() == (earlier.problem_words or "").casefold()
    return () if same else ("problem",)
