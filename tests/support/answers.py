from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.forms import read_screen
from acupwa.quiz.model import Answers, CheckIn
from acupwa.web.forms import FormData

ABOUT = {"answering_for": "myself", "age_band": "40-64", "country": "GB", "conditions": ["ra"]}


def make_answers(**given: Any) -> Answers:
    return Answers(**{"age_band": "40-64", "country": "GB", "conditions": ("ra",), **given})


def make_draft(answers: Answers | None = None, **given: Any) -> CheckIn:
    begun = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    return CheckIn(
        **{
            "id": UUID("019aaf00-0000-7000-8000-000000000001"), "variant": "full", "answers": answers or make_answers(),
            "quiz_version": "1", "content_version": "0a1b", "language": "en", "created_at": begun, "updated_at": begun,
            **given,
        }
    )  # fmt: skip


def read(
    screen: str, library: Library, fields: dict[str, str | Sequence[str]], answers: Answers | None = None
) -> FormAnswers:
    return read_screen(screen, FormData.of(fields), make_draft(answers or Answers()), library)


def messages(read: FormAnswers) -> dict[str, str]:
    return {error.field: error.message for error in read.errors}
