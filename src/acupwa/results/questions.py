"""What to ask the doctor and the acupuncturist, made from the answers. None of it depends on a rating.

What to know before needles is not named here: the list of it stands on the same page, to be shown to them.

The questions for the acupuncturist are those of the evidence ("questions to ask", dose-and-guidelines.yaml).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.groups import precaution_groups
from acupwa.quiz.model import Answers
from acupwa.sentences import say
from acupwa.wording import number_words


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
    strict = any(library.precautions[one].advice in ("avoid", "ask-first") for one in precautions)
    # What may be true is asked first at the least.
    ask = strict or answers.unsure or precaution_groups(answers, library)
    return (
        *_about_medicine(answers),
        Question(says=say("results.questions.reason_not_to")),
        *([Question(says=say("results.questions.needles_with_these"))] if ask else []),
        Question(says=say("results.questions.steady")),
    )


def _about_medicine(answers: Answers) -> tuple[Question, ...]:
    if not answers.stopping_medicine:
        return ()
    return (Question(says=say("results.questions.stopping_medicine")),)


def _for_the_acupuncturist(answers: Answers, precautions: Sequence[str], library: Library) -> tuple[Question, ...]:
    questions = [
        Question(says=say("results.questions.registered")),
        Question(says=say("results.questions.treated")),
    ]
    if precautions or answers.unsure or precaution_groups(answers, library):
        questions.append(Question(says=say("results.questions.differently_with_these")))
    questions.append(Question(says=_stop_words(library)))
    if answers.activity_words:
        questions.append(Question(says=say("results.questions.do_again"), because=answers.activity_words))
    return tuple(questions)


def _stop_words(library: Library) -> str:
    return say("results.questions.stop", number=number_words(library.guidance.numbers.decide_after.value))
