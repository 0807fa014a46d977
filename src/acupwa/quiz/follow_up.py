"""From the second time on: what is taken over from the check-in before it, and what is asked again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from acupwa.library.model import Library
from acupwa.quiz.groups import precaution_groups, precautions_in
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, SCREENS, Answers, CheckIn, Variant
from acupwa.quiz.replaced_ratings import asked_today
from acupwa.quiz.rules import ACTIVITY, PAIN, STIFFNESS, has_expired, screens_for
from acupwa.zones import days_between

Question = Literal["resume-draft", "again"]
# PHQ-4 looks back two weeks: asked sooner, the two answers would share days.
MOOD_AFTER = timedelta(days=14)


def can_follow_up(previous: CheckIn | None) -> bool:
    """Whether there is something to follow up: a finished check-in of someone who was asked all."""
    return previous is not None and previous.finished and screens_for(previous.answers) == SCREENS


def question_before(draft: CheckIn | None, previous: CheckIn | None, now: datetime, draft_days: int) -> Question | None:
    """A draft with answers is offered first; then the choice between a follow-up and the full check-in."""
    if draft and draft.seen and not has_expired(draft, now, draft_days):
        return "resume-draft"
    return "again" if can_follow_up(previous) else None


def carried_over(previous: Answers, library: Library) -> Answers:
    """What is taken to be true still. Signs, ratings and whatever passes within days are asked or left open.

    A group of precautions stays when nothing in it passes; one of danger signs is asked anew.

    Conditions stay also when this library has no words for them: they are why somebody is here.
    """
    known = library.precautions
    return Answers(
        answering_for=previous.answering_for,
        age_band=previous.age_band,
        country=previous.country,
        conditions=previous.conditions,
        precautions=tuple(one for one in previous.precautions if one in known and not known[one].passing),
        unsure=tuple(one for one in previous.unsure if one in known and not known[one].passing),
        groups=tuple(
            group
            for group in precaution_groups(previous, library)
            if not any(one.passing for one in precautions_in(group, library))
        ),
        none_before_needles=previous.none_before_needles,
        main_symptom=asked_today(previous.main_symptom, library) if previous.main_symptom else None,
        problem_words=previous.problem_words,
        activity_words=previous.activity_words,
        acupuncture_before=previous.acupuncture_before,
    )


def asks_of(previous: CheckIn, now: datetime, library: Library) -> tuple[str, ...]:
    """The ratings and instruments that were answered then, or what is asked in their place. The impression of change
    is always asked.

    PEG holds the pain rating; PHQ-4 is asked again only after 14 days, counted in the zone of both moments.
    """
    finished = previous.finished_at or previous.updated_at
    asks = tuple(dict.fromkeys(asked_today(key, library) for key in _answered(previous.answers)))
    return asks if days_between(finished, now) >= MOOD_AFTER.days else tuple(one for one in asks if one != MOOD)


def asks_of_full(previous: CheckIn | None) -> tuple[str, ...]:
    """A full quiz asks everything anew, and with a previous one beside it the impression of change too."""
    return (IMPRESSION,) if can_follow_up(previous) else ()


def asks_of_one_page(variant: Variant, answers: Answers, previous: CheckIn | None) -> tuple[str, ...]:
    """Of one that was sent on one page: a follow-up asked what it answers."""
    return _answered(answers) if variant == "follow-up" else asks_of_full(previous)


def _answered(answers: Answers) -> tuple[str, ...]:
    ratings = [key for key in answers.ratings if key not in (PAIN, ACTIVITY)]
    # How long it lasts is asked with how bad it is.
    ratings += [STIFFNESS] if answers.stiffness_minutes is not None and STIFFNESS not in ratings else []
    # PEG asks for the pain first: it is the question to ask again also where the pain alone was rated.
    asked_peg = (PEG,) if PEG in answers.instruments or PAIN in answers.ratings else ()
    return (*ratings, IMPRESSION, *asked_peg, *((MOOD,) if MOOD in answers.instruments else ()))
