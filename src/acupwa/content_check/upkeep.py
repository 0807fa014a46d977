"""What a writer must mend but a running server can bear: review dates that have passed, words that are too hard."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from acupwa.content_check.readability import own_words, reading_grade, words_on
from acupwa.library.faults import Fault
from acupwa.library.model import Library

MAX_READING_GRADE = 8.0


def upkeep_faults(library: Library, today: date, easy_words: Collection[str]) -> Iterable[Fault]:
    """Of each page, popular claim, review and study. `easy_words` count as short in the reading grade."""
    for slug, page in library.pages.items():
        for place, reason in (
            *_date_faults(page.head.reviewed, page.head.next_review, today),
            *_grade_faults(page.markdown, easy_words),
        ):
            yield Fault(f"reading/{slug}.md", place, reason)
    for id, reviewer in library.reviewers.items():
        if reviewer.date > today:
            yield Fault("reviewers.yaml", f"{id}.date", "lies in the future")
    for id, popular in library.popular.items():
        for place, reason in (
            *_date_faults(popular.reviewed, popular.next_review, today),
            *_grade_faults(own_words(popular), easy_words),
        ):
            yield Fault("popular", f"{id}.{place}", reason)
    for id, study in library.studies.items():
        for place, reason in _grade_faults(words_on(study), easy_words):
            yield Fault("studies", f"{id}.{place}", reason)


def _date_faults(reviewed: date, next_review: date, today: date) -> Iterable[tuple[str, str]]:
    if next_review < today:
        yield "next_review", f"was due on {next_review.isoformat()}"
    if reviewed > today:
        yield "reviewed", "lies in the future"


def _grade_faults(markdown: str, easy_words: Collection[str]) -> Iterable[tuple[str, str]]:
    grade = reading_grade(markdown, easy_words)
    if grade > MAX_READING_GRADE:
        yield "reading grade", f"{grade:.1f} is above {MAX_READING_GRADE:.0f}"
