"""From the second time on: what is taken over from the check-in before it, and what is asked again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from acupwa.library.model import Library
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, SCREENS, Answers, CheckIn, Variant
from acupwa.quiz.rules import screens_for

# PHQ-4 looks back two weeks: asked sooner, the two answers would share days.
MOOD_AFTER = timedelta(days=14)


def can_follow_up(earlier: CheckIn | None) -> bool:
    """Whether there is something to follow up: a finished check-in of someone who was asked all."""
    return earlier is not None and earlier.finished and screens_for(earlier.answers) == SCREENS


def carried_over(earlier: Answers, library: Library) -> Answers:
    """What is taken to be true still. Signs, ratings and whatever passes within days are asked or left open.

    Conditions stay also when this library has no words for them: they are why somebody is here.
    """
    known = library.precautions
    return Answers(
        answering_for=earlier.answering_for,
        age_band=earlier.age_band,
        country=earlier.country,
        conditions=earlier.conditions,
        precautions=tuple(one for one in earlier.precautions if one in known and not known[one].passing),
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
    finished = earlier.finished_at or earlier.updated_at
    asks = _answered(earlier.answers)
    return asks if now - finished >= MOOD_AFTER else tuple(one for one in asks if one != MOOD)


def asks_of_full(earlier: CheckIn | None) -> tuple[str, ...]:
    """A full quiz asks everything anew, and with an earlier one beside it the impression of change too."""
    return (IMPRESSION,) if can_follow_up(earlier) else ()


def asks_of_whole(variant: Variant, answers: Answers, earlier: CheckIn | None) -> tuple[str, ...]:
    """Of one that was sent at once: a follow-up asked what it answers."""
    return _answered(answers) if variant == "follow-up" else asks_of_full(earlier)


def _answered(answers: Answers) -> tuple[str, ...]:
    ratings = [key for key in answers.ratings if key not in ("pain", "activity")]
    return (*ratings, IMPRESSION, *(one for one in (PEG, MOOD) if one in answers.instruments))
