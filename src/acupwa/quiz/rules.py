"""Which screens and questions fit the answers so far, how far the person is, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from acupwa.library.model import Library, Precaution, Rating, RedFlag, Screen
from acupwa.quiz.model import (
    ALL_SCREENS,
    FOLLOW_UP_SCREENS,
    MOOD,
    PEG,
    SCREENS,
    SINCE,
    Answers,
    CheckIn,
    Variant,
)
from acupwa.quiz.reason import Reason
from acupwa.quiz.replaced_ratings import with_replaced
from acupwa.quiz.safety import derive

REVIEW = SCREENS[-1]
BEFORE_NEEDLES = "before-needles"
UNDER_16 = ("right-now", "about-you", REVIEW)
NO_DIAGNOSIS = ("right-now", "about-you", "lately", REVIEW)
PAIN, ACTIVITY, OWN_PROBLEM, STIFFNESS = "pain", "activity", "problem", "stiffness"
GENERAL = "general"
MOST_OWN_AT_ONCE = 2
PRESSED_TWICE_WITHIN = timedelta(minutes=5)
Path = Literal["full", "under-16", "none-yet"]


# ------------------------------------------------------------------ screens


def screens_for(answers: Answers) -> tuple[str, ...]:
    """The screens of the full quiz, in order. Under 16 it ends early; without a diagnosis it is short.

    Precautions that were told before stay to be seen and changed: they may raise a danger sign.
    """
    match path_of(answers):
        case "under-16":
            return _with_precautions(UNDER_16, answers)
        case "none-yet":
            return _with_precautions(NO_DIAGNOSIS, answers)
    return SCREENS


def path_of(answers: Answers) -> Path:
    """Which way through the quiz: the full one, the one for under 16, or the short one without a diagnosis."""
    if answers.age_band == "under-16":
        return "under-16"
    return "none-yet" if "none-yet" in answers.conditions else "full"


def is_for_someone_else(answers: Answers) -> bool:
    """Whether the person answers for another: someone they care for, or their child."""
    return answers.answering_for in ("someone-i-care-for", "my-child")


def _with_precautions(screens: tuple[str, ...], answers: Answers) -> tuple[str, ...]:
    told = answers.precautions or answers.unsure or answers.groups
    return (*screens[:-1], BEFORE_NEEDLES, screens[-1]) if told else screens


def screens_of(check_in: CheckIn) -> tuple[str, ...]:
    """The screens of this check-in, in order: a full one done again asks what happened since the previous one."""
    if check_in.variant == "follow-up":
        return FOLLOW_UP_SCREENS
    screens = screens_for(check_in.answers)
    return (screens[0], SINCE, *screens[1:]) if check_in.has_previous and screens == SCREENS else screens


def next_screen(check_in: CheckIn) -> str:
    """The first screen not yet gone past; the review when there is none."""
    return next((screen for screen in screens_of(check_in) if screen not in check_in.seen), REVIEW)


def previous_screen(check_in: CheckIn, screen: str) -> str | None:
    screens = screens_of(check_in)
    place = screens.index(screen) if screen in screens else 0
    return screens[place - 1] if place else None


def missing_screens(check_in: CheckIn) -> tuple[str, ...]:
    """The screens that must still be gone past before the quiz can be finished."""
    return tuple(screen for screen in screens_of(check_in) if screen not in check_in.seen and screen != REVIEW)


def screens_by_id(variant: Variant, library: Library) -> dict[str, Screen]:
    """The words of each screen; a full quiz done again takes those of `since` from the follow-up."""
    screens = {screen.id: screen for screen in library.quiz.follow_up}
    return screens if variant == "follow-up" else screens | {screen.id: screen for screen in library.quiz.screens}


def seen_after(before: Answers, after: Answers, seen: Collection[str], screen: str) -> tuple[str, ...]:
    """The screens that stay gone past once `screen` is saved: new conditions ask their questions anew."""
    kept = {*seen, screen}
    if set(after.conditions) - set(before.conditions):
        kept -= {"lately", "ratings", "before-needles"}
    return tuple(one for one in ALL_SCREENS if one in kept)


def has_expired(check_in: CheckIn, now: datetime, draft_days: int) -> bool:
    """A draft past its time counts as gone, also before it is deleted."""
    return not check_in.finished and now - check_in.updated_at > timedelta(days=draft_days)


def is_pressed_twice(draft: CheckIn, new: CheckIn) -> bool:
    """Whether `draft` is what the same press would begin now: nothing was answered in it, and it is minutes old."""
    same = msgspec.structs.replace(
        new, id=draft.id, created_at=draft.created_at, updated_at=draft.created_at, taken_over=draft.taken_over
    )
    return draft == same and new.created_at - draft.created_at < PRESSED_TWICE_WITHIN


# ------------------------------------------------------------------ questions


AFTER_NEEDLES = "after-needles"


def flags_right_now(library: Library) -> tuple[RedFlag, ...]:
    """The emergency signs: the same for everyone, as nothing else is known yet."""
    return tuple(flag for flag in library.red_flags.values() if flag.urgency == "emergency-now")


def flags_lately(answers: Answers, library: Library) -> tuple[RedFlag, ...]:
    """The less urgent signs: general ones, those of the conditions, and whatever is ticked already."""
    return tuple(
        flag
        for flag in library.red_flags.values()
        if flag.urgency != "emergency-now"
        and (_concerns(flag.conditions, answers.conditions) or flag.id in answers.red_flags)
    )


def flags_of_follow_up(answers: Answers, library: Library) -> tuple[RedFlag, ...]:
    """All signs that concern the person."""
    return (*flags_right_now(library), *flags_lately(answers, library))


def ratings_asked(answers: Answers, library: Library) -> tuple[Rating, ...]:
    """Our own ratings of the last 7 days. `activity` is among them: it is shown when the pain is 0."""
    return tuple(rating for rating in library.ratings.values() if _rating_fits(rating, answers.conditions))


def ratings_at_once(answers: Answers, library: Library, last: str | None = None) -> tuple[Rating, ...]:
    """Those of `ratings_asked` that stand open: those of everyone, and at most two more: `last`, the main outcome of the
    time before; what was named as closest to the main problem; what belongs to the conditions. The others can be added,
    and so can what was named once the main problem has its number, unless it is `last`: nobody is asked the same twice.
    """
    named = answers.main_symptom
    rated = named if answers.ratings.get(OWN_PROBLEM) is not None and named != last else None
    asked = [one for one in ratings_asked(answers, library) if one.key not in (ACTIVITY, rated)]
    mine = {*answers.conditions, GENERAL}
    first = [one.key for one in asked if one.key in (last, named) or mine & set(one.first_for)]
    everyone = {one.key for one in asked if GENERAL in one.first_for}
    own = sorted((key for key in first if key not in everyone), key=lambda key: (key != last, key != named))
    open_at_once = everyone | set(own[:MOST_OWN_AT_ONCE])
    return tuple(one for one in asked if one.key in open_at_once)


def activity_is_asked(answers: Answers) -> bool:
    """PEG asks what pain does; who has none is asked what the condition does, and so is who named something to do again."""
    return answers.ratings.get(PAIN) == 0 or bool(answers.activity_words)


def precautions_asked(answers: Answers, library: Library) -> tuple[Precaution, ...]:
    """General ones and those of the conditions. Medicines that can raise a danger sign are asked of everyone.

    A person may take such a medicine for another condition: with a fever, or in a pregnancy, it is a danger sign. One
    that another now asks for, or that is asked of carers, stays to be seen where it was answered.
    """
    return tuple(one for one in library.precautions.values() if _is_asked(one, answers))


def _is_asked(precaution: Precaution, answers: Answers) -> bool:
    if precaution.follows_from:
        return False
    told = precaution.id in (*answers.precautions, *answers.unsure)
    if precaution.merged_into or (precaution.asked_for_others and not is_for_someone_else(answers)):
        return told and _concerns(precaution.conditions, answers.conditions)
    return _raises_a_sign(precaution) or _concerns(precaution.conditions, answers.conditions)


def _raises_a_sign(precaution: Precaution) -> bool:
    return bool(precaution.traits)


def symptom_choices(answers: Answers, library: Library) -> tuple[Rating, ...]:
    """The ratings that can be named as the main problem: those asked of the person, and their own words.

    One that is no longer asked stays as long as it is the one that was named.
    """
    asked, kept = _keys_asked(answers, library), _keys_kept(answers, library)
    last = library.ratings[OWN_PROBLEM]
    offered = asked | (kept & {answers.main_symptom})
    return (*(one for one in library.ratings.values() if one.key in offered and one is not last), last)


def _keys_asked(answers: Answers, library: Library) -> frozenset[str]:
    asked = {rating.key for rating in ratings_asked(answers, library)} | {PAIN, OWN_PROBLEM}
    return frozenset(asked if activity_is_asked(answers) else asked - {ACTIVITY})


def _keys_kept(answers: Answers, library: Library) -> frozenset[str]:
    return with_replaced(_keys_asked(answers, library), library)


def _rating_fits(rating: Rating, conditions: Collection[str]) -> bool:
    match rating.asked:
        case "always" | "when-pain-is-zero":
            return True
        case "by-condition":
            return bool(set(rating.conditions) & set(conditions))
        case _:
            return False


def _concerns(conditions: Collection[str], chosen: Collection[str]) -> bool:
    return GENERAL in conditions or bool(set(conditions) & set(chosen))


# ------------------------------------------------------------------ finishing


def complete(answers: Answers, open_items: Collection[str], library: Library) -> Answers:
    """The answers as kept for good: without those whose question no longer fits.

    Danger signs are never dropped, nor what raises one. Own words that were rated are the main outcome when no other
    was named.
    """
    raising = {reason for sign in derive(answers, library).red_flags for reason in sign.because}
    if screens_for(answers) != SCREENS:
        return _short(answers, raising)
    kept = _keys_kept(answers, library)
    ratings = {key: answers.ratings[key] for key in library.ratings if key in answers.ratings and key in kept}
    offered = {precaution.id for precaution in precautions_asked(answers, library)}
    main = answers.main_symptom
    if main is None and ratings.get(OWN_PROBLEM) is not None:
        main = OWN_PROBLEM
    return msgspec.structs.replace(
        answers,
        ratings=ratings,
        stiffness_minutes=answers.stiffness_minutes if STIFFNESS in kept else None,
        instruments={
            name: items for name, items in answers.instruments.items() if not _unanswered(name, items, open_items)
        },
        precautions=_kept("precautions", answers, raising, offered),
        unsure=_kept("unsure", answers, raising, offered),
        main_symptom=main if main in kept else None,
    )


def _kept(
    name: Literal["precautions", "unsure", "groups"],
    answers: Answers,
    raising: Collection[Reason],
    offered: Collection[str] = (),
) -> tuple[str, ...]:
    return tuple(one for one in getattr(answers, name) if one in offered or Reason(name, one) in raising)


def _short(answers: Answers, raising: Collection[Reason]) -> Answers:
    """A path without ratings and without needles keeps who it is about, the danger signs and what raises one."""
    return Answers(
        answering_for=answers.answering_for,
        age_band=answers.age_band,
        country=answers.country,
        conditions=answers.conditions,
        red_flags=answers.red_flags,
        none_right_now=answers.none_right_now,
        none_lately=answers.none_lately,
        precautions=_kept("precautions", answers, raising),
        unsure=_kept("unsure", answers, raising),
        groups=_kept("groups", answers, raising),
    )


def _unanswered(instrument: str, items: Collection[int | None], open_items: Collection[str]) -> bool:
    """Whether nothing of an instrument was answered. PEG item 1 is the pain rating, so it alone is no PEG."""
    first = 2 if instrument == PEG else 1
    return all(f"{instrument}.{number}" in open_items for number in range(first, len(items) + 1))


def main_outcome(answers: Answers) -> str | None:
    """The one rating that tells whether things change: the own words when they were rated, else what was named."""
    return OWN_PROBLEM if answers.ratings.get(OWN_PROBLEM) is not None else answers.main_symptom


def needs_mood_support(answers: Answers) -> bool:
    """Whether either published pair of PHQ-4 (items 1 and 2, items 3 and 4) sums to 3 or more."""
    items = answers.instruments.get(MOOD, ())
    return any(sum(item or 0 for item in pair) >= 3 for pair in (items[:2], items[2:]))
