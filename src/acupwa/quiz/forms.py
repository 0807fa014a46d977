"""Posted forms to answers: one screen, or the whole quiz on one page. Pure.

Each screen reads its own fields; here is only which ones, and in which order.
"""

from __future__ import annotations

from typing import get_args

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import AnswerReader, FormAnswers
from acupwa.quiz.consent import consent_versions
from acupwa.quiz.follow_up import is_old_page
from acupwa.quiz.model import IMPRESSION, SINCE, STAMP_FIELDS, CheckIn, Variant
from acupwa.quiz.screens.all_in_all import read_all_in_all
from acupwa.quiz.screens.registry import FULL, screens_by_variant
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, undeclared
from acupwa.web.forms import FieldError, FormData
from acupwa.web.ticks import TICKED, TICKS

_ONE_PAGE = ("right-now", "lately", "about-you", "ratings", "impact", "before-needles", "what-matters", SINCE)


class ForeignFields(Exception):
    """A form with fields that its screen does not take. Nothing was done with it."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__()
        self.errors = errors


def start_fields(library: Library) -> Declared:
    """Of the buttons that begin a check-in."""
    return {
        "start": TICKED,
        "again": TICKS,
        "confirm": TICKS,
        "variant": get_args(Variant),
        "consent_version": consent_versions(library),
        # A new phone may name a zone that this server's tz database does not have yet. It is passed over then: that is
        # no reason to keep a person from their check-in, and they have not typed it and cannot mend it.
        **fields_of("time_zone"),
    }


def quiz_fields(library: Library) -> Declared:
    """Every field of the full quiz, of all screens."""
    return {name: shape for screen in FULL.values() for name, shape in screen.fields(library, (IMPRESSION,)).items()}


def screen_fields(screen: str, check_in: CheckIn, library: Library) -> Declared:
    """The fields of one screen that can be answered, with what its page says of itself."""
    own = screens_by_variant(check_in.variant)[screen].fields(library, check_in.asks)
    return {**own, **fields_of(*STAMP_FIELDS)}


def need_own_fields(screen: str, form: FormData, check_in: CheckIn, library: Library) -> None:
    """Raises ForeignFields for what a screen does not take: if it passed an answer over, that would look kept."""
    own, all_fields = screen_fields(screen, check_in, library), quiz_fields(library)
    foreign = tuple(
        FieldError(error.field, say("quiz.faults.other_screen"))
        if error.field in all_fields and error.field not in own
        else error
        for error in undeclared(form, own)
    )
    if foreign:
        raise ForeignFields(foreign)


def read_screen(screen: str, form: FormData, check_in: CheckIn, library: Library) -> FormAnswers:
    """One screen's form over the answers so far, of which the library has all words (`known_check_in`).

    `screen` is one that can be answered (not the review).
    """
    reader = AnswerReader(form, library, check_in)
    screens_by_variant(check_in.variant)[screen].read(reader)
    read = reader.read()
    # It comes from a page of an earlier release: whatever is wrong there is asked on the page that follows.
    return msgspec.structs.replace(read, errors=()) if is_old_page(check_in, screen) else read


def read_one_page(form: FormData, library: Library) -> FormAnswers:
    """All screens at once. "None of these" may be left out: whoever sends everything has said it."""
    reader = AnswerReader(form, library)
    for screen in _ONE_PAGE:
        FULL[screen].read(reader)
    read_all_in_all(reader)
    return reader.read()
