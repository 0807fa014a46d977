"""What a person's answers say for a plan: with the red flags and precautions that follow from others. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from acupwa.library.model import Library
from acupwa.planner.gate import Gate, gate
from acupwa.planner.history import last_pause
from acupwa.planner.log import begins
from acupwa.planner.model import Pause, PlanRequest
from acupwa.planner.plan import PlannerState
from acupwa.quiz.confirming import needs_confirming
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.safety import advice_by_precaution, derive


def complete_answers(answers: Answers, library: Library) -> Answers:
    """The answers of a check-in as the gate wants them.

    A red flag without words any more stays, and so does such a group, which may have held one: they close too.
    """
    retired = tuple(one for one in answers.red_flags if one not in library.red_flags)
    known = known_answers(answers, library)
    found = derive(known, library)
    return replace(
        known,
        red_flags=(*found.certain_flag_ids, *retired),
        precautions=found.precautions,
        groups=answers.groups,
    )


def asks_first(answers: Answers, library: Library) -> bool:
    """Whether a doctor is to be asked before needles, or may have to be."""
    return "ask-first" in advice_by_precaution(complete_answers(answers, library), library).values()


def to_confirm(state: PlannerState, now: datetime) -> bool:
    """Whether what to know before needles is gone through again first: before a plan begins, and begins again; after a
    hold, also where the course was ended meanwhile; and where something was told since that is not gone through yet.
    """
    plan = state.plan
    pause = last_pause(plan) if plan else None
    if pause and not checked_since(pause, state.check_ins):
        return True
    if state.check_in is None:
        return False
    return bool(told_since(state)) or (begins(plan, now) and needs_confirming(state.check_in, now, before_plan=True))


def checked_since(pause: Pause, check_ins: Iterable[CheckIn]) -> bool:
    """Whether a check-in was finished since the course waits."""
    return any(one.finished_at is not None and not one.undated and one.finished_at > pause.since for one in check_ins)


def told_since(state: PlannerState) -> frozenset[str]:
    """The precautions that an open check-in holds and the last finished one lacks, those of which they are not sure too.

    What they were not sure of and is certain now was told since.
    """
    open_ones = [one.answers for one in state.check_ins if not one.finished]
    certain = {id for one in open_ones for id in one.precautions}
    unsure = {id for one in open_ones for id in one.unsure}
    if last := state.check_in:
        certain.difference_update(last.answers.precautions)
        unsure.difference_update(last.answers.precautions, last.answers.unsure)
    return frozenset(certain | unsure)


def safety_of(answers: Answers) -> dict[str, Any]:
    """What of the answers the gate goes by, as fields of a request; the conditions stand in it for more than that."""
    return {
        "age_band": answers.age_band,
        "red_flags": answers.red_flags,
        "precautions": answers.precautions,
        "unsure": answers.unsure,
        "groups": answers.groups,
        "main_symptom": answers.main_symptom,
    }


def with_derived(request: PlanRequest, library: Library) -> PlanRequest:
    """The request with the derived red flags and precautions added."""
    found = derive(_answers_of(request), library)
    return replace(request, red_flags=found.certain_flag_ids, precautions=found.precautions)


def known_request(request: PlanRequest, library: Library) -> PlanRequest:
    """The request with those answers alone that this library has words for: a kept plan may know more."""
    main = request.main_symptom
    return replace(
        request,
        conditions=tuple(one for one in request.conditions if one in library.conditions),
        red_flags=tuple(one for one in request.red_flags if one in library.red_flags),
        precautions=tuple(one for one in request.precautions if one in library.precautions),
        unsure=tuple(one for one in request.unsure if one in library.precautions),
        groups=tuple(one for one in request.groups if one in known_groups(library)),
        main_symptom=main if main in library.ratings else None,
    )


def gate_of_request(request: PlanRequest, library: Library) -> Gate:
    """The gate for a request that has the derived red flags and precautions already."""
    return gate(_answers_of(request), library)


def _answers_of(request: PlanRequest) -> Answers:
    return Answers(
        age_band=request.age_band,
        conditions=request.conditions,
        red_flags=request.red_flags,
        precautions=request.precautions,
        unsure=request.unsure,
        groups=request.groups,
        main_symptom=request.main_symptom,
    )
