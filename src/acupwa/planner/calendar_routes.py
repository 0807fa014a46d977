"""The addresses of a person's calendar: its page, the file, and the secret address that calendars ask."""

from datetime import datetime
from hashlib import sha256

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.person.cookie import PersonDep, need_id, zone_of
from acupwa.person.model import Person
from acupwa.planner.calendar_form import CALENDAR_FIELDS, read_choices, read_number, read_press
from acupwa.planner.calendar_page import CalendarPage, calendar_outcome, calendar_page, with_address, with_faults
from acupwa.planner.calendar_service import (
    end_address,
    find_calendar_of_plan,
    find_fetched,
    make_address,
    note_fetched,
    put_choices,
)
from acupwa.planner.feed import Fetched, part_of, parts_of
from acupwa.planner.ics import MEDIA_TYPE, CalendarChoices, calendar_file
from acupwa.planner.outcome import told
from acupwa.web.accepted import has_tag
from acupwa.web.aside import MANY, aside_when
from acupwa.web.forms import FieldError, FormData
from acupwa.web.inject import Answer, AnyRequest, NowDep, WorkDep
from acupwa.web.origin import origin_of
from acupwa.web.refused import Refused, read_declared
from acupwa.web.rendering import go_to, render

CALENDAR = "/plan/calendar"
_FILE = "appointments.ics"
_ENDING = ".ics"


@get("/plan.ics", name="planner.download_calendar")
async def download_calendar(work: WorkDep, person: PersonDep) -> Answer:
    kept, plan = await work.read(find_calendar_of_plan, need_id(person))
    if plan is None:
        raise NotFoundException()
    text = calendar_file((part_of(plan, kept),), kept.choices)
    headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{_FILE}"'}
    return Response(text.encode(), media_type=MEDIA_TYPE, headers=headers)


@get(CALENDAR, name="planner.show_calendar")
async def show_calendar(request: AnyRequest, work: WorkDep, person: PersonDep, now: NowDep) -> Answer:
    kept, plan = await work.read(find_calendar_of_plan, need_id(person))
    outcome = calendar_outcome(request.query_params.get("done", ""), kept)
    page = calendar_page(kept, has_plan=plan is not None, now=now, zone=zone_of(person))
    return render(request, told(page, outcome))


@post(CALENDAR, name="planner.change_calendar", status_code=200)
async def change_calendar(request: AnyRequest, work: WorkDep, person: PersonDep, now: NowDep) -> Answer:
    """A new address is shown in the answer itself: only its hash is kept."""
    need_id(person)
    form = await read_declared(request, CALENDAR_FIELDS)
    pressed = read_press(form)
    if isinstance(pressed, FieldError):
        raise Refused(form, (pressed,))
    return await _PRESSED[pressed](request, work, person, form, now)


@get("/plan/calendar/{file:str}", name="planner.fetch_calendar")
async def fetch_calendar(request: AnyRequest, file: FromPath[str], work: WorkDep, now: NowDep) -> Answer:
    """For calendars: no cookie is read. What is no address, not yet or not any more, is the same 404."""
    found = await _fetched(work, file)
    parts = parts_of(found.plan, found.kept, now)
    long = sum(len(part.entries) for part in parts) > MANY
    text = await aside_when(long, calendar_file, parts, found.kept.choices, subscribed=True)
    return _as_asked(text.encode(), request.headers.get("if-none-match"))


async def _fetched(work: Work, file: str) -> Fetched:
    token, ending = file[: -len(_ENDING)], file[-len(_ENDING) :]
    found = await work.read(find_fetched, token) if ending == _ENDING else None
    if found is None:
        raise NotFoundException()
    if found.to_note:
        await work.note(note_fetched, token)
    return found


async def _make(request: AnyRequest, work: Work, person: Person | None, form: FormData, now: datetime) -> Answer:
    token = await work(make_address, need_id(person), form.one("press"), read_number(form))
    if token is None:
        return go_to(request, f"{CALENDAR}?done=older")
    path = request.app.route_reverse("planner.fetch_calendar", file=f"{token}{_ENDING}")
    return render(request, with_address(await _page(work, person, now), origin_of(request), path))


async def _end(request: AnyRequest, work: Work, person: Person | None, form: FormData, now: datetime) -> Answer:
    await work(end_address, need_id(person))
    await work.forget_traces()
    return go_to(request, f"{CALENDAR}?done=ended")


async def _choose(request: AnyRequest, work: Work, person: Person | None, form: FormData, now: datetime) -> Answer:
    choices = read_choices(form)
    if isinstance(choices, CalendarChoices):
        await work(put_choices, need_id(person), choices)
        return go_to(request, f"{CALENDAR}?done=chosen")
    return render(request, with_faults(await _page(work, person, now), form, choices), status_code=422)


async def _page(work: Work, person: Person | None, now: datetime) -> CalendarPage:
    kept, plan = await work.read(find_calendar_of_plan, need_id(person))
    return calendar_page(kept, has_plan=plan is not None, now=now, zone=zone_of(person))


def _as_asked(content: bytes, known: str | None) -> Answer:
    """Whole, or only that it is the same as what is there already."""
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"cache-control": "private, no-cache", "etag": tag}
    if known is not None and has_tag(known, tag):
        return Response(b"", status_code=304, headers=headers)
    headers["content-disposition"] = f'inline; filename="{_FILE}"'
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


_PRESSED = {"make": _make, "end": _end, "choose": _choose}
calendar_handlers = [download_calendar, show_calendar, change_calendar, fetch_calendar]
