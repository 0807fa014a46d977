"""When what to know before needles must be gone through again, line by line. Pure.

A full check-in asks all of it, once there is a diagnosis. A follow-up takes it over, so it would grow old unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import takewhile

from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import BEFORE_NEEDLES

# Both are our choice (docs/rules.md, "Follow-up" and "Dose and course").
CONFIRM_AFTER = timedelta(weeks=12)
CONFIRM_BEFORE_A_PLAN = timedelta(days=14)


def last_confirmed(check_in: CheckIn) -> datetime | None:
    """When the person last went through it, as far as this check-in knows.

    A full one that was finished without a diagnosis, or had one added since, has not asked it yet.
    """
    if check_in.variant == "follow-up":
        return check_in.confirmed_at
    return check_in.finished_at if BEFORE_NEEDLES in check_in.seen and not check_in.undated else None


def last_confirmed_of(check_ins: Iterable[CheckIn]) -> datetime | None:
    """The newest of them all, which go from the newest. What came before a full one that did not ask it counts no more:
    its answers were about other conditions.
    """
    since = takewhile(lambda one: one.variant == "follow-up" or last_confirmed(one) is not None, check_ins)
    return max((moment for one in since if (moment := last_confirmed(one))), default=None)


def needs_confirming(check_in: CheckIn, now: datetime, *, before_plan: bool = False) -> bool:
    """Whether to go through it again: twelve weeks after the last time; two before a plan begins, or begins again.

    `check_in` is the person's newest finished one. Where nobody knows when it was, it is time.
    """
    last = last_confirmed(check_in)
    return last is None or now - last >= (CONFIRM_BEFORE_A_PLAN if before_plan else CONFIRM_AFTER)


def asks_to_confirm(check_in: CheckIn) -> bool:
    """Whether this follow-up asks for it: one that was due when it was begun, so that an open page stays right."""
    return not check_in.finished and needs_confirming(check_in, check_in.created_at)


def was_confirmed_in(check_in: CheckIn) -> bool:
    """Whether it was gone through in this follow-up itself."""
    return check_in.confirmed_at is not None and check_in.confirmed_at >= check_in.created_at
