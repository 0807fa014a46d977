"""How hard a page is to read: the Flesch-Kincaid grade, with our list of words that patients know.

Names of conditions and medicines, and `acupuncture`, are long but known to whoever reads the page: each counts as
one easy word (content/…/easy-words.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from statistics import median

import textstat

from acupwa.library.model import Library, PopularClaim, Study
from acupwa.library.references import plain_words


def reading_grade(markdown: str, easy_words: Collection[str]) -> float:
    """The US school grade of a page; lower is easier. Empty text is 0."""
    return _grade(markdown, tuple(sorted(easy_words, key=len, reverse=True)))


@lru_cache(maxsize=4096)
def _grade(markdown: str, easy_words: tuple[str, ...]) -> float:
    words = plain_words(markdown)
    if not words.strip():
        return 0.0
    pattern = _pattern(easy_words)
    eased = pattern.sub("this", words) if pattern else words
    return round(float(textstat.flesch_kincaid_grade(eased)), 1)


def reading_report(library: Library, easy_words: Collection[str]) -> Iterable[str]:
    """One line for each kind of text: how many, the median grade, the highest and where it is."""
    texts: Mapping[str, Mapping[str, str]] = {
        "pages": {slug: page.markdown for slug, page in library.pages.items()},
        "popular claims": {id: own_words(popular) for id, popular in library.popular.items()},
        "studies": {id: words_on(study) for id, study in library.studies.items()},
        "glossary words": {id: entry.says for id, entry in library.glossary.items()},
    }
    for name, by_id in texts.items():
        grades = {id: reading_grade(text, easy_words) for id, text in by_id.items()}
        if grades:
            hardest = max(grades, key=grades.__getitem__)
            yield (
                f"reading grade of {len(grades)} {name}: median {median(grades.values()):.1f}, "
                f"highest {grades[hardest]:.1f} ({hardest})"
            )


def own_words(popular: PopularClaim) -> str:
    """Our own words on a claim as one Markdown text. The claim itself is not ours to ease."""
    return "\n\n".join((popular.short, popular.why, popular.fair, popular.what_would_change))


def words_on(study: Study) -> str:
    """Our own words on a study as one Markdown text."""
    return f"{study.finding}\n\n{study.limits}"


@lru_cache(maxsize=4)
def _pattern(easy_words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not easy_words:
        return None
    either = "|".join(re.escape(word) for word in easy_words)
    return re.compile(rf"(?<!\w)(?:{either})(?:'s|’s)?(?!\w)", re.IGNORECASE)
