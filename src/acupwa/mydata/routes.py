"""My data: see it, take it along, open it on another phone, delete it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.mydata.export_file import MAX_BYTES, Refused, read_export, to_json, too_big_words
from acupwa.mydata.gathering import bring_in, foresee, gather, holds_anything
from acupwa.mydata.pages import (
    ImportPage,
    ResumePage,
    ask_clear_page,
    ask_delete_one_page,
    ask_delete_page,
    ask_withdraw_page,
    cleared_page,
    import_page,
    locked_words,
    me_page,
    move_page,
    no_file_words,
    not_a_code_words,
    not_text_words,
    preview_page,
    resume_page,
    wrong_code_words,
)
from acupwa.mydata.table import to_csv
from acupwa.person.codes import read_code
from acupwa.person.cookie import forget_cookie, person_or_new, token_cookie, token_of
from acupwa.person.model import Occupied, Opened, Person, WrongCode
from acupwa.person.service import forget_device, forget_other_devices, forget_person, make_code, use_code
from acupwa.practice.sharing.follow_up.service import remind
from acupwa.quiz.consent import consent_lines
from acupwa.quiz.service import ConsentGiven, find_check_in, forget_check_in
from acupwa.web.origin import origin_of
from acupwa.web.rendering import go_to, read_form, render
from acupwa.web.upload import NotText, TooLarge, read_upload

# A larger body than is taken is still read, up to here, so that the browser shows why it was refused.
_READ_AND_THROWN_AWAY = 64 * 1024 * 1024


@get("/me", name="person.show_me")
async def show_me(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    settings = request.app.state.settings
    page = me_page(
        await work(gather, person, token_of(request)) if person else None,
        library,
        draft_days=settings.draft_days,
        person_days=settings.person_days,
        now=now,
        done=request.query_params.get("done", ""),
        due=await work(remind, person.id, now.date()) if person else (),
    )
    return render(request, page)


@post("/me/move", name="person.make_move_code", status_code=200)
async def make_move_code(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[bytes]:
    """The code is shown in the answer itself: only its hash is kept, so no later page could show it."""
    if person is None:
        raise NotFoundException
    code, _handover = await work(make_code, person.id, "move")
    return render(request, move_page(code, origin_of(request)))


@post("/me/devices/forget-others", name="person.forget_others", status_code=303)
async def forget_others(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[bytes]:
    if person is not None:
        await work(forget_other_devices, person.id, token_of(request))
    return go_to(request, "/me?done=others-forgotten")


@get("/resume", name="person.show_resume")
async def show_resume(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, resume_page())


@post("/resume", name="person.resume", status_code=303)
async def resume(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[bytes]:
    form = await read_form(request)
    typed = form.one("code")[:40]
    code = read_code(typed)
    if code is None:
        return _resume_again(request, resume_page(typed, not_a_code_words()), 422)
    replace = form.one("replace") == "yes"
    if person is not None and not replace:
        replace = not holds_anything(await work(gather, person))
    address = request.client.host if request.client else ""
    found = await work(use_code, code, address, person.id if person else None, replace)
    match found:
        case Wait(seconds):
            again = resume_page(typed, locked_words(seconds))
            return _resume_again(request, again, 429, {"retry-after": str(seconds)})
        case WrongCode():
            return _resume_again(request, resume_page(typed, wrong_code_words()), 422)
        case Occupied():
            return _resume_again(request, resume_page(typed, occupied=True), 409)
        case Opened(handover=handover, token=token):
            path = f"/quiz/{handover.check_in_id}" if handover.check_in_id else "/me"
            return go_to(request, path, cookies=[token_cookie(request, token)] if token else ())


@get("/me/export.json", name="person.export")
async def export(work: NamedDependency[Work], person: NamedDependency[Person | None]) -> Response[bytes]:
    if person is None:
        raise NotFoundException
    return _file(to_json(await work(gather, person)), "application/json", "acupwa-my-data.json")


@get("/me/export.csv", name="person.export_table")
async def export_table(
    work: NamedDependency[Work], library: NamedDependency[Library], person: NamedDependency[Person | None]
) -> Response[bytes]:
    if person is None:
        raise NotFoundException
    found = await work(gather, person)
    return _file(to_csv(found.check_ins, library, found.shares, found.proposals), "text/csv", "acupwa-my-answers.csv")


@get("/me/import", name="person.show_import")
async def show_import(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, import_page())


@post("/me/import", name="person.import", status_code=200, request_max_body_size=_READ_AND_THROWN_AWAY)
async def import_(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Response[bytes]:
    """A file first shows what it would do; the press that follows sends it again, as nothing was kept till then."""
    try:
        form = await read_upload(request, MAX_BYTES)
    except TooLarge:
        return _import_again(request, import_page(refused=Refused(too_big_words())), 413)
    except NotText:
        return _import_again(request, import_page(refused=Refused(not_text_words())))
    text, field = (form.one("file"), "file") if form.one("file") else (form.one("text"), "text")
    if not text:
        return _import_again(request, import_page(refused=Refused(no_file_words())))
    brought = read_export(text.encode(), library, now)
    if isinstance(brought, Refused):
        return _import_again(request, import_page(form.one("text"), brought, field))
    settings = request.app.state.settings
    consent = consent_lines(library, settings.draft_days, settings.person_days)
    if form.one("do") != "import":
        found = await work(foresee, person, brought, settings.draft_days)
        compact = msgspec.json.format(text, indent=-1)
        return render(request, preview_page(brought, found, compact, consent))
    person, cookies = await person_or_new(request, work, person)
    given = ConsentGiven(library.quiz.consent.version, "\n".join(consent))
    await work(bring_in, person, brought, given, settings.draft_days)
    return go_to(request, "/me?done=imported", cookies=cookies)


@get("/me/check-ins/{check_in:uuid}/delete", name="person.ask_delete_one")
async def ask_delete_one(
    request: Request[Any, Any, Any],
    check_in: FromPath[UUID],
    work: NamedDependency[Work],
    person: NamedDependency[Person | None],
) -> Response[bytes]:
    found = await work(find_check_in, person.id, check_in) if person else None
    if found is None:
        raise NotFoundException
    page = ask_delete_one_page(found, request.app.state.settings.draft_days)
    return render(request, page)


@post("/me/check-ins/{check_in:uuid}/delete", name="person.delete_one", status_code=303)
async def delete_one(
    request: Request[Any, Any, Any],
    check_in: FromPath[UUID],
    work: NamedDependency[Work],
    person: NamedDependency[Person | None],
) -> Response[bytes]:
    if person is None or not await work(forget_check_in, person.id, check_in):
        raise NotFoundException
    work.forget_traces()
    return go_to(request, "/me?done=check-in-deleted")


@get("/me/withdraw", name="person.ask_withdraw")
async def ask_withdraw(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, ask_withdraw_page())


@get("/me/delete", name="person.ask_delete")
async def ask_delete(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, ask_delete_page())


@post("/me/delete", name="person.delete_me", status_code=303)
async def delete_me(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[bytes]:
    if person is not None:
        await work(forget_person, person.id)
        work.forget_traces()
    headers = {"clear-site-data": '"cache"'}
    return go_to(request, "/me", cookies=[forget_cookie(request)], headers=headers)


@get("/me/clear", name="person.ask_clear")
async def ask_clear(request: Request[Any, Any, Any], person: NamedDependency[Person | None]) -> Response[bytes]:
    return render(request, ask_clear_page(holds_key=person is not None))


@post("/me/clear", name="person.clear_phone", status_code=200)
async def clear_phone(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[bytes]:
    """Takes the key off this browser, and asks it to drop all that it stored. What is held of the person stays."""
    if person is not None:
        await work(forget_device, token_of(request))
    return render(
        request,
        cleared_page(),
        cookies=[forget_cookie(request)],
        headers={"clear-site-data": '"cache", "storage"'},
    )


def _file(content: bytes, media_type: str, name: str) -> Response[bytes]:
    headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _import_again(request: Request[Any, Any, Any], page: ImportPage, status: int = 422) -> Response[bytes]:
    return render(request, page, status_code=status)


def _resume_again(
    request: Request[Any, Any, Any], page: ResumePage, status: int, headers: dict[str, str] | None = None
) -> Response[bytes]:
    return render(request, page, status_code=status, headers=headers)


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
)
