from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from acupwa.library.model import Library
from acupwa.quiz.forms import Read, read_screen
from acupwa.quiz.model import Answers
from acupwa.web.forms import FormData

ABOUT = {"answering_for": "myself", "age_band": "40-64", "country": "GB", "conditions": ["ra"]}


def make_answers(**given: Any) -> Answers:
    return Answers(**{"age_band": "40-64", "country": "GB", "conditions": ("ra",), **given})


def read(
    screen: str, library: Library, fields: dict[str, str | Sequence[str]], answers: Answers | None = None
) -> Read:
    return read_screen(screen, FormData.of(fields), answers or Answers(), (), library)


def messages(read: Read) -> dict[str, str]:
    return {error.field: error.message for error in read.errors}
