"""My data: see it, take it along, open it on another phone, delete it."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.mydata.code_page import NotOpened, code_page, opened_path, resume_page
from acupwa.mydata.confirm_page import (
    cleared_page,
    confirm_clear_page,
    confirm_delete_one_page,
    confirm_delete_page,
    confirm_withdraw_page,
)
from acupwa.mydata.export_format import MAX_BYTES, to_json
from acupwa.mydata.forms import ImportForm, Locked, NoCode, read_import_form, read_resume_form
from acupwa.mydata.import_file import ImportFile, ImportRefused, not_ours, read_import_file, too_large
from acupwa.mydata.import_page import import_page, import_refused_page, preview_page
from acupwa.mydata.me_page import me_page
from acupwa.mydata.service import keep_import, make_export, open_with_code, preview_import
from acupwa.mydata.table import to_csv
from acupwa.person.cookie import PersonDep, forget_cookie, person_or_new, token_cookie, token_of
from acupwa.person.model import DeviceInUse, Opened, Person, WrongCode
from acupwa.person.service import forget_device, forget_other_devices, forget_person, make_code
from acupwa.practice.accounts.cookie import SIGNED_IN, Who, was_signed_in
from acupwa.practice.links.model import PutOff
from acupwa.practice.links.service import put_off
from acupwa.practice.sharing.follow_up.service import remind
from acupwa.quiz.consent import consent_lines
from acupwa.quiz.service import ConsentGiven, find_check_in, forget_check_in
from acupwa.web.files import download
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, SettingsDep, WorkDep
from acupwa.web.origin import origin_of
from acupwa.web.rendering import go_to, read_form, render
from acupwa.web.upload import NotText, TooLarge, read_upload
from acupwa.wording import set_country

# A larger body than is taken is still read, up to here, so that the browser shows why it was refused.
_READ_AND_THROWN_AWAY = 64 * 1024 * 1024


@get("/me", name="person.show_me")
async def show_me(
    request: AnyRequest,
    settings: SettingsDep,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
    signed_in: Who,
) -> Answer:
    export = await work(make_export, person, token_of(request)) if person else None
    set_country(next((one.answers.country for one in export.check_ins), None) if export else None)
    page = me_page(
        export,
        library,
        draft_days=settings.draft_days,
        person_days=settings.person_days,
        now=now,
        done=request.query_params.get("done", ""),
        due=await work(remind, person.id, now.date()) if person else (),
        put_off=await _put_off(work, person),
        signed_in=signed_in,
        signed_in_before=was_signed_in(request),
    )
    return render(request, page)


async def _put_off(work: Work, person: Person | None) -> Sequence[PutOff]:
    return await work(put_off, person.id) if person else ()


@post("/me/move", name="person.make_move_code", status_code=200)
async def make_move_code(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    """The code is shown in the answer itself: only its hash is kept, so no later page could show it."""
    if person is None:
        raise NotFoundException
    code, _handover = await work(make_code, person.id, "move")
    return render(request, code_page(code, origin_of(request)))


@post("/me/devices/forget-others", name="person.forget_others", status_code=303)
async def forget_others(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    if person is not None:
        await work(forget_other_devices, person.id, token_of(request))
    return go_to(request, "/me?done=others-forgotten")


@get("/resume", name="person.show_resume")
async def show_resume(request: AnyRequest) -> Answer:
    return render(request, resume_page())


@post("/resume", name="person.resume", status_code=303)
async def resume(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    form = read_resume_form(await read_form(request))
    found = await work(open_with_code, form, _address(request), person)
    if isinstance(found, Opened):
        cookies = [token_cookie(request, found.token)] if found.token else ()
        return go_to(request, opened_path(found), cookies=cookies)
    return _not_opened(request, form.typed, found)


@get("/me/export.json", name="person.export")
async def export(work: WorkDep, person: PersonDep) -> Answer:
    if person is None:
        raise NotFoundException
    return download(to_json(await work(make_export, person)), "application/json", "acupwa-my-data.json")


@get("/me/export.csv", name="person.export_table")
async def export_table(work: WorkDep, library: LibraryDep, person: PersonDep) -> Answer:
    if person is None:
        raise NotFoundException
    found = await work(make_export, person)
    return download(
        to_csv(found.check_ins, library, found.shares, found.proposals), "text/csv", "acupwa-my-answers.csv"
    )


@get("/me/import", name="person.show_import")
async def show_import(request: AnyRequest) -> Answer:
    return render(request, import_page())


@post("/me/import", name="person.import", status_code=200, request_max_body_size=_READ_AND_THROWN_AWAY)
async def import_(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    """A file first shows what it would do; the press that follows sends it again, as nothing was kept till then."""
    form = await _import_form(request)
    file = form.refused or read_import_file(form.text.encode(), now)
    if isinstance(file, ImportRefused):
        return render(request, import_refused_page(file, form), status_code=413 if file.too_large else 422)
    consent = _consent_lines(request, library)
    if form.press:
        return await _keep(request, work, person, file, ConsentGiven(library.quiz.consent.version, "\n".join(consent)))
    return await _preview(request, work, person, file, form.text, consent)


@get("/me/check-ins/{check_in:uuid}/delete", name="person.ask_delete_one")
async def ask_delete_one(
    request: AnyRequest,
    check_in: FromPath[UUID],
    work: WorkDep,
    person: PersonDep,
) -> Answer:
    found = await work(find_check_in, person.id, check_in) if person else None
    if found is None:
        raise NotFoundException
    return render(request, confirm_delete_one_page(found))


@post("/me/check-ins/{check_in:uuid}/delete", name="person.delete_one", status_code=303)
async def delete_one(
    request: AnyRequest,
    check_in: FromPath[UUID],
    work: WorkDep,
    person: PersonDep,
) -> Answer:
    if person is None or not await work(forget_check_in, person.id, check_in):
        raise NotFoundException
    work.forget_traces()
    return go_to(request, "/me?done=check-in-deleted")


@get("/me/withdraw", name="person.ask_withdraw")
async def ask_withdraw(request: AnyRequest) -> Answer:
    return render(request, confirm_withdraw_page())


@get("/me/delete", name="person.ask_delete")
async def ask_delete(request: AnyRequest) -> Answer:
    return render(request, confirm_delete_page())


@post("/me/delete", name="person.delete_me", status_code=303)
async def delete_me(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    if person is not None:
        await work(forget_person, person.id)
        work.forget_traces()
    headers = {"clear-site-data": '"cache"'}
    return go_to(request, "/me", cookies=[forget_cookie(request)], headers=headers)


@get("/me/clear", name="person.ask_clear")
async def ask_clear(request: AnyRequest, person: PersonDep) -> Answer:
    return render(request, confirm_clear_page(holds_key=person is not None))


@post("/me/clear", name="person.clear_phone", status_code=200)
async def clear_phone(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    """Takes the key off this browser, and asks it to drop all that it stored. What is held of the person stays."""
    if person is not None:
        await work(forget_device, token_of(request))
    return render(
        request,
        cleared_page(),
        cookies=[forget_cookie(request)],
        headers={"clear-site-data": '"cache", "storage"'},
    )


async def _import_form(request: AnyRequest) -> ImportForm:
    try:
        return read_import_form(await read_upload(request, MAX_BYTES))
    except TooLarge:
        return ImportForm(refused=too_large())
    except NotText:
        return ImportForm(refused=not_ours())


def _consent_lines(request: AnyRequest, library: Library) -> tuple[str, ...]:
    settings = request.app.state.settings
    return consent_lines(library, settings.draft_days, settings.person_days)


async def _preview(
    request: AnyRequest,
    work: Work,
    person: Person | None,
    file: ImportFile,
    text: str,
    consent: tuple[str, ...],
) -> Answer:
    outcome = await work(preview_import, person, file, request.app.state.settings.draft_days)
    return render(request, preview_page(file, outcome, text, consent))


async def _keep(
    request: AnyRequest, work: Work, person: Person | None, file: ImportFile, consent: ConsentGiven
) -> Answer:
    person, cookies = await person_or_new(request, work, person)
    await work(keep_import, person, file, consent, request.app.state.settings.draft_days)
    return go_to(request, "/me?done=imported", cookies=cookies)


def _address(request: AnyRequest) -> str:
    return request.client.host if request.client else ""


def _not_opened(request: AnyRequest, typed: str, found: NotOpened) -> Answer:
    statuses = {NoCode: 422, WrongCode: 422, DeviceInUse: 409, Locked: 429}
    headers = {"retry-after": str(found.seconds)} if isinstance(found, Locked) else None
    return render(request, resume_page(typed, found), status_code=statuses[type(found)], headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_me,
        make_move_code,
        forget_others,
        show_resume,
        resume,
        export,
        export_table,
        show_import,
        import_,
        ask_delete_one,
        delete_one,
        ask_withdraw,
        ask_delete,
        delete_me,
        ask_clear,
        clear_phone,
    ],
    dependencies=SIGNED_IN,
)
