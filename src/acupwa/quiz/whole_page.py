"""The full check-in with all its screens on one page, which a phone keeps to be answered with no network. No HTML here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import ClassVar, Literal
from uuid import UUID

import msgspec

from acupwa.library.model import Library, Urgency
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.care import Care, care_of, do_for_a_group
from acupwa.quiz.consent import consent_lines
from acupwa.quiz.help_lines import CountryNumbers, Phone, numbers_by_country, phones_of
from acupwa.quiz.minutes import about_words
from acupwa.quiz.model import MOST_MINUTES, SCREENS, Answers, CheckIn
from acupwa.quiz.none_marks import false_none_marks
from acupwa.quiz.one_page_form import FROM_PAGE
from acupwa.quiz.only_for import asked_of_all, first_for, only_for
from acupwa.quiz.rules import REVIEW, screens_by_id
from acupwa.quiz.safety import URGENCIES
from acupwa.quiz.screens.danger_signs import DangerSigns
from acupwa.quiz.screens.questions import RatingQuestion, ScreenAnswers
from acupwa.quiz.screens.ratings import Ratings
from acupwa.quiz.screens.registry import FULL, ScreenQuestions
from acupwa.quiz.stiffness import STIFFNESS_MINUTES
from acupwa.sentences import say
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _

_RED_FLAGS, _LATELY = "red_flags", "red_flags.lately"
_BLANK = FormAnswers(answers=Answers())
# Nobody's: screens show the answers of a check-in.
_NOT_KEPT = CheckIn(
    id=UUID(int=0),
    variant="full",
    answers=Answers(),
    quiz_version="",
    content_version="",
    language="",
    created_at=datetime(1970, 1, 1, tzinfo=UTC),
    updated_at=datetime(1970, 1, 1, tzinfo=UTC),
)


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """What the phone looks at before it goes on, as the server will: `must` have a choice, have one `alone`, be `minutes`.

    `place` is the field whose place on the page it is about, and `words` are told there.
    """

    kind: Literal["must", "alone", "minutes"]
    place: str
    words: str


class WholeScreen(msgspec.Struct, frozen=True, kw_only=True):
    """One screen as a step of the page: what its template reads of a page, too.

    `only_for` says for whom questions are that not everyone is asked.
    """

    screen: str
    heading: str
    lead: str
    errors: tuple[FieldError, ...]
    country: str | None
    all_numbers: tuple[CountryNumbers, ...]
    only_for: Mapping[str, str]
    checks: tuple[Check, ...]
    questions: ScreenQuestions
    about_another: bool = False


class WholePage(msgspec.Struct, frozen=True, kw_only=True):
    """`care` is what to do for danger signs in what was sent. `group_do` is what to do for a group of signs in which
    nothing was chosen, by its urgency.

    `emergency` are the numbers for whom danger signs cannot be worked out on the phone.
    """

    template: ClassVar[str] = "quiz/whole.html"
    title: str
    minutes: str
    errors: tuple[FieldError, ...]
    care: tuple[Care, ...]
    screens: tuple[WholeScreen, ...]
    last_heading: str
    consent: tuple[str, ...]
    consent_version: str
    quiz_version: str
    group_do: Mapping[Urgency, str]
    emergency: tuple[Phone, ...]
    country: str | None
    all_numbers: tuple[CountryNumbers, ...]


def whole_title() -> str:
    return _("Full check-in")


def whole_page(library: Library, draft_days: int, person_days: int, read: FormAnswers = _BLANK) -> WholePage:
    """`read` is what was sent and has faults."""
    errors = tuple(_placed(error, read, library) for error in read.errors)
    country = read.answers.country
    numbers = numbers_by_country(library)
    screens = tuple(_screens(read, errors, numbers, library))
    return WholePage(
        title=whole_title(),
        minutes=about_words("full", library),
        errors=errors,
        care=care_of(read.answers, country, library),
        screens=screens,
        last_heading=screens_by_id("full", library)[REVIEW].title,
        consent=consent_lines(library, draft_days, person_days),
        consent_version=library.quiz.consent.version,
        quiz_version=library.quiz.version,
        group_do={urgency: do_for_a_group(urgency) for urgency in URGENCIES},
        emergency=phones_of("emergency", country, library),
        country=country,
        all_numbers=numbers,
    )


def is_shown_again(read: FormAnswers, form: FormData, library: Library) -> bool:
    """Whether a form that has faults came from this page, which has a place for each of them."""
    places = {name for screen in _asked() for name in FULL[screen].fields(library, ())}
    return bool(form.one(FROM_PAGE)) and all(error.field in places for error in read.errors)


def _asked() -> tuple[str, ...]:
    return tuple(screen for screen in SCREENS if screen != REVIEW)


def _screens(
    read: FormAnswers, errors: tuple[FieldError, ...], numbers: tuple[CountryNumbers, ...], library: Library
) -> Iterator[WholeScreen]:
    words, whom = screens_by_id("full", library), only_for(library)
    left = list(errors)
    for screen in _asked():
        fields = (*FULL[screen].fields(library, ()), *([_LATELY] if screen == "lately" else []))
        # A field of several screens is told of on the first.
        own = tuple(error for error in left if error.field in fields)
        left = [error for error in left if error not in own]
        yield WholeScreen(
            screen=screen,
            heading=words[screen].title,
            lead=words[screen].lead,
            errors=own,
            country=read.answers.country,
            all_numbers=numbers,
            only_for=whom,
            checks=tuple(_checks(screen)),
            questions=_questions(screen, read, library),
        )


def _questions(screen: str, read: FormAnswers, library: Library) -> ScreenQuestions:
    answers = read.answers if screen == "about-you" else asked_of_all(read.answers, library)
    on = ScreenAnswers(
        check_in=msgspec.structs.replace(_NOT_KEPT, open_items=read.open_items),
        answers=answers,
        typed=read.typed,
        country=read.answers.country,
        previous=None,
    )
    asked = FULL[screen].ask(on, library)
    if isinstance(asked, Ratings):
        return _with_first_ratings(asked, library)
    if isinstance(asked, DangerSigns) and screen == "lately":
        return msgspec.structs.replace(asked, place=_LATELY)
    return asked


def _with_first_ratings(asked: Ratings, library: Library) -> Ratings:
    """What stands open for somebody stands open, and says for whom: the phone puts the others away (whole-ratings.js)."""
    first = {f"ratings.{key}": whom for key, whom in first_for(library).items()}
    in_order = {f"ratings.{key}": number for number, key in enumerate(library.ratings)}
    every = sorted((*asked.at_once, *asked.more), key=lambda one: in_order[one.name])
    at_once: tuple[RatingQuestion, ...] = tuple(
        msgspec.structs.replace(one, first_for=first[one.name]) for one in every if one.name in first
    )
    more = tuple(one for one in every if one.name not in first)
    added = any(one.value is not None for one in more) or bool(asked.minutes and asked.minutes.value)
    return msgspec.structs.replace(asked, at_once=at_once, more=more, added=added)


def _checks(screen: str) -> Iterator[Check]:
    match screen:
        case "right-now" | "lately":
            place = _RED_FLAGS if screen == "right-now" else _LATELY
            yield Check(kind="must", place=place, words=say("quiz.faults.signs"))
            yield Check(kind="alone", place=place, words=say("quiz.faults.sign_and_none"))
        case "about-you":
            yield Check(kind="must", place="age_band", words=say("quiz.faults.age"))
            yield Check(kind="must", place="conditions", words=say("quiz.faults.conditions"))
            yield Check(kind="alone", place="conditions", words=say("quiz.faults.no_diagnosis_and_condition"))
        case "ratings":
            words = say("quiz.faults.minutes", most=MOST_MINUTES)
            yield Check(kind="minutes", place=STIFFNESS_MINUTES, words=words)
        case "before-needles":
            yield Check(kind="must", place="precautions", words=say("quiz.faults.precautions"))
            yield Check(kind="alone", place="precautions", words=say("quiz.faults.something_and_none"))


def _placed(error: FieldError, read: FormAnswers, library: Library) -> FieldError:
    """Danger signs are ticked in two places."""
    if error.field != _RED_FLAGS:
        return error
    marks = false_none_marks(msgspec.structs.replace(_NOT_KEPT, answers=read.answers), library)
    on_first = not marks or "none_right_now" in marks
    return error if on_first else msgspec.structs.replace(error, field=_LATELY)
