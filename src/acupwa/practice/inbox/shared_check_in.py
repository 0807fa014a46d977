"""A share as a check-in with just the answers that were left in: what rules and files over time can read. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time

from acupwa.library.model import Library
from acupwa.practice.sharing.shares.model import Share
from acupwa.practice.sharing.shares.shared_answers import answers_of, open_items_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import OWN_PROBLEM


def record_of(share: Share, library: Library) -> CheckIn:
    """It goes by the key of the share: nobody can tell by it which check-in it came from."""
    copy = share.copy
    at = answered_at(share)
    return CheckIn(
        id=share.id,
        variant="follow-up" if copy.variant == "follow-up" else "full",
        answers=answers_of(copy.lines, library),
        quiz_version=copy.quiz_version,
        content_version="",
        language=library.language,
        created_at=at,
        updated_at=at,
        finished_at=at,
        open_items=open_items_of(copy.lines, library),
    )


def answered_at(share: Share) -> datetime:
    return share.copy.answered_at or datetime.combine(share.copy.answered_on, time(), tzinfo=UTC)


def problem_words(share: Share) -> str | None:
    """The words inside the question that was shared; they may stay when the line with the words alone is left out.

    In a copy from before they stood beside the question, it is that line alone that has them.
    """
    lines = share.copy.lines
    rated = next((line for line in lines if OWN_PROBLEM in line.data.ratings), None)
    if rated is None:
        return None
    if rated.own_words is not None:
        return rated.own_words or None
    return next((line.data.problem_words for line in lines if line.data.problem_words), None)


def main_of(share: Share) -> str | None:
    """The key of the main outcome, if it was left in."""
    main = share.copy.main
    return next(iter(main.data.ratings), None) if main else None
