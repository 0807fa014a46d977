"""The trail as a table. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.practice.trail.model import TrailLine
from acupwa.web.spreadsheet import spreadsheet

HEAD = ("at", "who", "what", "about")


def to_csv(lines: Iterable[TrailLine]) -> bytes:
    return spreadsheet(HEAD, ((line.at.isoformat(), line.who, line.what, line.about) for line in lines))
