"""What a finished check-in was told to do, as fingerprints: so that it can be told later that this has changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from acupwa.library.model import Library
from acupwa.quiz.groups import precaution_groups, precautions_in
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import Reason, reason_text
from acupwa.quiz.safety import derive

FINGERPRINT_LENGTH = 12


def advice_given(answers: Answers, library: Library) -> dict[str, str]:
    """By `key:id`, danger signs first: each sign, precaution and condition that concerns who answered.

    All ids must be known to `library`. A fingerprint is of what is to be done, and how soon, without signs of
    punctuation: a comma that moves is no other advice.
    """
    return {reason_text(reason): _fingerprint(words) for reason, words in _advice(answers, library)}


def changed_advice(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of `now` that had other advice before, or none. What is no longer asked is told of elsewhere."""
    return tuple(key for key, print_ in now.items() if before.get(key) != print_)


def _advice(answers: Answers, library: Library) -> Iterator[tuple[Reason, Iterable[str]]]:
    held = derive(answers, library)
    for id in held.flag_ids:
        flag = library.red_flags[id]
        yield Reason("red_flags", id), (flag.urgency, flag.do, *flag.call)
    in_groups = (one.id for group in precaution_groups(answers, library) for one in precautions_in(group, library))
    for id in dict.fromkeys((*held.precautions, *held.unsure, *in_groups)):
        precaution = library.precautions[id]
        yield Reason("precautions", id), (precaution.advice, precaution.scope, precaution.why)
    for condition in answers.conditions:
        yield Reason("conditions", condition), tuple(_of_condition(condition, library))


def _of_condition(condition: str, library: Library) -> Iterator[str]:
    """Which danger signs to watch for, how urgent each is, and what to mind with a plan."""
    for flag in library.red_flags.values():
        if condition in flag.conditions or "general" in flag.conditions:
            yield f"{flag.id} {flag.urgency}"
    for plan in library.guidance.by_condition:
        if plan.condition == condition and plan.caution:
            caution = library.guidance.cautions.get(plan.caution)
            yield caution.says if caution else library.precautions[plan.caution].why


def _fingerprint(words: Iterable[str]) -> str:
    plain = "|".join(" ".join(re.findall(r"\w+", one.casefold())) for one in words)
    return sha256(plain.encode()).hexdigest()[:FINGERPRINT_LENGTH]
