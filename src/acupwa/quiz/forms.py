"""Posted forms to answers: one screen, or the whole quiz on one page. Pure.

Each screen reads its own fields; here is only which ones, and in which order.
"""

from __future__ import annotations

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import AnswerReader, FormAnswers
from acupwa.quiz.model import SINCE, CheckIn
from acupwa.quiz.screens.all_in_all import read_all_in_all
from acupwa.quiz.screens.registry import FULL, screens_by_variant
from acupwa.web.forms import FormData

_ONE_PAGE = ("right-now", "lately", "about-you", "ratings", "impact", "before-needles", "what-matters", SINCE)


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
