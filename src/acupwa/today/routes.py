"""Today's addresses."""

from litestar import Router, get, post

from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, forget_cookie, need_id, offered_token, token_of
from acupwa.practice.sharing.follow_up.service import note_shown
from acupwa.quiz.help_service import note_help, read_moment
from acupwa.today.cards import SHOWN
from acupwa.today.model import KnownPerson
from acupwa.today.service import know
from acupwa.today.today_page import HELPED, newcomer_page, today_page
from acupwa.web.aside import MANY, aside_when
from acupwa.web.declared import fields_of
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, SettingsDep, TodayDep, WorkDep
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render
from acupwa.wording import set_country

TODAY = "/today"


@get(TODAY, name="today.show_today")
async def show_today(
    request: AnyRequest,
    settings: SettingsDep,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    today: TodayDep,
) -> Answer:
    if person is None:
        return _for_nobody(request, library)
    known = await work.read(know, person, settings.draft_days)
    if known.reminded:
        await work.note(note_shown, person.id, today)
    return await aside_when(len(known.check_ins) > MANY, _show, request, known, library)


@post("/today/had-help", name="today.had_help", status_code=303)
async def had_help(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep) -> Answer:
    """For the signs that the page showed."""
    form = await read_declared(request, fields_of(SHOWN))
    await work(note_help, need_id(person), library, read_moment(form.one(SHOWN)))
    return go_to(request, f"{TODAY}?done={HELPED}")


def _show(request: AnyRequest, known: KnownPerson, library: Library) -> Answer:
    set_country(known.newest.answers.country if known.newest else None)
    asked = request.query_params
    return render(request, today_page(known, library, done=asked.get("done", ""), session=asked.get("session", "")))


def _for_nobody(request: AnyRequest, library: Library) -> Answer:
    """A cookie of nobody goes: with it, `/` would lead here for ever. One that was only offered may still be needed."""
    unknown = token_of(request) and offered_token(request) is None
    return render(request, newcomer_page(library), cookies=[forget_cookie(request)] if unknown else ())


router = Router("/", route_handlers=[show_today, had_help])
