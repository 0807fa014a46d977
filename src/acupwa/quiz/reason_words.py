"""The answers that something said stands on, in the words of the quiz. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.library.model import Library
from acupwa.quiz.groups import group_words, known_groups
from acupwa.quiz.reason import Reason
from acupwa.sentences import say

MOST_REASONS = 2


def because_words(reasons: Iterable[Reason], library: Library, problem_words: str | None = None) -> tuple[str, ...]:
    """What was answered; a reason without words is left out."""
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
    if key == "problem" and problem_words:
        return problem_words
    return library.ratings[key].name


def _answer_words(reason: Reason, library: Library, problem_words: str | None) -> str:
    one = reason.id
    match reason.kind:
        case "red_flags" if one in library.red_flags:
            return library.red_flags[one].short.rstrip(".")
        case "precautions" if one in library.precautions:
            return library.precautions[one].question.rstrip(".")
        case "unsure" if one in library.precautions:
            return say("quiz.groups.unsure", what=library.precautions[one].question.rstrip("."))
        case "groups" if one in known_groups(library):
            return group_words(one, library)
        case "conditions" if one in library.conditions:
            return library.conditions[one].name
        case "age_band" if one in library.quiz.questions.age_band.choices:
            age = library.quiz.questions.age_band.choices[one].words
            return say("quiz.reasons.age", age=age[:1].lower() + age[1:])
        case "main_symptom" | "ratings" if one in library.ratings:
            return symptom_words(one, library, problem_words)
        case "stopping_medicine":
            return say("quiz.reasons.stopping_medicine")
        case "instruments" if one in library.instruments:
            return library.instruments[one].name
    return ""
