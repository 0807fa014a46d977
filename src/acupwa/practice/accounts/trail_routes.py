"""The trail, for the owner of a clinic: read and taken along."""

from litestar import get

from acupwa.db.work import Work
from acupwa.practice.accounts.cookie import Who, need_owner
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.people_service import list_everyone
from acupwa.practice.accounts.trail_form import read_trail_filter
from acupwa.practice.accounts.trail_page import to_csv, to_workbook, trail_page
from acupwa.practice.trail.model import TrailFilter, TrailLine
from acupwa.practice.trail.service import list_trail, note_in_trail
from acupwa.web.aside import aside
from acupwa.web.files import download
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
    only, before = _only(request, who), request.query_params.get("before")
    lines = await work.read(list_trail, who.clinic.id, PAGE + 1, read_key(before) if before else None, only)
    people = await work.read(list_everyone, who.clinic.id)
    return render(request, trail_page(who, lines[:PAGE], people, only, more=len(lines) > PAGE))


@get("/trail.csv", name="practice.export_trail")
async def export_trail(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """The lines that the page shows, all of them; that they were taken along is one more line."""
    lines = await _all_lines(request, work, need_owner(signed_in))
    return download(await aside(to_csv, lines), "text/csv", "acupwa-trail.csv")


@get("/trail.xlsx", name="practice.export_trail_workbook")
async def export_trail_workbook(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """The same for a spreadsheet."""
    lines = await _all_lines(request, work, need_owner(signed_in))
    return download(await aside(to_workbook, lines), MEDIA_TYPE, "acupwa-trail.xlsx")


async def _all_lines(request: AnyRequest, work: Work, who: SignedIn) -> tuple[TrailLine, ...]:
    by, only = who.practitioner, _only(request, who)
    await work(note_in_trail, who.clinic.id, "trail-exported", by=by.id, who=by.shown_name)
    lines = await work.read(list_trail, who.clinic.id, None, None, only)
    return localised(lines, who.clinic.time_zone)


def _only(request: AnyRequest, who: SignedIn) -> TrailFilter:
    """What the filter says. Raises Refused for what it cannot say."""
    asked = FormData(request.query_params.multi_items())
    found = read_trail_filter(asked, who.clinic.time_zone)
    if isinstance(found, tuple):
        raise Refused(asked, found)
    return found


HANDLERS = [show_trail, export_trail, export_trail_workbook]
