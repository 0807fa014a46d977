"""One share as a table, a row for each line: for programs and for a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from acupwa.practice.inbox.summary import name_of
from acupwa.practice.sharing.shares.model import Share
from acupwa.web.spreadsheet import spreadsheet, workbook
from acupwa.wording import local_day

HEAD = ("alias", "answered_on", "part", "question", "answer", "beside_the_last", "danger_signs")


def to_csv(share: Share) -> bytes:
    return spreadsheet(HEAD, _rows(share))


def to_workbook(share: Share) -> bytes:
    return workbook(HEAD, _rows(share))


def _rows(share: Share) -> Iterator[tuple[str, ...]]:
    for part in share.copy.parts:
        for line in part.lines:
            yield (
                name_of(share),
                local_day(share.copy.answered_at or share.created_at).isoformat(),
                part.title,
                line.question,
                "; ".join(line.plain),
                line.change,
                "; ".join(line.signs),
            )
