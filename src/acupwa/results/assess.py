"""Answers in, what they say out, for the command and the page alike: urgency, scores, reading, plan.

Nothing here depends on how high a score is, but for the calm support line of a PHQ-4 pair (docs/rules.md, "Change").
"""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec

from acupwa.library.model import Advice, Library
from acupwa.planner.gate import Gate, gate
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import reason_texts
from acupwa.quiz.rules import needs_mood_support
from acupwa.quiz.safety import RaisedFlag, advice_by_precaution, derive, strictest
from acupwa.reading.ranking import ListedPage, rank
from acupwa.results.answers_file import AnswersFile, Previous, read_answers_file
from acupwa.results.change import Score, scores_of

DO_NOT_STOP_MEDICINE = "do-not-stop-medicine"
SUPPORT_FOR_MOOD = "support-for-mood"


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """All that one set of answers says. `precautions` are ids by advice; `scores` in the quiz's order.

    `told` are the precautions that were ticked or follow from an answer. Among `precautions` are also those that may
    be true: of which the person was not sure, and the members of a group in which nothing was chosen.
    """

    urgency: str
    red_flags: tuple[RaisedFlag, ...]
    precautions: dict[Advice, tuple[str, ...]]
    told: tuple[str, ...]
    unsure: tuple[str, ...]
    groups: tuple[str, ...]
    scores: dict[str, Score]
    reading: tuple[ListedPage, ...]
    plan: Gate
    notices: tuple[str, ...]
    quiz_version: str
    content_version: str


def assess(answers: Answers, previous: Previous | None, library: Library) -> Assessment:
    """What the answers say. `answers` must hold an age band and a condition, all ids known to `library`."""
    held = derive(answers, library)
    complete = msgspec.structs.replace(answers, red_flags=held.certain_flag_ids, precautions=held.precautions)
    return Assessment(
        urgency=strictest(held.flag_ids, library),
        red_flags=held.red_flags,
        precautions=_by_advice(complete, library),
        told=held.precautions,
        unsure=held.unsure,
        groups=tuple(one for one in known_groups(library) if one in answers.groups),
        scores=scores_of(answers, previous, library),
        reading=rank(complete, library),
        plan=gate(complete, library),
        notices=notices_of(answers),
        quiz_version=library.quiz.version,
        content_version=library.version,
    )


def _by_advice(complete: Answers, library: Library) -> dict[Advice, tuple[str, ...]]:
    advice_of = advice_by_precaution(complete, library)
    return {
        advice: tuple(one for one, held_for in advice_of.items() if held_for == advice) for advice in get_args(Advice)
    }


def notices_of(answers: Answers) -> tuple[str, ...]:
    """Notices to say whatever else is said."""
    notices = []
    if answers.stopping_medicine:
        notices.append(DO_NOT_STOP_MEDICINE)
    if needs_mood_support(answers):
        notices.append(SUPPORT_FOR_MOOD)
    return tuple(notices)


def as_json(assessment: Assessment) -> dict[str, Any]:
    """The output of `acupwa assess`."""
    return {
        "urgency": assessment.urgency,
        "red_flags": [_flag_as_json(flag) for flag in assessment.red_flags],
        "precautions": {advice: list(ids) for advice, ids in assessment.precautions.items()},
        "unsure": list(assessment.unsure),
        "groups": list(assessment.groups),
        "scores": {key: msgspec.to_builtins(score) for key, score in assessment.scores.items()},
        "reading": [
            {"slug": one.slug, "because": [str(reason) for reason in one.because]} for one in assessment.reading
        ],
        "plan": _plan_as_json(assessment.plan),
        "notices": list(assessment.notices),
        "quiz_version": assessment.quiz_version,
        "content_version": assessment.content_version,
    }


def _flag_as_json(flag: RaisedFlag) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": flag.id, "urgency": flag.urgency}
    if flag.derived:
        fields |= {"derived": True, "because": list(reason_texts(flag.because))}
    return fields


def _plan_as_json(plan: Gate) -> dict[str, Any]:
    fields: dict[str, Any] = {"made": plan.open, "because": list(reason_texts(plan.because))}
    if not plan.open:
        fields["instead"] = plan.instead
    fields["cautions"] = [{"id": one.id, "because": list(reason_texts(one.because))} for one in plan.cautions]
    return fields


def run_assess(source: str | bytes, library: Library) -> tuple[int, str, tuple[str, ...]]:
    """Exit code (0 done, 1 the input is at fault), standard output, lines for standard error."""
    read = read_answers_file(source, library)
    if not isinstance(read, AnswersFile):
        return 1, "", read
    result = as_json(assess(read.answers, read.previous, library))
    return 0, json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False) + "\n", ()
