"""How hard a page is to read: the Flesch-Kincaid grade, with our list of words that patients know.

Names of conditions and medicines, and `acupuncture`, are long but known to whoever reads the page: each counts as
one easy word (content/…/easy-words.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import textstat

from acupwa.library.references import plain_words


def reading_grade(markdown: str, easy_words: Collection[str]) -> float:
    """The US school grade of a page; lower is easier. Empty text is 0."""
    words = plain_words(markdown)
    if not words.strip():
        return 0.0
    pattern = _pattern(tuple(sorted(easy_words, key=len, reverse=True)))
    eased = pattern.sub("this", words) if pattern else words
    return round(float(textstat.flesch_kincaid_grade(eased)), 1)


@lru_cache(maxsize=4)
def _pattern(easy_words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not easy_words:
        return None
    either = "|".join(re.escape(word) for word in easy_words)
    return re.compile(rf"(?<!\w)(?:{either})(?:'s|’s)?(?!\w)", re.IGNORECASE)
