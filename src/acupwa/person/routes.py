"""My data: see it, take it along, open it on another phone, delete it."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException

from acupwa.db.work import Work
from acupwa.person.codes import read_code
from acupwa.person.cookie import forget_cookie, token_cookie, token_of
from acupwa.person.export import gather, holds_anything
from acupwa.person.model import Locked, Occupied, Opened, Person, WrongCode
from acupwa.person.pages import (
    DeletePage,
    ResumePage,
    locked_words,
    me_page,
    move_page,
    not_a_code_words,
    resume_page,
    wrong_code_words,
)
from acupwa.person.service import forget_other_devices, forget_person, list_devices, make_code, use_code
from acupwa.web.origin import origin_of
from acupwa.web.rendering import go_to, read_form, render
from acupwa.wording import gettext as _


@get("/me", name="person.show_me")
async def show_me(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    person: NamedDependency[Person | None],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    everything = await work(gather, person) if person else None
    devices = await work(list_devices, person.id, token_of(request)) if person else ()
    settings = request.app.state.settings
    page = me_page(
        person,
        everything.check_ins if everything else (),
        everything.consents if everything else (),
        has_plan=bool(everything and everything.plan),
        has_list=bool(everything and everything.reading_list),
        draft_days=settings.draft_days,
        person_days=settings.person_days,
        now=now,
        devices=devices,
    )
    return render(request, "person/me.html", page)


@post("/me/move", name="person.make_move_code", status_code=200)
async def make_move_code(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[bytes]:
    """The code is shown in the answer itself: only its hash is kept, so no later page could show it."""
    if person is None:
        raise NotFoundException
    code, _handover = await work(make_code, person.id, "move")
    return render(request, "person/move.html", move_page(code, origin_of(request)))


@post("/me/devices/forget-others", name="person.forget_others", status_code=303)
async def forget_others(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[bytes]:
    if person is not None:
        await work(forget_other_devices, person.id, token_of(request))
    return go_to(request, "/me")


@get("/resume", name="person.show_resume")
async def show_resume(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, "person/resume.html", resume_page())


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
        case Locked(seconds):
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
    everything = await work(gather, person)
    return Response(
        msgspec.json.format(msgspec.json.encode(everything), indent=2),
        media_type="application/json",
        headers={
            "cache-control": "no-store",
            "content-disposition": 'attachment; filename="acupwa-my-data.json"',
        },
    )


@get("/me/delete", name="person.ask_delete")
async def ask_delete(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, "person/delete.html", DeletePage(title=_("Delete everything?")))


@post("/me/delete", name="person.delete_me", status_code=303)
async def delete_me(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[bytes]:
    if person is not None:
        await work(forget_person, person.id)
        work.forget_traces()
    headers = {"clear-site-data": '"cache"'}
    return go_to(request, "/me", cookies=[forget_cookie(request)], headers=headers)


def _resume_again(
    request: Request[Any, Any, Any], page: ResumePage, status: int, headers: dict[str, str] | None = None
) -> Response[bytes]:
    return render(request, "person/resume.html", page, status_code=status, headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_me,
        make_move_code,
        forget_others,
        show_resume,
        resume,
        export,
        ask_delete,
        delete_me,
    ],
)
