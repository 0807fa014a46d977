"""What is wrong with the content, and where."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True):
    """`file` below the language's folder, `place` in it (may be empty), `reason` for the writer."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.reason) if part)


class ContentError(Exception):
    """The content cannot be used. `faults` has all that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def content_error(file: str, place: str, reason: str) -> ContentError:
    """The error of one fault, to raise."""
    return ContentError((Fault(file, place, reason),))
