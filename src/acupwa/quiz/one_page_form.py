"""The whole quiz in one form, with what it says beside the answers. Pure."""

from __future__ import annotations

from typing import get_args

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.forms import read_one_page
from acupwa.quiz.model import MOST_CHECK_INS, Variant
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _

LONGEST_KEY = 80


class OnePageQuiz(msgspec.Struct, frozen=True, kw_only=True):
    """`key` is the idempotency key, from the header or the field of that name; None when there is none."""

    read: FormAnswers
    variant: Variant
    key: str | None


def read_one_page_quiz(form: FormData, key_header: str, library: Library) -> OnePageQuiz:
    read = read_one_page(form, library)
    key = key_header.strip() or form.one("idempotency_key")
    variant = form.one("variant") or "full"
    errors = list(read.errors)
    if len(key) > LONGEST_KEY or not key.isprintable():
        errors.append(FieldError("idempotency_key", _("Use {most} letters or fewer.").format(most=LONGEST_KEY)))
    if variant not in get_args(Variant):
        errors.append(FieldError("variant", _("Choose full or follow-up.")))
        variant = "full"
    if form.one("consent_version", library.quiz.consent.version) != library.quiz.consent.version:
        message = _("What we keep, where and how long has changed since. Open the quiz and read it again.")
        errors.append(FieldError("consent_version", message))
    return OnePageQuiz(
        read=msgspec.structs.replace(read, errors=tuple(errors)),
        variant=variant,  # type: ignore[arg-type]
        key=key or None,
    )


def without_room(read: FormAnswers) -> FormAnswers:
    """The answers of a person who has as many check-ins as are kept."""
    words = _(
        "You have {most} check-ins here, as many as we keep. Delete an old one on the page My data, then send it again."
    )
    return msgspec.structs.replace(read, errors=(FieldError("variant", words.format(most=MOST_CHECK_INS)),))
