"""My data: see it, take it along, delete it."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException

from acupwa.db.work import Work
from acupwa.person.cookie import forget_cookie
from acupwa.person.export import gather
from acupwa.person.model import Person
from acupwa.person.pages import DeletePage, me_page
from acupwa.person.service import forget_person
from acupwa.web.rendering import go_to, render
from acupwa.wording import gettext as _


@get("/me", name="person.show_me")
async def show_me(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    person: NamedDependency[Person | None],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    everything = await work(gather, person) if person else None
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
    )
    return render(request, "person/me.html", page)


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


router = Router("/", route_handlers=[show_me, export, ask_delete, delete_me])
