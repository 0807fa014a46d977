"""One share as a table for a spreadsheet, a row for each item. Pure. UTF-8 with a byte order mark, which Excel needs."""

from __future__ import annotations

import csv
import io

from acupwa.practice.inbox.pages import name_of
from acupwa.practice.shares.model import Share
from acupwa.practice.trail.csv_file import harmless

HEAD = ("alias", "answered_on", "part", "question", "answer", "beside_the_last", "danger_signs")


def to_csv(share: Share) -> bytes:
    """Cells that a spreadsheet would run are made text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for part in share.copy.parts:
        for item in part.items:
            cells = (
                name_of(share),
                share.copy.answered_on.isoformat(),
                part.title,
                item.question,
                "; ".join(item.plain),
                item.change,
                "; ".join(item.signs),
            )
            writer.writerow(map(harmless, cells))
    return b"\xef\xbb\xbf" + text.getvalue().encode()
