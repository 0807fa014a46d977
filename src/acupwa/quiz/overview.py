"""All check-ins of one person at a glance: what to carry on, what may be begun, what was said before. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from acupwa.person.model import Consent
from acupwa.quiz.follow_up import can_follow_up, is_to_be_carried_on, offers_full_first
from acupwa.quiz.model import CheckIn, Variant


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """`check_ins` go from the newest, drafts too. `paused`: a code opens the draft. `consent` is None when it is due."""

    check_ins: tuple[CheckIn, ...]
    paused: bool
    consent: Consent | None

    @property
    def finished(self) -> tuple[CheckIn, ...]:
        return tuple(one for one in self.check_ins if one.finished)

    @property
    def newest(self) -> CheckIn | None:
        """The newest finished one."""
        return next(iter(self.finished), None)


def draft_to_carry_on(overview: Overview, now: datetime, draft_days: int) -> CheckIn | None:
    """The draft that a new check-in would delete; None when nothing would be lost."""
    return next((one for one in overview.check_ins if is_to_be_carried_on(one, now, draft_days)), None)


def variants_offered(newest: CheckIn | None, now: datetime) -> tuple[Variant, ...]:
    """What may be begun, the first first. `now` and the moments of `newest` stand in the person's zone."""
    if newest is None or not can_follow_up(newest):
        return ("full",)
    return ("full", "follow-up") if offers_full_first(newest, now) else ("follow-up", "full")
