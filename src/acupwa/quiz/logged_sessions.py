"""What the log of a plan tells of the time since the previous check-in: answered by it, and not asked again. Pure.

The rule: docs/rules.md, "Follow-up".
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from acupwa.library.model import Library
from acupwa.quiz.model import EFFECTS_KNOWN, SINCE_KNOWN, Answers, CheckIn, LoggedSessions
from acupwa.zones import days_between


def with_logged(answers: Answers, sessions: LoggedSessions, library: Library) -> Answers:
    """The answers with how many sessions there were, and what followed them."""
    followed = sessions.followed or ()
    return replace(
        answers,
        sessions_since=sessions.went,
        side_effects=tuple(one for one in library.side_effects if one in followed),
        none_side_effects=sessions.followed == () and bool(sessions.went),
    )


def known_since(sessions: LoggedSessions, newest: CheckIn, now: datetime) -> tuple[str, ...]:
    """Marks for what is not asked: what the log tells; and nothing of a time since this morning, unless the plan had a
    session in it. Both moments stand in the zone of the person.
    """
    same_day = newest.finished_at is not None and days_between(newest.finished_at, now) == 0
    if same_day and not sessions.any:
        return (SINCE_KNOWN, EFFECTS_KNOWN)
    if sessions.went is None:
        return ()
    return (SINCE_KNOWN, EFFECTS_KNOWN) if sessions.went == 0 or sessions.followed is not None else (SINCE_KNOWN,)
