"""The answers that something said stands on, as they go on after "because". Pure."""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.library.model import Library, Precaution
from acupwa.quiz.groups import known_groups
from acupwa.quiz.reason import Reason
from acupwa.quiz.rules import OWN_PROBLEM
from acupwa.sentences import say

MOST_REASONS = 2


def because_words(reasons: Iterable[Reason], library: Library, problem_words: str | None = None) -> tuple[str, ...]:
    """What is so with the person (`you take a blood thinner`); a reason without words is left out."""
    words = (_answer_words(reason, library, problem_words) for reason in reasons)
    return tuple(dict.fromkeys(word for word in words if word))


def brief_because_words(
    reasons: Iterable[Reason], library: Library, problem_words: str | None = None
) -> tuple[str, ...]:
    """The first reasons, and how many there are beside them."""
    words = because_words(reasons, library, problem_words)
    more = len(words) - MOST_REASONS
    if more <= 0:
        return words
    return (*words[:MOST_REASONS], say("quiz.reasons.more", n=more))


def symptom_names(keys: Iterable[str], library: Library, problem_words: str | None) -> dict[str, str]:
    """The name of each rating."""
    return {key: symptom_words(key, library, problem_words) for key in keys}


def symptom_words(key: str, library: Library, problem_words: str | None = None) -> str:
    """The name of a rating; the main problem goes by the person's own words when they gave some."""
    if key == OWN_PROBLEM and problem_words:
        return problem_words
    return library.ratings[key].name


def _answer_words(reason: Reason, library: Library, problem_words: str | None) -> str:
    one = reason.id
    match reason.kind:
        case "red_flags" if one in library.red_flags:
            return say("quiz.reasons.sign", sign=library.red_flags[one].short.rstrip("."))
        case "precautions" if one in library.precautions:
            return _precaution_words(library.precautions[one])
        case "unsure" if one in library.precautions:
            return say("quiz.reasons.unsure", what=library.precautions[one].short)
        case "groups" if one in known_groups(library):
            return say("quiz.reasons.group", name=known_groups(library)[one].name)
        case "conditions" if one in library.conditions:
            return say("quiz.reasons.have", what=library.conditions[one].in_sentence)
        case "age_band" if one in library.quiz.questions.age_band.choices:
            age = library.quiz.questions.age_band.choices[one].words
            return say("quiz.reasons.age", age=_lower(age))
        case "main_symptom" if one == OWN_PROBLEM and problem_words:
            return say("quiz.reasons.main_problem", what=f"“{problem_words}”")
        case "main_symptom" if one == OWN_PROBLEM:
            return say("quiz.reasons.own_problem")
        case "main_symptom" if one in library.ratings:
            return say("quiz.reasons.main_problem", what=_lower(library.ratings[one].name))
        case "ratings" if one in library.ratings:
            return say("quiz.reasons.have", what=library.ratings[one].trouble)
        case "stopping_medicine":
            return say("quiz.reasons.stopping_medicine")
        case "instruments" if one in library.instruments:
            return say("quiz.reasons.instrument", name=library.instruments[one].name)
    return ""


def _precaution_words(precaution: Precaution) -> str:
    """A medicine by its plain name. Every other statement begins with "you", or speaks of the person."""
    if precaution.say:
        return say("quiz.reasons.take", what=precaution.say)
    return _lower(precaution.question.rstrip("."))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
