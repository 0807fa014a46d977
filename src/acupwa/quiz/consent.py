"""The words that a person agrees to. Pure."""

from __future__ import annotations

from acupwa.library.model import Library
from acupwa.wording import span_words


def consent_lines(library: Library, draft_days: int, person_days: int) -> tuple[str, ...]:
    """The words of consent with this server's days filled in."""
    return tuple(
        line.replace("{draft_days}", span_words(draft_days)).replace("{person_days}", span_words(person_days))
        for line in library.quiz.consent.text
    )
