"""What a reminder says: a fixed sentence a kind, the same for everyone. Pure.

A phone has them from us ahead, in its service worker, so none passes through a push service. Each must be true up to a day
late, and for whoever looks over a shoulder it names no clinic, no session and nothing about health.
"""

from __future__ import annotations

from collections.abc import Mapping

from acupwa.sentences import say


def notices() -> Mapping[str, str]:
    """By kind, as in a push. `notice` is said for a kind that a phone does not know, too."""
    return {
        "day-before": say("reminders.notice.day_before"),
        "hour-before": say("reminders.notice.hour_before"),
        "check-in": say("reminders.notice.check_in"),
        "sent": say("reminders.notice.sent"),
        "notice": say("reminders.notice.notice"),
        "test": say("reminders.notice.test"),
    }
