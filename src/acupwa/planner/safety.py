"""What a person's answers say for a plan: with the danger signs and precautions that follow from others."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Library
from acupwa.planner.gate import Gate, gate
from acupwa.planner.model import PlanRequest
from acupwa.quiz.model import Answers
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.safety import derive


def with_derived(request: PlanRequest, library: Library) -> PlanRequest:
    """The request with the derived red flags and precautions added."""
    answers = Answers(
        age_band=request.age_band,
        conditions=request.conditions,
        red_flags=request.red_flags,
        precautions=request.precautions,
        main_symptom=request.main_symptom,
    )
    found = derive(answers, library)
    return msgspec.structs.replace(request, red_flags=found.flag_ids, precautions=found.precautions)


def known_request(request: PlanRequest, library: Library) -> PlanRequest:
    """The request with those answers alone that this library has words for: a kept plan may know more."""
    main = request.main_symptom
    return msgspec.structs.replace(
        request,
        conditions=tuple(one for one in request.conditions if one in library.conditions),
        red_flags=tuple(one for one in request.red_flags if one in library.red_flags),
        precautions=tuple(one for one in request.precautions if one in library.precautions),
        main_symptom=main if main in library.ratings else None,
    )


def gate_of_request(request: PlanRequest, library: Library) -> Gate:
    """The gate for a request that has the derived flags already."""
    return gate(
        conditions=request.conditions,
        age_band=request.age_band,
        red_flags=request.red_flags,
        precautions=request.precautions,
        main_symptom=request.main_symptom,
        library=library,
    )


def gate_for(answers: Answers, library: Library) -> Gate:
    """The gate for a finished check-in. A danger sign that has no words any more closes it like any other."""
    retired = tuple(one for one in answers.red_flags if one not in library.red_flags)
    answers = known_answers(answers, library)
    found = derive(answers, library)
    return gate(
        conditions=answers.conditions,
        age_band=answers.age_band,
        red_flags=(*found.flag_ids, *retired),
        precautions=found.precautions,
        main_symptom=answers.main_symptom,
        library=library,
    )
