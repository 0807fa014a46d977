"""What is to be done that was not so when a check-in was finished, in words. Pure."""

from __future__ import annotations

from acupwa.library.model import Library
from acupwa.quiz.advice_given import advice_given, changed_advice
from acupwa.quiz.model import CheckIn
from acupwa.quiz.safety import derive, strictest
from acupwa.sentences import say


def advice_changed(check_in: CheckIn, library: Library) -> tuple[str, ...]:
    """A line for each sign, precaution or condition of the person with other advice today, danger signs first.

    `check_in` is finished, and holds known answers alone. One of before the advice was kept tells of its danger signs
    when they are of another urgency today than it was given then.
    """
    if check_in.content_version == library.version:
        return ()
    if check_in.advice:
        keys = changed_advice(check_in.advice, advice_given(check_in.answers, library))
    else:
        keys = _signs_of_another_urgency(check_in, library)
    return tuple(_words(key, library) for key in keys)


def _signs_of_another_urgency(check_in: CheckIn, library: Library) -> tuple[str, ...]:
    signs = derive(check_in.answers, library).flag_ids
    if check_in.urgency in (None, strictest(signs, library)):
        return ()
    return tuple(f"red_flags:{one}" for one in signs)


def _words(key: str, library: Library) -> str:
    kind, id = key.split(":", 1)
    match kind:
        case "red_flags":
            return say("results.changed.sign", what=library.red_flags[id].short)
        case "precautions":
            return say("results.changed.precaution", what=library.precautions[id].short)
    return say("results.changed.condition", what=library.conditions[id].name)
