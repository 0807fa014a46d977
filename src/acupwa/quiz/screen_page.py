"""The page of one screen: the frame around its questions, and the review with what is missing. No HTML here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.care import Care, care_of
from acupwa.quiz.help_lines import CountryNumbers, Phone, crisis_phones, numbers_by_country
from acupwa.quiz.minutes import left_words
from acupwa.quiz.model import FOLLOW_UP, Answers, CheckIn
from acupwa.quiz.position import position
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.review import Review, make_review
from acupwa.quiz.rules import (
    REVIEW,
    is_for_someone_else,
    needs_mood_support,
    previous_screen,
    screens_by_id,
)
from acupwa.quiz.safety import EMERGENCY
from acupwa.quiz.screens.questions import ScreenAnswers
from acupwa.quiz.screens.registry import ScreenQuestions, screens_by_variant
from acupwa.quiz.write_order import milliseconds
from acupwa.sentences import say
from acupwa.web.forms import FieldError

# At once on the screen itself, on the next one for whoever sees no CSS, and at the end.
_SUPPORT_ON = ("before-needles", REVIEW)


class ScreenPage(msgspec.Struct, frozen=True, kw_only=True):
    """One screen. `left` is how long is left, in words. `support` is the calm line for a hard time, with numbers, said from PHQ-4 on.

    `emergency` is what to do when an answer so far is an emergency; None on the screens that say it anyway.
    `all_numbers` are the numbers of every country: to choose from, and for a phone to find its own when no country is
    known.
    `only_for` is empty: a screen asks nothing that is not for its person (`whole_page.py`).
    `version` and `opened` (milliseconds since 1970) go back with the form: which answers it was made from, and when.
    """

    template: ClassVar[str] = "quiz/screen.html"
    title: str
    heading: str
    lead: str
    errors: tuple[FieldError, ...]
    screen: str
    check_in: str
    step: int
    steps: int
    left: str
    back: str
    finished: bool
    about_another: bool
    support: bool
    support_phones: tuple[Phone, ...]
    emergency: Care | None
    country: str | None
    all_numbers: tuple[CountryNumbers, ...]
    questions: ScreenQuestions | Review
    only_for: Mapping[str, str] = {}
    version: int = 0
    opened: int = 0


class FollowUpPage(ScreenPage, frozen=True, kw_only=True):
    """The one page of a follow-up. It has no way back but to where check-ins are begun."""

    template: ClassVar[str] = "quiz/follow_up.html"


def screen_page(
    check_in: CheckIn,
    screen: str,
    library: Library,
    read: FormAnswers | None = None,
    previous: CheckIn | None = None,
) -> ScreenPage:
    """A screen with the answers so far, or with those of a form that has faults (`read`).

    `previous` is the check-in before it: a follow-up shows it beside its questions, and its country holds until
    another is chosen. A country is never guessed from the language.
    """
    on = _screen_answers(check_in, library, read, previous)
    answers, country = on.answers, on.country
    # Position and way back follow what is stored: a faulty form must not bend the path under the reader.
    place = position(check_in, screen, library)
    head = screens_by_id(check_in.variant, library)[screen]
    questions = _questions(screen, on, library)
    heading = (questions.title if isinstance(questions, Review) else "") or head.title
    page = ScreenPage(
        title=say("quiz.screen.step", step=place.step, steps=place.steps, title=heading),
        heading=heading,
        lead=(questions.lead if isinstance(questions, Review) else "") or head.lead,
        errors=read.errors if read else (),
        screen=screen,
        check_in=str(check_in.id),
        step=place.step,
        steps=place.steps,
        left=left_words(place.seconds),
        back="/".join(("/quiz", *_way_back(check_in, screen))),
        finished=check_in.finished,
        about_another=is_for_someone_else(answers),
        support=screen in _SUPPORT_ON and needs_mood_support(answers),
        support_phones=crisis_phones(country, library),
        emergency=_emergency(screen, answers, country, library),
        country=country,
        all_numbers=_all_numbers(screen, on, library),
        questions=questions,
    )
    return _follow_up_page(page) if screen == FOLLOW_UP else page


def stamp_page(page: ScreenPage, version: int, now: datetime) -> ScreenPage:
    """The page with the version of the screen that it is made from and the time, to be sent back with its form."""
    return msgspec.structs.replace(page, version=version, opened=milliseconds(now))


def review_page(check_in: CheckIn, library: Library, missing: Sequence[str]) -> ScreenPage:
    """The review with what must still be answered before the quiz can be finished."""
    page = screen_page(check_in, REVIEW, library)
    screens = screens_by_id(check_in.variant, library)
    errors = tuple(
        FieldError(screen, say("quiz.faults.screen_first", screen=screens[screen].title)) for screen in missing
    )
    return msgspec.structs.replace(page, errors=errors)


def _follow_up_page(page: ScreenPage) -> FollowUpPage:
    fields = {name: getattr(page, name) for name in ScreenPage.__struct_fields__}
    return FollowUpPage(**{**fields, "title": page.heading, "back": "/check-in"})


def _screen_answers(
    check_in: CheckIn, library: Library, read: FormAnswers | None, previous: CheckIn | None
) -> ScreenAnswers:
    previous = known_check_in(previous, library) if previous else None
    answers = read.answers if read else known_check_in(check_in, library).answers
    return ScreenAnswers(
        check_in=check_in,
        answers=answers,
        typed=read.typed if read else {},
        country=answers.country or (previous.answers.country if previous else None),
        previous=previous,
    )


def _questions(screen: str, on: ScreenAnswers, library: Library) -> ScreenQuestions | Review:
    if screen == REVIEW:
        return make_review(on.check_in, on.country, library)
    return screens_by_variant(on.check_in.variant)[screen].ask(on, library)


def _emergency(screen: str, answers: Answers, country: str | None, library: Library) -> Care | None:
    if screen in ("right-now", REVIEW):
        return None
    return next((card for card in care_of(answers, country, library) if card.urgency == EMERGENCY), None)


def _all_numbers(screen: str, on: ScreenAnswers, library: Library) -> tuple[CountryNumbers, ...]:
    """Where the country is being chosen, they are for whoever is told to call."""
    to_call = screen != "about-you" or _emergency(screen, on.answers, None, library)
    return numbers_by_country(library) if screen == "right-now" or (on.country is None and to_call) else ()


def _way_back(check_in: CheckIn, screen: str) -> tuple[str, ...]:
    before = previous_screen(check_in, screen)
    return (str(check_in.id), before) if before else ()
