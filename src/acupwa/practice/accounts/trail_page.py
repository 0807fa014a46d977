"""What the page of the trail shows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar
from urllib.parse import urlencode

import msgspec

from acupwa.practice.accounts.model import Practitioner, SignedIn
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.practice.accounts.trail_words import kind_words
from acupwa.practice.trail.model import TrailFilter, TrailLine
from acupwa.web.spreadsheet import spreadsheet, workbook
from acupwa.wording import gettext as _
from acupwa.wording import local_day, moment_words

_HEAD = ("at", "who", "what", "about")
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
    signed_in: SignedIn, lines: Sequence[TrailLine], people: Sequence[Practitioner], only: TrailFilter, *, more: bool
) -> TrailPage:
    words = kind_words()
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
                line.who or "–",
                words.get(line.what, line.what),
                _short(line.about),
            )
            for line in lines
        ),
        kinds=(("", _("Everything")), *words.items()),
        people=(("", everyone), *((str(one.id), _name(one)) for one in people)),
        what=only.what or "",
        by=str(only.by or ""),
        day=only.day.isoformat() if only.day else "",
        narrowed=bool(chosen),
        older=f"/practice/trail?{urlencode(older)}" if older else "",
        csv="/practice/trail.csv" + query,
        xlsx="/practice/trail.xlsx" + query,
    )


def to_csv(lines: Iterable[TrailLine]) -> bytes:
    """The same lines as a table."""
    return spreadsheet(_HEAD, _cells(lines))


def to_workbook(lines: Iterable[TrailLine]) -> bytes:
    return workbook(_HEAD, _cells(lines))


def _cells(lines: Iterable[TrailLine]) -> Iterable[tuple[str, str, str, str]]:
    return ((line.at.isoformat(), line.who, line.what, line.about) for line in lines)


def _query(only: TrailFilter) -> dict[str, str]:
    found = {"what": only.what, "by": only.by and str(only.by), "day": only.day and only.day.isoformat()}
    return {name: value for name, value in found.items() if value}


def _short(about: str) -> str:
    """The end of a key is enough to tell two apart; the file has all of it."""
    return f"…{about[-8:]}" if _KEY.fullmatch(about) else about


def _name(one: Practitioner) -> str:
    # Who was removed has no address any more, and keeps the name alone.
    return one.name or (one.email if "@" in one.email else _("Somebody who left"))
