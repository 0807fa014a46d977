"""Posted forms to answers: one screen, or the whole quiz on one page. Pure.

Each screen reads its own fields; here is only which ones, and in which order.
"""

from __future__ import annotations

from typing import get_args, get_origin

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import AnswerReader, FormAnswers
from acupwa.quiz.consent import consent_versions
from acupwa.quiz.model import SINCE, STAMP_FIELDS, Answers, CheckIn, Variant
from acupwa.quiz.screens.all_in_all import read_all_in_all
from acupwa.quiz.screens.registry import FULL, screens_by_variant
from acupwa.web.declared import Declared, fields_of, many_of
from acupwa.web.forms import FormData
from acupwa.web.ticks import TICKED, TICKS

_ONE_PAGE = ("right-now", "lately", "about-you", "ratings", "impact", "before-needles", "what-matters", SINCE)


def start_fields(library: Library) -> Declared:
    """Of the buttons that begin a check-in."""
    return {
        "start": TICKED,
        "again": TICKS,
        "variant": get_args(Variant),
        "consent_version": consent_versions(library),
        # A new phone may name a zone that this server's tz database does not have yet. It is passed over then: that is
        # no reason to keep a person from their check-in, and they have not typed it and cannot mend it.
        **fields_of("time_zone"),
    }


def quiz_fields(library: Library) -> Declared:
    """Every field of the quiz. Each screen takes those of the others: a phone may hold a page of an earlier release,
    where a question stood elsewhere.
    """
    instruments = [f"instruments.{id}" for id in library.instruments]
    items = [
        f"instruments.{id}.{number}"
        for id, instrument in library.instruments.items()
        for number in range(1, len(instrument.items) + 1)
    ]
    ratings = [f"ratings.{key}" for key in library.ratings]
    plain = [one for one in msgspec.structs.fields(Answers) if one.name not in ("ratings", "instruments")]
    several = [one.name for one in plain if get_origin(one.type) is tuple]
    return {**fields_of(*(one.name for one in plain), *ratings, *items), **many_of(*several, *instruments)}


def screen_fields(library: Library) -> Declared:
    """The fields of one screen, with what its page says of itself."""
    return {**quiz_fields(library), **fields_of(*STAMP_FIELDS)}


def read_screen(screen: str, form: FormData, check_in: CheckIn, library: Library) -> FormAnswers:
    """One screen's form over the answers so far, of which the library has all words (`known_check_in`).

    `screen` is one that can be answered (not the review).
    """
    reader = AnswerReader(form, library, check_in)
    screens_by_variant(check_in.variant)[screen].read(reader)
    return reader.read()


def read_one_page(form: FormData, library: Library) -> FormAnswers:
    """All screens at once. "None of these" may be left out: whoever sends everything has said it."""
    reader = AnswerReader(form, library)
    for screen in _ONE_PAGE:
        FULL[screen].read(reader)
    read_all_in_all(reader)
    return reader.read()
