"""What a person takes to the talk at the decision: their own change, how often chance does it, what is missing. Pure.

Nothing is decided by it (docs/rules.md, "The talk").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from acupwa.library.model import Guidance, Library
from acupwa.planner.fair_start import finished_at
from acupwa.planner.history import starts_at
from acupwa.planner.main_problem import OwnNumbers, around_start, own_numbers
from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.planner.stages import open_decision
from acupwa.quiz.chance_change import chance_change_words, find_chance_change
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import main_outcome
from acupwa.sentences import say
from acupwa.wording import short_date_words

# Our choice: so long after its session Today still leads to the talk.
TALK_DAYS = timedelta(days=28)
Gap = Literal["start", "now", "number", "not-alike"]


class OwnChange(msgspec.Struct, frozen=True, kw_only=True):
    """In words: the two `numbers`, an `earlier` one, the `sum` of the two, how often `chance` alone does it and where
    that is `from_`. Empty where there is nothing to say.
    """

    numbers: str
    earlier: str
    sum: str
    chance: str
    from_: str


def own_change(own: OwnNumbers, library: Library) -> OwnChange:
    chance = find_chance_change(own.key, own.now - own.before, own.days, library)
    return OwnChange(
        numbers=say(
            "planner.reviews.own",
            name=own.name,
            before=own.before,
            first=short_date_words(own.asked_before.date(), year=True),
            now=own.now,
            last=short_date_words(own.asked_now.date(), year=True),
        ),
        earlier=_earlier(own),
        sum=sum_words(own),
        chance=chance_change_words(chance, own.days),
        from_=chance.source if chance else "",
    )


def sum_words(own: OwnNumbers) -> str:
    """So that it can be done again on paper."""
    if own.percent_lower is not None:
        size = own.before - own.now
        return say("planner.talk.lower", before=own.before, now=own.now, size=size, percent=own.percent_lower)
    if own.now > own.before:
        return say("planner.talk.higher", before=own.before, now=own.now, size=own.now - own.before)
    return say("planner.talk.same", before=own.before, now=own.now)


def talk_numbers(
    check_ins: Sequence[CheckIn], plan: SavedPlan, session: PlannedSession | None, library: Library
) -> OwnNumbers | Gap:
    """The numbers for the talk after `session`, or what is missing."""
    earlier, later = around_start(check_ins, plan)
    if session and not checked_after(later, plan, session):
        return "now" if _rated(earlier) else "start"
    if not _rated(earlier):
        return "start"
    if not later:
        return "now"
    own = own_numbers(check_ins, plan, library)
    return own or ("not-alike" if _rated(later[-1:]) and _rated(earlier[-1:]) else "number")


def gap_words(gap: Gap, number: int) -> str:
    match gap:
        case "start":
            return say("planner.talk.no_start")
        case "now":
            return say("planner.talk.no_now", number=number) if number else say("planner.talk.no_now_yet")
        case "number":
            return say("planner.talk.no_number")
        case "not-alike":
            return say("planner.talk.not_alike")


def checked_after(check_ins: Sequence[CheckIn], plan: SavedPlan, session: PlannedSession) -> bool:
    """Whether a check-in was finished since the session began."""
    return any(one.finished and finished_at(one) >= starts_at(session, plan) for one in check_ins)


def talk_ready(
    plan: SavedPlan, check_ins: Sequence[CheckIn], now: datetime, guidance: Guidance
) -> PlannedSession | None:
    """The session after which there is a talk to be had, once the check-in for it is done; not for ever."""
    session = open_decision(plan, now, guidance)
    if session is None or now - starts_at(session, plan) > TALK_DAYS:
        return None
    return session if checked_after(check_ins, plan, session) else None


def _rated(check_ins: Sequence[CheckIn]) -> bool:
    keys = [(one, main_outcome(one.answers)) for one in check_ins]
    return any(key is not None and one.answers.ratings.get(key) is not None for one, key in keys)


def _earlier(own: OwnNumbers) -> str:
    if own.earlier is None or own.asked_earlier is None:
        return ""
    return say("planner.talk.earlier", number=own.earlier, day=short_date_words(own.asked_earlier.date(), year=True))
