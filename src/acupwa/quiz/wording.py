"""Which words a question had in a version of the quiz (docs/rules.md, "Change"). Pure.

Answers are compared where the question had the same words both times, whatever else changed between the versions.
"""

from __future__ import annotations

from acupwa.library.model import Library

# Stands between the versions in a check-in whose ratings were given in several (`version_after`).
SEVERAL = "-"


def wording_of(key: str, quiz_version: str, library: Library) -> str | None:
    """The version since which the words of a rating or an instrument have stood, as they were in `quiz_version`.

    A version that this library does not know has words of its own. None: the answer was given in one of several
    versions, and the words were not the same in all of them. Raises KeyError for a key that is not known.
    """
    question = library.ratings.get(key) or library.instruments[key]
    wordings = {_since(question.reworded, one, library) for one in quiz_version.split(SEVERAL)}
    return wordings.pop() if len(wordings) == 1 else None


def same_words(key: str, one: str, other: str, library: Library) -> bool:
    """Whether a question had the same words in two versions of the quiz."""
    wording = wording_of(key, one, library)
    return wording is not None and wording == wording_of(key, other, library)


def reworded_keys(one: str, other: str, library: Library) -> tuple[str, ...]:
    """Every rating and instrument of today whose words were not the same in both versions."""
    keys = (*library.ratings, *library.instruments)
    return tuple(key for key in keys if not same_words(key, one, other, library))


def _since(reworded: tuple[str, ...], version: str, library: Library) -> str:
    released = (library.quiz.version, *library.quiz.earlier_versions)
    if version not in released:
        return version
    until_then = released[released.index(version) :]
    return next((one for one in reversed(reworded) if one in until_then), released[-1])
