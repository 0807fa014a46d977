"""What stands against going on with a plan, by all that a person told. Pure."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import structs

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate, closed_to
from acupwa.planner.gate import Gate, gate
from acupwa.planner.plan import PlannerState, country_of
from acupwa.planner.safety import complete_answers
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.standing_signs import with_unended


def check_in_for_gate(check_ins: Collection[CheckIn], library: Library) -> CheckIn | None:
    """The one that was finished last of all that a person has, with the danger signs that no other has ended: no plan is made
    beside one.
    """
    newest = max((one for one in check_ins if one.finished), key=lambda one: one.place, default=None)
    return with_unended(newest, check_ins, library) if newest else None


def told_in(state: PlannerState, library: Library) -> Answers:
    """What the plan goes by. Where no check-in is finished, or the last was deleted, it is the danger signs of drafts."""
    if state.check_in:
        return state.check_in.answers
    told = Answers(country=country_of(state.check_ins))
    if not state.check_ins:
        return told
    empty = structs.replace(state.check_ins[0], answers=told, taken_over=())
    return with_unended(empty, state.check_ins, library).answers


def gate_of(state: PlannerState, library: Library) -> Gate:
    return gate(complete_answers(told_in(state, library), library), library)


def against(state: PlannerState, library: Library) -> ClosedGate | None:
    """None while nothing does."""
    entry = gate_of(state, library)
    return None if entry.open else closed_to(state.check_ins, entry.because, library)
