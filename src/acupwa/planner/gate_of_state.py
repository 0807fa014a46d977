"""What stands against going on with a plan, by all that a person told. Pure."""

from __future__ import annotations

from msgspec import structs

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate, closed_to
from acupwa.planner.gate import Gate, gate
from acupwa.planner.plan import PlannerState, country_of
from acupwa.planner.safety import complete_answers
from acupwa.quiz.model import Answers
from acupwa.quiz.standing_signs import with_unended


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
