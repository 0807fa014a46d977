"""The address of the page of reminders."""

from litestar import Router, get

from acupwa.person.cookie import PersonDep
from acupwa.reminders.reminders_page import reminders_page
from acupwa.reminders.service import find_reminders
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.rendering import render

REMINDERS = "/plan/reminders"


@get(REMINDERS, name="reminders.show_reminders")
async def show_reminders(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    found = await work.read(find_reminders, person.id) if person else None
    return render(request, reminders_page(found, done=request.query_params.get("done", "")))


router = Router("/", route_handlers=[show_reminders])
