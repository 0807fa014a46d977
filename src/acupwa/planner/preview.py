"""The course that a plan would have, before anything is kept. Pure.

A practitioner's proposal is looked at twice: against what the patient shared when it is sent, and against all of their
answers when they take it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

import msgspec

from acupwa.library.model import Library
from acupwa.planner.course import NONE_LEFT, NONE_PAID, course_through, make_course, most_in_part
from acupwa.planner.gate import Gate, advice_for, gate
from acupwa.planner.model import AskedPlan, Course, NoCourse, Part, PlanRequest, SavedPlan
from acupwa.planner.plan import PlannerState, sessions_of, sessions_over
from acupwa.planner.plan_fields import FormValues
from acupwa.planner.plan_reading import read_plan_form
from acupwa.planner.safety import complete_answers, safety_of, to_confirm, with_derived
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason
from acupwa.quiz.retired_answers import known_answers
from acupwa.web.forms import FieldError
from acupwa.zones import day_in

# The kind of the reason that all sessions are over, and no more are asked for.
ALL_BEEN = "max_sessions"


class PlanPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What `asked` gives: a course, or why there is none. `kept` sessions of the plan it replaces are over and stay; the
    others are of `part`.
    """

    asked: AskedPlan
    made: Course | NoCourse
    kept: int
    part: Part


def preview_form(
    values: FormValues, state: PlannerState, library: Library, now: datetime
) -> PlanPreview | tuple[FieldError, ...] | None:
    """What a person's own form gives, or what to do about its fields. None when their answers let no plan be made, or
    are to be confirmed first.
    """
    if state.check_in is None:
        return None
    answers = complete_answers(state.check_in.answers, library)
    entry = gate(answers, library)
    if not entry.open or to_confirm(state, now):
        return None
    asked = read_plan_form(values, answers, library, now, _part_of(state.plan).phase)
    if not isinstance(asked, AskedPlan):
        return asked
    return _preview(asked, entry, state.plan, library, now)


def preview_proposal(
    proposed: PlanRequest, answers: Answers, replaced: SavedPlan | None, library: Library, now: datetime
) -> PlanPreview:
    """A proposal with the person's own answers, days off, way and limit; its first day is today's if it is past."""
    complete = complete_answers(answers, library)
    request = msgspec.structs.replace(
        proposed,
        first_day=max(proposed.first_day, day_in(proposed.time_zone, now)),
        max_sessions=min(proposed.max_sessions, most_in_part(_part_of(replaced).phase, library.guidance)),
        conditions=answers.conditions,
        **safety_of(known_answers(answers, library)),
        days_off=replaced.request.days_off if replaced else (),
        travel_minutes=replaced.request.travel_minutes if replaced else 0,
        **_own_money(proposed, replaced),
    )
    asked = AskedPlan(
        request=with_derived(request, library),
        own_days_off=replaced.own_days_off if replaced else (),
        country=replaced.country if replaced else None,
    )
    return _preview(asked, gate(complete, library), replaced, library, now)


def _preview(asked: AskedPlan, entry: Gate, replaced: SavedPlan | None, library: Library, now: datetime) -> PlanPreview:
    """After a course that has ended a new one begins: what was does not count towards it."""
    kept, part = sessions_over(replaced, now) if replaced else (), _part_of(replaced)
    if replaced and replaced.ended_at:
        kept = tuple(msgspec.structs.replace(one, counts=False) for one in sessions_of(replaced))
    made = course_through(entry, asked.request, library, kept=kept, part=part)
    if isinstance(made, Course) and replaced and len(made.sessions) == len(kept) == len(replaced.standing):
        made = _all_been(len(kept), library)
    return PlanPreview(asked=asked, made=made, kept=len(kept), part=part)


def _part_of(replaced: SavedPlan | None) -> Part:
    """The part that a form changes: the one that runs, else a new course."""
    if replaced is None:
        return Part()
    return Part(first=len(replaced.standing) + 1) if replaced.ended_at else replaced.part


class _OwnMoney(TypedDict, total=False):
    price: float | None
    currency: str | None
    max_money: float | None


def _own_money(proposed: PlanRequest, replaced: SavedPlan | None) -> _OwnMoney:
    """The most that the person wants to spend stands, and their price too where the proposal has none. In another currency
    it says nothing.
    """
    own = replaced.request if replaced else None
    if own is None:
        return {"max_money": None}
    if proposed.price is None and own.price is not None:
        return {"price": own.price, "currency": own.currency, "max_money": own.max_money}
    return {"max_money": own.max_money if proposed.currency == own.currency else None}


def _all_been(sessions: int, library: Library) -> NoCourse:
    """A course that ran out by itself and gets no session more: nothing would change."""
    because = (Reason(ALL_BEEN, str(sessions)),)
    return NoCourse(because=because, instead=" ".join(advice_for(because, library)))


def without_room(made: NoCourse) -> bool:
    """Whether days, money or the sessions that have been alone stand against it."""
    return all(one in (NONE_LEFT, NONE_PAID) or one.kind == ALL_BEEN for one in made.because)


def refusal_of(asked: AskedPlan, library: Library) -> NoCourse | None:
    """Why the planner makes no such plan; None when it does."""
    made = make_course(with_derived(asked.request, library), library)
    return made if isinstance(made, NoCourse) else None
