"""A share as a check-in with just the answers that were left in: what rules and files over time can read. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

from acupwa.library.model import Library
from acupwa.practice.sharing.shares.model import Item, Share
from acupwa.practice.sharing.shares.said import answers_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import OWN_PROBLEM
from acupwa.wording import gettext as _


def record_of(share: Share, library: Library) -> CheckIn:
    """It goes by the key of the share: nobody can tell by it which check-in it came from."""
    copy = share.copy
    at = answered_at(share)
    answers, open_items = answers_of((item.said for item in copy.items), library)
    return CheckIn(
        id=share.id,
        variant="follow-up" if copy.variant == "follow-up" else "full",
        answers=answers,
        quiz_version=copy.quiz_version,
        content_version="",
        language=library.language,
        created_at=at,
        updated_at=at,
        finished_at=at,
        open_items=open_items,
    )


def answered_at(share: Share) -> datetime:
    return share.copy.answered_at or datetime.combine(share.copy.answered_on, time(), tzinfo=UTC)


def problem_words(share: Share, library: Library) -> str | None:
    """The words inside the question that was shared; it may stay when the line with the words alone is left out."""
    for item in share.copy.items:
        if OWN_PROBLEM in item.said.get("ratings", {}):
            return _words_in(item, library) if item.own_words is None else item.own_words or None
    return None


def _words_in(item: Item, library: Library) -> str | None:
    """Of a copy from before the words stood beside the question: there they are nowhere else."""
    before, _words, after = library.ratings[OWN_PROBLEM].text.partition("{words}")
    whole = re.fullmatch(re.escape(before) + "(.*)" + re.escape(after), item.question)
    return whole[1] if whole and whole[1] != _("your main problem") else None


def main_of(share: Share) -> str | None:
    """The key of the main outcome, if it was left in."""
    main = share.copy.main
    return next(iter(main.said.get("ratings", {})), None) if main else None
