"""One screen of a check-in on its way: opened, posted, saved, put aside. Values; what makes them stands in `service.py`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.model import CheckIn
from acupwa.web.forms import FormData


class FollowUpAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A press that begins a follow-up. `zone` is the phone's. `agreed`: the words of consent stood at the button.

    `confirm`: what to know before needles is to be gone through, whenever that was last.
    """

    zone: str = ""
    confirm: bool = False
    agreed: bool = False


class OpenedScreen(msgspec.Struct, frozen=True):
    """A check-in as a page shows it, and the version of the screen that the page is made from."""

    check_in: CheckIn
    version: int


class PostedScreen(msgspec.Struct, frozen=True, kw_only=True):
    """A form for one screen of a check-in. `draft_days` is how long a draft lives on this server."""

    check_in: UUID
    screen: str
    form: FormData
    draft_days: int


class SavedScreen(msgspec.Struct, frozen=True):
    """A check-in after a screen was posted. With faults in `read`, no more was saved than danger signs.

    `version` is that of the screen as a page with the faults shows it.
    """

    check_in: CheckIn
    read: FormAnswers
    version: int


class SavedDraft(msgspec.Struct, frozen=True):
    """A check-in after a part of a screen came. `taken`: it is saved, and not older than what is.

    `question`: nothing is saved, and the screen is shown once more with what a press is asked about.
    """

    check_in: CheckIn
    taken: bool
    question: SavedScreen | None = None


class PauseCode(msgspec.Struct, frozen=True):
    """Opens a draft on another phone, until `until`."""

    code: str
    until: datetime


class PausedCheckIn(msgspec.Struct, frozen=True):
    """A draft that is put aside. No `code`: something is asked about first, or the check-in is finished."""

    draft: SavedDraft
    code: PauseCode | None = None
