"""The previous check-in as the thing to compare with. Pure."""

from __future__ import annotations

from acupwa import zones
from acupwa.library.model import Library
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import OWN_PROBLEM
from acupwa.quiz.wording import reworded_keys
from acupwa.results.answers_file import Previous
from acupwa.web.text import search_key


def previous_scores(check_in: CheckIn, previous: CheckIn | None, library: Library) -> Previous | None:
    """Its scores, how many whole days lie between, and what was asked in other words then."""
    days = days_between(check_in, previous)
    if previous is None or days is None:
        return None
    return Previous(
        ratings=previous.answers.ratings,
        stiffness_minutes=previous.answers.stiffness_minutes,
        instruments=previous.answers.instruments,
        days_ago=days,
        other_words=(
            *reworded_keys(previous.quiz_version, check_in.quiz_version, library),
            *_other_problem(check_in.answers, previous.answers),
        ),
    )


def days_between(check_in: CheckIn, previous: CheckIn | None) -> int | None:
    """Days by the calendar from one finished check-in to the other."""
    if previous is None or previous.finished_at is None or check_in.finished_at is None:
        return None
    return zones.days_between(previous.finished_at, check_in.finished_at)


def _other_problem(answers: Answers, previous: Answers) -> tuple[str, ...]:
    """A main problem in new words is another problem."""
    same = search_key(answers.problem_words or "") == search_key(previous.problem_words or "")
    return () if same else (OWN_PROBLEM,)
