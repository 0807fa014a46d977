"""From the second time on: what is taken over from the check-in before it, and what is asked again. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TypeGuard

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.groups import precaution_groups, precautions_in
from acupwa.quiz.model import (
    EFFECTS_KNOWN,
    FOLLOW_UP,
    FOLLOW_UP_SCREENS,
    IMPRESSION,
    MOOD,
    OLD_FOLLOW_UP_SCREENS,
    PEG,
    SCREENS,
    SINCE,
    SINCE_KNOWN,
    Answers,
    CheckIn,
    Variant,
)
from acupwa.quiz.replaced_ratings import asked_today
from acupwa.quiz.rules import (
    ACTIVITY,
    PAIN,
    REVIEW,
    STIFFNESS,
    has_expired,
    main_outcome,
    screens_for,
    screens_of,
)
from acupwa.zones import day_in, days_between

# PHQ-4 looks back two weeks: asked sooner than that, the two answers would share days. More often than this is too much.
MOOD_AFTER = timedelta(weeks=4)
YEAR_DAYS = 365
MOST_FIRST = 3
LOG_MARKS = (SINCE_KNOWN, EFFECTS_KNOWN)


def can_follow_up(previous: CheckIn | None) -> bool:
    """Whether there is something to follow up: a finished check-in of someone who was asked all."""
    return previous is not None and previous.finished and screens_for(previous.answers) == SCREENS


def can_show(check_in: CheckIn, screen: str) -> bool:
    """Whether a screen belongs to a check-in of this kind, on this person's path or off it."""
    if check_in.variant == "follow-up":
        return screen in (*FOLLOW_UP_SCREENS, *OLD_FOLLOW_UP_SCREENS)
    return screen in SCREENS or (screen == SINCE and check_in.has_previous)


def is_old_page(check_in: CheckIn, screen: str) -> bool:
    """Whether a follow-up had this screen before it had one page."""
    return check_in.variant == "follow-up" and screen in OLD_FOLLOW_UP_SCREENS


def is_open_to(check_in: CheckIn, screen: str) -> bool:
    """Whether a screen is on the person's path. A follow-up is finished by its one page, and read again after that."""
    if check_in.variant == "follow-up" and screen == REVIEW:
        return check_in.finished
    return screen in screens_of(check_in)


def ends_it(check_in: CheckIn, screen: str) -> bool:
    """Whether the button of this screen finishes the check-in."""
    return check_in.variant == "follow-up" and screen == FOLLOW_UP


def is_to_be_carried_on(draft: CheckIn | None, now: datetime, draft_days: int) -> TypeGuard[CheckIn]:
    """Whether a draft has answers that a new check-in would delete, so that it is offered first."""
    if draft is None or draft.finished or has_expired(draft, now, draft_days):
        return False
    return bool(draft.seen) or draft.updated_at > draft.created_at


def offers_full_first(previous: CheckIn, now: datetime) -> bool:
    """Whether the full check-in goes before the follow-up: a year after the newest one, much of it may have changed.

    Both moments stand in the zone of the person.
    """
    return days_between(previous.finished_at or previous.updated_at, now) >= YEAR_DAYS


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


def asks_of(finished: Sequence[CheckIn], now: datetime, library: Library) -> tuple[str, ...]:
    """The ratings and instruments of a follow-up: those of the time before, or what is asked in their place.

    `finished` are the person's check-ins, the newest first; their moments and `now` stand in the person's zone. What a
    follow-up left under "Answer more" stays there. PHQ-4 comes every fourth week. The impression of change is always
    there.
    """
    newest = finished[0]
    kept = newest.asks if newest.variant == "follow-up" else ()
    asks = dict.fromkeys(asked_today(key, library) for key in (*_answered(newest.answers), *kept))
    asks.pop(MOOD, None)
    for mark in LOG_MARKS:
        asks.pop(mark, None)
    if newest.answers.activity_words:
        asks |= {ACTIVITY: None}
    return (*asks, MOOD) if _mood_is_due(finished, now) else tuple(asks)


def first_asked(asks: Collection[str], previous: Answers, library: Library) -> tuple[str, ...]:
    """The two or three ratings that stand right below the main problem; all others are under "Answer more".

    What they named to do again; pain, which PEG asks first; the first that belongs to their conditions; then the general
    ones, as the quiz has them. What they named as their main problem stands above already.
    """
    main = main_outcome(previous)
    own = asked_today(main, library) if main else None
    named = (ACTIVITY,) if ACTIVITY in asks else ()
    pain = (PAIN,) if PEG in asks else ()
    by_condition = [one for one in library.ratings.values() if one.asked == "by-condition" and one.key in asks]
    by_condition.sort(key=lambda one: set(one.first_for).isdisjoint(previous.conditions))
    theirs = [one.key for one in by_condition]
    other = [one.key for one in library.ratings.values() if one.asked == "always" and one.key in asks]
    wanted = (*named, *pain, *theirs[:1], *other, *theirs[1:])
    return tuple(one for one in wanted if one != own)[:MOST_FIRST]


def _mood_is_due(finished: Sequence[CheckIn], now: datetime) -> bool:
    """Four weeks after it was last answered; whoever passed it over was never asked again."""
    answered = next((one for one in finished if MOOD in one.answers.instruments), None)
    if answered is None:
        return False
    return days_between(answered.finished_at or answered.updated_at, now) >= MOOD_AFTER.days


def as_asked_on(check_in: CheckIn, now: datetime, zone: str | None) -> CheckIn:
    """As its page asks it at `now`. What the log told when it was begun counts for that day of the person's alone: after
    it there may have been more sessions.
    """
    if day_in(zone, now) <= day_in(zone, check_in.created_at):
        return check_in
    return msgspec.structs.replace(check_in, asks=tuple(one for one in check_in.asks if one not in LOG_MARKS))


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
