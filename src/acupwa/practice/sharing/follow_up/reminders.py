"""What stands on the patient's own pages when a follow-up is due. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.wording import date_words, filled
from acupwa.wording import gettext as _


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    share: str
    words: str


def reminders_of(due: Iterable[FollowUp]) -> tuple[Reminder, ...]:
    return tuple(
        Reminder(
            id=str(one.id),
            share=str(one.share_id),
            words=filled(
                _(
                    "It is time for the short check-in {clinic} asked for. You last shared with them on {day}. "
                    "This reminder is automatic: nobody has checked on you today. If you need help now, do not wait for "
                    "the clinic."
                ),
                clinic=one.state.clinic,
                day=date_words(one.state.shared_on),
            ),
        )
        for one in due
    )
