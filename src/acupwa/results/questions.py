"""What to ask the doctor and the acupuncturist, made from the answers. None of it depends on a rating.

The questions for the acupuncturist are those of the evidence ("questions to ask", dose-and-guidelines.yaml).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.model import Answers
from acupwa.wording import gettext as _
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
        Question(says=_("What could be the cause of this? Which tests do I need?")),
        Question(says=_("Should I see a specialist, and how soon?")),
        *_about_medicine(answers),
    )


def _about_a_child(answers: Answers) -> tuple[Question, ...]:
    return (
        Question(says=_("Is acupuncture safe for this child, with this condition and these medicines?")),
        Question(says=_("Who is trained to treat children, and will you stay in touch with them?")),
        *_about_medicine(answers),
    )


def _for_the_doctor(answers: Answers, precautions: Sequence[str], library: Library) -> tuple[Question, ...]:
    ask = [one for one in precautions if library.precautions[one].advice in ("avoid", "ask-first")]
    safe = Question(says=_("I am thinking of acupuncture beside my usual care. Is there a reason not to?"))
    each = tuple(
        Question(
            says=_("Can I have needles with this? What should the acupuncturist know?"),
            because=_statement(one, library),
        )
        for one in ask
    )
    stable = Question(says=_("Is my condition steady enough to start now?"))
    return (*_about_medicine(answers), safe, *_merged(each), stable)


def _merged(questions: Sequence[Question]) -> tuple[Question, ...]:
    """One question for all that it is asked about: shorter to read out, and to print."""
    if not questions:
        return ()
    if len(questions) > MOST_QUOTED:
        return (
            Question(
                says=_(
                    "Show them the list “Before any needle”. Ask: can I have needles with these? "
                    "What should the acupuncturist know?"
                )
            ),
        )
    return (Question(says=questions[0].says, because="; ".join(one.because for one in questions)),)


def _about_medicine(answers: Answers) -> tuple[Question, ...]:
    if not answers.stopping_medicine:
        return ()
    return (
        Question(
            says=_("I am thinking of stopping or changing a medicine. Can we talk about it before I do anything?")
        ),
    )


def _for_the_acupuncturist(answers: Answers, precautions: Sequence[str], library: Library) -> tuple[Question, ...]:
    told = tuple(_statement(one, library) for one in precautions)
    questions = [
        Question(says=_("Are you registered and insured? Are the needles single-use?")),
        Question(says=_("Have you treated people with my condition, and on my medicines?")),
    ]
    if told:
        questions.append(_about_me(told))
    questions.append(Question(says=_stop_words(library)))
    if answers.activity_words:
        questions.append(Question(says=_("This is what I would like to do again."), because=answers.activity_words))
    return tuple(questions)


def _about_me(told: Sequence[str]) -> Question:
    """The list itself stands on the page already: a long one is not said twice."""
    if len(told) > MOST_QUOTED:
        return Question(says=_("Show them the list “Before any needle”. Ask: what will you do differently?"))
    return Question(
        says=_("This is what you should know about me. What will you do differently?"),
        because="; ".join(told),
    )


def _stop_words(library: Library) -> str:
    return _("What will make us stop? Can we look at whether it helps after session {number}?").format(
        number=number_words(library.guidance.numbers.decide_after.value)
    )


def _statement(precaution: str, library: Library) -> str:
    return library.precautions[precaution].question.rstrip(".")
