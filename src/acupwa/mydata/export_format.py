"""The file of a person's data: what is in it. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from acupwa.person.model import Consent, Device, Person, Waiting
from acupwa.planner.calendar_model import CalendarExport
from acupwa.planner.model import SavedPlan
from acupwa.practice.links.model import ShareRequestExport
from acupwa.practice.sharing.follow_up.model import FollowUpExport
from acupwa.practice.sharing.proposals.model import ProposalExport
from acupwa.practice.sharing.shares.model import SharedCopy
from acupwa.practice.sharing.views.model import DoctorView
from acupwa.quiz.model import CheckIn
from acupwa.reading.model import KeptList
from acupwa.reminders.model import KeptReminders

FORMAT = "acupwa-export"
VERSION = 1
MAX_BYTES = 5 * 1024 * 1024


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What we hold about a person.

    `person`, `devices` and `codes` say what this server holds; they are not taken over by another. Nor is the secret
    address of a calendar, of which the file says only that there is one, nor what has to do with a clinic: it agreed
    to nothing there. Nor are `reminders`: a phone lets one server send to it.
    """

    format: str = FORMAT
    version: int = VERSION
    exported_at: datetime
    person: Person
    devices: tuple[Device, ...]
    codes: tuple[Waiting, ...]
    consents: tuple[Consent, ...]
    check_ins: tuple[CheckIn, ...]
    plan: SavedPlan | None
    reading_list: KeptList | None
    calendar: CalendarExport | None = None
    shares: tuple[SharedCopy, ...] = ()
    views: tuple[DoctorView, ...] = ()
    proposals: tuple[ProposalExport, ...] = ()
    links: tuple[ShareRequestExport, ...] = msgspec.field(default=(), name="asked_by")
    follow_ups: tuple[FollowUpExport, ...] = msgspec.field(default=(), name="asked_again")
    reminders: KeptReminders | None = None

    @property
    def holds_answers(self) -> bool:
        """Whether something would be missed if it were gone. Consents alone are not."""
        return bool(self.check_ins or self.plan or self.reading_list or self.shares)

    @property
    def country(self) -> str | None:
        """Of the newest check-in."""
        return next((one.answers.country for one in self.check_ins), None)


def to_json(export: Export) -> bytes:
    return msgspec.json.format(msgspec.json.encode(export), indent=2)
