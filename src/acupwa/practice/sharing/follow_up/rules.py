"""When a patient is asked again, and when not any more. Pure.

A day on which it stands on the patient's page is one reminder, however often they look that day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from acupwa.practice.sharing.follow_up.model import FollowUp, FollowUpState

MOST_REMINDERS = 2
APART = timedelta(days=7)


def due(state: FollowUpState, today: date, sessions: Iterable[date] | None) -> bool:
    """Whether the weeks or the sessions are over. `sessions` are the days of the patient's own plan.

    Without a plan nobody knows of sessions: one is then taken for a week.
    """
    if state.unit == "sessions" and sessions is not None:
        return sum(state.shared_on < day < today for day in sessions) >= state.every
    return today >= state.shared_on + timedelta(weeks=state.every)


def unnoted(shown: Iterable[FollowUp], today: date) -> tuple[FollowUp, ...]:
    """Those of which it is not kept yet that they are shown today."""
    return tuple(one for one in shown if today not in one.state.shown_on)


def reminds(state: FollowUpState, today: date, *, due: bool, stands: bool) -> bool:
    """Whether it is shown today. `stands`: the share is not taken back, and the clinic still asks."""
    if state.opened or not stands or not due:
        return False
    if today in state.shown_on:
        return True
    return len(state.shown_on) < MOST_REMINDERS and all(today - day >= APART for day in state.shown_on)
