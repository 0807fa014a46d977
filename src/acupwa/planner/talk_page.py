"""The page for the talk at the decision. It prints on one sheet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.lived_course import reviews_of_plan
from acupwa.planner.log import begins, to_come
from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.planner.plan import PlannerState
from acupwa.planner.stage_entry import Barred, entry_for_stages
from acupwa.planner.stages import most_more, open_decision
from acupwa.planner.statements import Statement, Statements
from acupwa.planner.talk import OwnChange, gap_words, own_change, talk_numbers
from acupwa.quiz.follow_up import can_follow_up
from acupwa.quiz.model import CheckIn
from acupwa.sentences import say
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _


class CheckInFirst(msgspec.Struct, frozen=True, kw_only=True):
    """How a check-in begins from here. `short`: a follow-up; `confirm`: what to know before needles is asked in it too,
    as new sessions would begin the course again.
    """

    short: bool
    confirm: bool


class TalkPage(msgspec.Struct, frozen=True, kw_only=True):
    """`own` is the person's change, or `missing` says what is missing of it; with `check_in` there is a way to it.

    `open`: it can be decided now; `can_end`: the course can be ended at any time. `most` is how many sessions can be
    added, `no_more` why none can be; both are empty in a short course or a taper, which get none. `left` is how many are still planned, `planned` how many stand. `barred` is what stands against new ones.
    """

    template: ClassVar[str] = "planner/talk.html"
    title: str
    when: str
    own: OwnChange | None
    missing: str
    check_in: CheckInFirst | None
    decisions: tuple[Statement, ...]
    trials: tuple[Statement, ...]
    open: bool
    can_end: bool
    most: int
    no_more: str
    left: int
    planned: int
    barred: Barred | None
    options: tuple[tuple[str, str], ...]
    more: str = ""
    errors: tuple[FieldError, ...] = ()


def talk_page(
    plan: SavedPlan, state: PlannerState, finished: Sequence[CheckIn], now: datetime, library: Library
) -> TalkPage:
    """`plan` is that of `state`; `finished` are all finished check-ins, in any order."""
    session, statements = open_decision(plan, now, library.guidance), Statements(library)
    most = most_more(plan, library.guidance) if session and not plan.pause else 0
    found = talk_numbers(finished, plan, session, library)
    gap = found if isinstance(found, str) else None
    entry, next_number = entry_for_stages(state, library, now), _number(plan, session, library)
    return TalkPage(
        title=_("Your talk after session {number}").format(number=next_number) if next_number else _("Your talk"),
        when=_when(plan, session, next_number),
        own=None if isinstance(found, str) else own_change(found, library),
        missing=gap_words(gap, next_number) if gap else "",
        check_in=_check_in(plan, state, now) if gap in ("now", "number") and session else None,
        decisions=tuple(statements.of_words(one) for one in library.guidance.decisions),
        trials=tuple(statements.of_own_trials(plan.request.conditions)),
        open=session is not None,
        can_end=plan.ended_at is None,
        most=most,
        no_more="" if most else _no_more(plan),
        options=counts(1, most),
        left=len(to_come(plan, now)),
        planned=len(plan.standing),
        barred=entry if isinstance(entry, Barred) else None,
    )


def counts(least: int, most: int) -> tuple[tuple[str, str], ...]:
    """What can be chosen, as values and words."""
    return tuple((str(n), str(n)) for n in range(least, most + 1))


def _no_more(plan: SavedPlan) -> str:
    if plan.part.phase != "course":
        return ""
    return say("planner.stage_faults.paused") if plan.pause else say("planner.talk.more_none")


def _number(plan: SavedPlan, session: PlannedSession | None, library: Library) -> int:
    """Of the session that it is about: the one that is over, else that of the next decision; 0 where there is none."""
    if session:
        return session.number
    return next((one.after_session for one in reviews_of_plan(plan, library.guidance)[::-1] if one.kind == "decide"), 0)


def _when(plan: SavedPlan, session: PlannedSession | None, number: int) -> str:
    if session:
        return say("planner.talk.due", number=number)
    if plan.ended_at:
        return say("planner.talk.decided")
    return say("planner.talk.not_yet", number=number) if number else say("planner.talk.no_review")


def _check_in(plan: SavedPlan, state: PlannerState, now: datetime) -> CheckInFirst:
    return CheckInFirst(short=can_follow_up(state.check_in), confirm=begins(plan, now))
