"""The trail, for the owner of a clinic: read and taken along."""

from collections.abc import AsyncIterator, Mapping
from uuid import UUID

from anyio.lowlevel import checkpoint
from litestar import get

from acupwa.db.work import Work, begin_again
from acupwa.practice.accounts.cookie import Who, need_owner
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.trail_form import read_trail_filter
from acupwa.practice.accounts.trail_page import csv_begin, emails_of, to_csv, to_workbook, trail_page
from acupwa.practice.accounts.trail_service import list_doers
from acupwa.practice.trail.model import TrailFilter, TrailLine
from acupwa.practice.trail.service import list_trail, note_in_trail
from acupwa.web.aside import aside
from acupwa.web.files import download, download_in_pieces
from acupwa.web.forms import FormData
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.refused import Refused
from acupwa.web.rendering import render
from acupwa.web.spreadsheet import MEDIA_TYPE
from acupwa.zones import localised

PAGE = 50


@get("/trail", name="practice.show_trail")
async def show_trail(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    only, before = _asked(request, who)
    lines = await work.read(list_trail, who.clinic.id, PAGE + 1, before, only)
    doers = await work.read(list_doers, who.clinic.id)
    return render(request, trail_page(who, lines[:PAGE], doers, only, more=len(lines) > PAGE))


@get("/trail.csv", name="practice.export_trail")
async def export_trail(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """The lines that the page shows, all of them, piece by piece; that they were taken along is one more line."""
    who = need_owner(signed_in)
    only, _before = _asked(request, who)
    emails = emails_of(await work.read(list_doers, who.clinic.id))
    await _note_export(work, who)
    return download_in_pieces(_csv(work, who, only, emails), "text/csv", "acupwa-trail.csv")


@get("/trail.xlsx", name="practice.export_trail_workbook")
async def export_trail_workbook(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """The same for a spreadsheet."""
    who = need_owner(signed_in)
    only, _before = _asked(request, who)
    emails = emails_of(await work.read(list_doers, who.clinic.id))
    lines = [line async for piece in _pieces(work, who, only) for line in piece]
    made = await aside(to_workbook, lines, emails)
    await _note_export(work, who)
    return download(made, MEDIA_TYPE, "acupwa-trail.xlsx")


async def _csv(work: Work, who: SignedIn, only: TrailFilter, emails: Mapping[UUID, str]) -> AsyncIterator[bytes]:
    yield csv_begin()
    async for lines in _pieces(work, who, only):
        yield to_csv(lines, emails)


async def _pieces(work: Work, who: SignedIn, only: TrailFilter) -> AsyncIterator[tuple[TrailLine, ...]]:
    """All lines, the newest first. Between two pieces the requests of others come to their turn."""
    before = None
    while lines := await work.read(list_trail, who.clinic.id, before=before, only=only):
        yield localised(lines, who.clinic.time_zone)
        before = lines[-1].id
        await checkpoint()
        begin_again()


async def _note_export(work: Work, who: SignedIn) -> None:
    by = who.practitioner
    await work(note_in_trail, who.clinic.id, "trail-exported", by=by.id, who=by.shown_name)


def _asked(request: AnyRequest, who: SignedIn) -> tuple[TrailFilter, UUID | None]:
    """Which lines, and before which one. Raises Refused for what the filter cannot say, NotFoundException for no key."""
    asked = FormData(request.query_params.multi_items())
    found, before = read_trail_filter(asked, who.clinic.time_zone), asked.one("before")
    if isinstance(found, tuple):
        raise Refused(asked, found)
    return found, read_key(before) if before else None


HANDLERS = [show_trail, export_trail, export_trail_workbook]
