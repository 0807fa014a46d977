"""The words that a person agrees to, now and ever since the first release. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from acupwa.library.model import ConsentText, Library
from acupwa.wording import span_words


class ConsentGiven(msgspec.Struct, frozen=True):
    """What the person agreed to by pressing the button, in the words that stood there.

    `pressed_at` (UTC) is None when it is now.
    """

    version: str
    wording: str
    pressed_at: datetime | None = None


def consent_lines(library: Library, draft_days: int, person_days: int, version: str | None = None) -> tuple[str, ...]:
    """The words of consent with this server's days filled in. Raises LookupError for a version never published."""
    published = {one.version: one for one in _published(library)}
    words = published[version or library.quiz.consent.version]
    return tuple(
        line.replace("{draft_days}", span_words(draft_days)).replace("{person_days}", span_words(person_days))
        for line in words.text
    )


def consent_versions(library: Library) -> tuple[str, ...]:
    """Every wording that was ever published, the newest first."""
    return tuple(one.version for one in _published(library))


def _published(library: Library) -> tuple[ConsentText, ...]:
    return (library.quiz.consent, *library.quiz.earlier_consents)
