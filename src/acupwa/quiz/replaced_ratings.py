"""Ratings that another one took the place of: read and shown where they were answered, never asked. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from acupwa.library.model import Library, Rating
from acupwa.quiz.model import Answers


def asked_today(key: str, library: Library) -> str:
    """The rating that is asked in the place of `key`: itself, or the one that replaced it."""
    rating = library.ratings.get(key)
    return rating.replaced_by or key if rating else key


def keys_of_symptom(key: str, library: Library) -> tuple[str, ...]:
    """Every rating under which the symptom of `key` was ever asked."""
    today = asked_today(key, library)
    return tuple(one for one in library.ratings if asked_today(one, library) == today) or (key,)


def with_replaced(asked: Collection[str], library: Library) -> frozenset[str]:
    """`asked`, and what these took the place of: a page that was opened before still brings it."""
    return frozenset(key for key in library.ratings if key in asked or asked_today(key, library) in asked)


def ratings_told(asked: Collection[str], answers: Answers, library: Library) -> Iterator[Rating]:
    """The ratings to read again, in the order of the quiz: a symptom stands once, as it was answered."""
    for key, rating in library.ratings.items():
        today = asked_today(key, library)
        if today != key:
            if key in answers.ratings and (key in asked or today in asked):
                yield rating
        elif key in asked and (key in answers.ratings or not _was_answered_before(key, answers, library)):
            yield rating


def _was_answered_before(key: str, answers: Answers, library: Library) -> bool:
    return any(one in answers.ratings for one in keys_of_symptom(key, library))
