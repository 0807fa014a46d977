"""The whole quiz in one form, with what it says beside the answers. Pure."""

from __future__ import annotations

from typing import get_args

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.forms import read_one_page
from acupwa.quiz.model import Variant
from acupwa.sentences import say
from acupwa.web.forms import FieldError, FormData

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
        errors.append(FieldError("idempotency_key", say("quiz.faults.too_long", most=LONGEST_KEY)))
    if variant not in get_args(Variant):
        errors.append(FieldError("variant", say("quiz.faults.variant")))
        variant = "full"
    if form.one("consent_version", library.quiz.consent.version) != library.quiz.consent.version:
        message = say("quiz.faults.consent_changed")
        errors.append(FieldError("consent_version", message))
    return OnePageQuiz(
        read=msgspec.structs.replace(read, errors=tuple(errors)),
        variant=variant,  # type: ignore[arg-type]
        key=key or None,
    )
