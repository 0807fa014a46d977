"""A share as a check-in with just the answers that were left in: what rules and files over time can read. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

import msgspec

from acupwa.library.model import Library
from acupwa.practice.sharing.shares.model import Share
from acupwa.practice.sharing.shares.shared_answers import answers_of, open_items_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import OWN_PROBLEM


def record_of(share: Share, library: Library) -> CheckIn:
    """It goes by the key of the share: nobody can tell by it which check-in it came from."""
    copy, lines = share.copy, share.copy.lines
    at = answered_at(share)
    return CheckIn(
        id=share.id,
        variant="follow-up" if copy.variant == "follow-up" else "full",
        answers=answers_of(lines, library),
        quiz_version=copy.quiz_version,
        content_version="",
        language=library.language,
        created_at=at,
        updated_at=at,
        finished_at=at,
        open_items=open_items_of(lines, library),
    )


def records_over_time(shares: Iterable[Share], library: Library) -> tuple[CheckIn, ...]:
    """With what tells questions apart and which is the main one, as far as the shared lines themselves say so."""
    return tuple(_over_time(one, record_of(one, library)) for one in shares)


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


def _over_time(share: Share, record: CheckIn) -> CheckIn:
    main = share.copy.main
    key = next(iter(main.data.ratings), None) if main else None
    answers = msgspec.structs.replace(record.answers, problem_words=problem_words(share), main_symptom=key)
    return msgspec.structs.replace(record, answers=answers)
