"""A follow-up: what it takes over from the check-in before it, and what it asks again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from acupwa.library.model import Library
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, SCREENS, Answers, CheckIn
from acupwa.quiz.rules import screens_for

# PHQ-4 looks back two weeks: asked sooner, the two answers would share days.
MOOD_AFTER = timedelta(days=14)


def can_follow_up(earlier: CheckIn | None) -> bool:
    """Whether there is something to follow up: a finished check-in of someone who was asked all."""
    return earlier is not None and earlier.finished and screens_for(earlier.answers) == SCREENS


def carried_over(earlier: Answers, library: Library) -> Answers:
    """What is taken to be true still. Signs, ratings and whatever passes within days are asked or left open."""
    return Answers(
        answering_for=earlier.answering_for,
        age_band=earlier.age_band,
        country=earlier.country,
        conditions=earlier.conditions,
        precautions=tuple(one for one in earlier.precautions if not library.precautions[one].passing),
        none_before_needles=earlier.none_before_needles,
        main_symptom=earlier.main_symptom,
        problem_words=earlier.problem_words,
        activity_words=earlier.activity_words,
        acupuncture_before=earlier.acupuncture_before,
    )


def asks_of(earlier: CheckIn, now: datetime) -> tuple[str, ...]:
    """The ratings and instruments that were answered then. The impression of change is always asked.

    PEG holds the pain rating; PHQ-4 is asked again only after 14 days.
    """
    answers = earlier.answers
    finished = earlier.finished_at or earlier.updated_at
    ratings = [key for key in answers.ratings if key not in ("pain", "activity")]
    asks = [*ratings, IMPRESSION]
    if PEG in answers.instruments:
        asks.append(PEG)
    if MOOD in answers.instruments and now - finished >= MOOD_AFTER:
        asks.append(MOOD)
    return tuple(asks)
