"""What to ask the doctor and the acupuncturist, made from the answers. None of it depends on a rating.

The questions for the acupuncturist are those of the evidence ("questions to ask", dose-and-guidelines.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.groups import group_words, precaution_groups
from acupwa.quiz.model import Answers
from acupwa.sentences import say
from acupwa.wording import number_words

MOST_QUOTED = 3


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Something to say, or to ask. `because` quotes the answer that it comes from."""

    says: str
    because: str = ""


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    doctor: tuple[Question, ...]
    acupuncturist: tuple[Question, ...]


def questions_to_ask(answers: Answers, precautions: Sequence[str], library: Library) -> Questions:
    """For the two talks. Without a diagnosis or under 16 there are only questions for the doctor."""
    if "none-yet" in answers.conditions:
        return Questions(doctor=_first_to_a_doctor(answers), acupuncturist=())
    if answers.age_band == "under-16":
        return Questions(doctor=_about_a_child(answers), acupuncturist=())
    return Questions(
        doctor=_for_the_doctor(answers, precautions, library),
        acupuncturist=_for_the_acupuncturist(answers, precautions, library),
    )


def _first_to_a_doctor(answers: Answers) -> tuple[Question, ...]:
    return (
        Question(says=say("results.questions.cause")),
        Question(says=say("results.questions.specialist")),
        *_about_medicine(answers),
    )


def _about_a_child(answers: Answers) -> tuple[Question, ...]:
    return (
        Question(says=say("results.questions.safe_for_child")),
        Question(says=say("results.questions.trained_for_children")),
        *_about_medicine(answers),
    )


def _for_the_doctor(answers: Answers, precautions: Sequence[str], library: Library) -> tuple[Question, ...]:
    ask = [one for one in precautions if library.precautions[one].advice in ("avoid", "ask-first")]
    safe = Question(says=say("results.questions.reason_not_to"))
    statements = (*(_statement(one, library) for one in ask), *_may_be_true(answers, precautions, library))
    each = tuple(Question(says=say("results.questions.needles_with_this"), because=one) for one in statements)
    stable = Question(says=say("results.questions.steady"))
    return (*_about_medicine(answers), safe, *_merged(each), stable)


def _merged(questions: Sequence[Question]) -> tuple[Question, ...]:
    """One question for all that it is asked about: shorter to read out, and to print."""
    if not questions:
        return ()
    if len(questions) > MOST_QUOTED:
        return (Question(says=say("results.questions.needles_with_these")),)
    return (Question(says=questions[0].says, because="; ".join(one.because for one in questions)),)


def _about_medicine(answers: Answers) -> tuple[Question, ...]:
    if not answers.stopping_medicine:
        return ()
    return (Question(says=say("results.questions.stopping_medicine")),)


def _for_the_acupuncturist(answers: Answers, precautions: Sequence[str], library: Library) -> tuple[Question, ...]:
    told = (*(_statement(one, library) for one in precautions), *_may_be_true(answers, precautions, library))
    questions = [
        Question(says=say("results.questions.registered")),
        Question(says=say("results.questions.treated")),
    ]
    if told:
        questions.append(_about_me(told))
    questions.append(Question(says=_stop_words(library)))
    if answers.activity_words:
        questions.append(Question(says=say("results.questions.do_again"), because=answers.activity_words))
    return tuple(questions)


def _about_me(told: Sequence[str]) -> Question:
    """The list itself stands on the page already: a long one is not said twice."""
    if len(told) > MOST_QUOTED:
        return Question(says=say("results.questions.differently_with_these"))
    return Question(
        says=say("results.questions.differently"),
        because="; ".join(told),
    )


def _stop_words(library: Library) -> str:
    return say("results.questions.stop", number=number_words(library.guidance.numbers.decide_after.value))


def _may_be_true(answers: Answers, held: Sequence[str], library: Library) -> Iterable[str]:
    """What the person was not sure of, and the groups in which nothing was chosen: to be asked first at the least."""
    for one in answers.unsure:
        if one not in held:
            yield say("quiz.groups.unsure", what=_statement(one, library))
    for group in precaution_groups(answers, library):
        yield group_words(group, library)


def _statement(precaution: str, library: Library) -> str:
    """Its name: read out to someone, the statement of the form would say "you" of the listener."""
    return library.precautions[precaution].short
