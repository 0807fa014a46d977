"""What the page of the trail shows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.practice.accounts.trail_model import Doer
from acupwa.practice.accounts.trail_words import kind_words
from acupwa.practice.trail.model import TrailFilter, TrailLine
from acupwa.practice.trail.removed import read_removed
from acupwa.web.spreadsheet import csv_head, csv_rows, workbook
from acupwa.wording import filled, local_day, moment_words
from acupwa.wording import gettext as _

_HEAD = ("at", "who", "email", "what", "about")
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class TrailPage(msgspec.Struct, frozen=True, kw_only=True):
    """`kinds` and `people` are options, `what`, `by` and `day` what is chosen. `csv` and
    `xlsx` are the files of the same lines.
    """

    template: ClassVar[str] = "practice/trail.html"
    title: str
    nav: Nav
    rows: tuple[tuple[str, str, str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    what: str
    by: str
    day: str
    narrowed: bool
    older: str
    csv: str
    xlsx: str


def trail_page(
    signed_in: SignedIn, lines: Sequence[TrailLine], doers: Sequence[Doer], only: TrailFilter, *, more: bool
) -> TrailPage:
    words, emails = kind_words(), emails_of(doers)
    chosen = _query(only)
    older = {**chosen, "before": str(lines[-1].id)} if more and lines else {}
    everyone = _("Everyone")
    query = f"?{urlencode(chosen)}" if chosen else ""
    return TrailPage(
        title=_("Who did what"),
        nav=nav_of(signed_in),
        rows=tuple(
            (
                f"{local_day(line.at)} {moment_words(line.at)}",
                _who(line, emails),
                words.get(line.what, line.what),
                _about(line.about),
            )
            for line in lines
        ),
        kinds=(("", _("Everything")), *words.items()),
        people=(("", everyone), *((str(one.id), _doer(one)) for one in doers)),
        what=only.what or "",
        by=str(only.by or ""),
        day=only.day.isoformat() if only.day else "",
        narrowed=bool(chosen),
        older=f"/practice/trail?{urlencode(older)}" if older else "",
        csv="/practice/trail.csv" + query,
        xlsx="/practice/trail.xlsx" + query,
    )


def emails_of(doers: Iterable[Doer]) -> dict[UUID, str]:
    """A name changes, and two may have had the same; the address tells whose account it is."""
    return {one.id: one.email for one in doers}


def csv_begin() -> bytes:
    return csv_head(_HEAD)


def to_csv(lines: Iterable[TrailLine], emails: Mapping[UUID, str]) -> bytes:
    """The lines as a piece of a table that `csv_begin` begins."""
    return csv_rows(_cells(lines, emails))


def to_workbook(lines: Iterable[TrailLine], emails: Mapping[UUID, str]) -> bytes:
    """All of them, as one table."""
    return workbook(_HEAD, _cells(lines, emails))


def _cells(lines: Iterable[TrailLine], emails: Mapping[UUID, str]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        yield line.at.isoformat(), line.who, _email(line, emails), line.what, line.about


def _query(only: TrailFilter) -> dict[str, str]:
    found = {"what": only.what, "by": only.by and str(only.by), "day": only.day and only.day.isoformat()}
    return {name: value for name, value in found.items() if value}


def _email(line: TrailLine, emails: Mapping[UUID, str]) -> str:
    return emails.get(line.by, "") if line.by else ""


def _who(line: TrailLine, emails: Mapping[UUID, str]) -> str:
    return " · ".join(dict.fromkeys(filter(None, (line.who, _email(line, emails))))) or "–"


def _about(about: str) -> str:
    """The end of a key is enough to tell two apart; the file has all of it."""
    removed = read_removed(about)
    if removed:
        return removed[1]
    return f"…{about[-8:]}" if _KEY.fullmatch(about) else about


def _doer(one: Doer) -> str:
    name = " · ".join(filter(None, (one.name, one.email))) or _("Someone")
    return filled(_("{name} (left)"), name=name) if one.removed else name
