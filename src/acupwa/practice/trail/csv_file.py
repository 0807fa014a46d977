"""The trail as a table for a spreadsheet. Pure. UTF-8 with a byte order mark, which Excel needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from acupwa.practice.trail.model import TrailLine

# A spreadsheet runs a cell that begins so as a formula, some also after blanks.
_RUN_AS_FORMULA = ("=", "+", "-", "@")


def to_csv(lines: Iterable[TrailLine]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("at", "who", "what", "about"))
    for line in lines:
        writer.writerow((line.at.isoformat(), *map(harmless, (line.who, line.what, line.about))))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def harmless(cell: str) -> str:
    """The cell as text: one that a spreadsheet would run gets an apostrophe."""
    return f"'{cell}" if cell.lstrip().startswith(_RUN_AS_FORMULA) or cell[:1] in ("\t", "\r", "\n") else cell
