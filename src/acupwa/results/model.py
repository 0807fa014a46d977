"""What a result knows of those who asked for it, without knowing who they are."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

# Of the files of a summary, without an ending. On a screen that others see: no word of health in the name of a file.
FILE_NAME = "your-summary"


class WaitingClinic(msgspec.Struct, frozen=True, kw_only=True):
    """A clinic whose link was opened before this check-in, and where to decide about sharing."""

    clinic: str
    href: str


# For a unit of work: with the person's key and the check-in.
WaitingClinics = Callable[..., tuple[WaitingClinic, ...]]
