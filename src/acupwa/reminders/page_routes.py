"""The address of the page of reminders."""

from litestar import get

from acupwa.db.work import Work
from acupwa.person.cookie import PersonDep, need_id, token_of
from acupwa.person.model import Person
from acupwa.reminders.model import Reminders
from acupwa.reminders.reminders_page import reminders_page, with_errors
from acupwa.reminders.service import find_reminders, make_sender
from acupwa.web.forms import FieldError, FormData
from acupwa.web.inject import Answer, AnyRequest, SettingsDep, WorkDep
from acupwa.web.rendering import render

REMINDERS = "/plan/reminders"


@get(REMINDERS, name="reminders.show_reminders")
async def show_reminders(request: AnyRequest, settings: SettingsDep, work: WorkDep, person: PersonDep) -> Answer:
    found = await _find(request, work, person, settings.vapid_subject) if person else None
    return render(request, reminders_page(found, sends=settings.reminders, done=request.query_params.get("done", "")))


async def show_faults(
    request: AnyRequest,
    work: Work,
    person: Person | None,
    form: FormData,
    errors: tuple[FieldError, ...],
    *,
    sends: bool,
) -> Answer:
    """The page with the form as it was sent. Raises NotFoundException for nobody."""
    found = await work.read(find_reminders, need_id(person), token_of(request))
    return render(request, with_errors(reminders_page(found, sends=sends), form, errors), status_code=422)


async def _find(request: AnyRequest, work: Work, person: Person, subject: str) -> Reminders:
    """The first page that is opened on this database makes the key that browsers subscribe with."""
    found = await work.read(find_reminders, person.id, token_of(request))
    if found.key != "":
        return found
    await work(make_sender, subject)
    return await work.read(find_reminders, person.id, token_of(request))
