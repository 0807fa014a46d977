"""Asked once before something goes that nobody can bring back: the one page for it. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class ConfirmPage(msgspec.Struct, frozen=True, kw_only=True):
    """`action` is where the yes is sent, with `fields` as its names and values; `back` is where the no leads.

    `once`: one press makes one record (`db.presses`).
    """

    template: ClassVar[str] = "confirm.html"
    title: str
    lines: tuple[str, ...]
    yes: str
    action: str
    back: str
    fields: tuple[tuple[str, str], ...] = ()
    once: bool = False
