"""Links: the practitioner makes and prints them, the patient opens them."""

from datetime import datetime

from litestar import Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.person.cookie import PersonDep, person_or_new
from acupwa.practice.accounts.cookie import Who, need, press_of, typed_before
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.links import service
from acupwa.practice.links.forms import LINK_FIELDS, TypedLink, read_link, typed_link
from acupwa.practice.links.model import FoundLink, NewLink
from acupwa.practice.links.pages import (
    CardPage,
    LinkPage,
    PosterPage,
    SheetPage,
    confirm_withdrawal,
    ended_page,
    invited_page,
    link_page,
    links_page,
)
from acupwa.practice.links.rules import first_step
from acupwa.quiz.service import find_latest_finished
from acupwa.web.address import address_of
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, NowDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.origin import origin_of
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render

PAGE = 50


@get("/practice/links", name="practice.show_links")
async def show_links(request: AnyRequest, work: WorkDep, signed_in: Who, now: NowDep) -> Answer:
    who = need(signed_in)
    typed = typed_before(request)
    return await _links(request, work, who, now, typed=typed_link(typed) if typed else None)


@post("/practice/links", name="practice.make_link", status_code=303)
async def make_link(request: AnyRequest, work: WorkDep, signed_in: Who, now: NowDep) -> Answer:
    who = need(signed_in)
    typed = typed_link(await read_declared(request, LINK_FIELDS))
    read = read_link(typed)
    if not isinstance(read, NewLink):
        return await _links(request, work, who, now, *read, typed=typed)
    link = await work(service.make_link, who, read, await press_of(request, who))
    return go_to(request, f"/practice/links/{link.id}")


@get("/practice/links/{link:str}", name="practice.show_link")
async def show_link(
    request: AnyRequest,
    link: FromPath[str],
    work: WorkDep,
    signed_in: Who,
    now: NowDep,
) -> Answer:
    return await _one(request, work, need(signed_in), link, now, LinkPage)


@get("/practice/links/{link:str}/card", name="practice.show_card")
async def show_card(
    request: AnyRequest,
    link: FromPath[str],
    work: WorkDep,
    signed_in: Who,
    now: NowDep,
) -> Answer:
    return await _one(request, work, need(signed_in), link, now, CardPage)


@get("/practice/links/{link:str}/sheet", name="practice.show_sheet")
async def show_sheet(
    request: AnyRequest,
    link: FromPath[str],
    work: WorkDep,
    signed_in: Who,
    now: NowDep,
) -> Answer:
    return await _one(request, work, need(signed_in), link, now, SheetPage)


@get("/practice/links/{link:str}/poster", name="practice.show_poster")
async def show_poster(
    request: AnyRequest,
    link: FromPath[str],
    work: WorkDep,
    signed_in: Who,
    now: NowDep,
) -> Answer:
    return await _one(request, work, need(signed_in), link, now, PosterPage)


@post("/practice/links/{link:str}/withdraw", name="practice.withdraw_link", status_code=303, guards=[has_only()])
async def withdraw_link(request: AnyRequest, link: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    if not await work(service.withdraw_link, need(signed_in), read_key(link)):
        raise NotFoundException
    return go_to(request, "/practice/links?done=link-withdrawn")


@get("/practice/links/{link:str}/withdraw", name="practice.ask_withdraw_link")
async def ask_withdraw_link(
    request: AnyRequest, link: FromPath[str], work: WorkDep, signed_in: Who, now: NowDep
) -> Answer:
    found = await work.read(service.find_link, need(signed_in).clinic.id, read_key(link))
    if found is None:
        raise NotFoundException
    return render(request, confirm_withdrawal(found, now))


@get("/l/{code:str}", name="practice.show_invited")
async def show_invited(request: AnyRequest, code: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    """Who asks, what for, how long. Looking does not use the link."""
    found = await work.read(service.find_by_code, code, person.id if person else None)
    if found is not None and found.ended is None:
        preview = await work.read(service.preview_of, person.id if person else None, found.link.id)
        return render(request, invited_page(found.link, preview))
    return _ended(request, found)


@post("/l/{code:str}", name="practice.open_link", status_code=303, guards=[has_only()])
async def open_link(request: AnyRequest, code: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    """Keep it for the next check-in, and go there."""
    found = await work(service.find_by_code, code, person.id if person else None)
    if found is None or found.ended is not None:
        return await _not_opened(request, work, found)
    person, cookies = await person_or_new(request, work, person)
    if not await work(service.open_link, found.link, person.id):
        return render(request, ended_page("used"), status_code=410, cookies=cookies)
    latest = await work.read(find_latest_finished, person.id)
    return go_to(request, first_step(found.link, latest), cookies=cookies)


async def _not_opened(request: AnyRequest, work: Work, found: FoundLink | None) -> Answer:
    return _ended(request, found or await work(service.count_wrong_code, address_of(request)))


def _ended(request: AnyRequest, found: FoundLink | Wait | None) -> Answer:
    if isinstance(found, Wait):
        page, headers = ended_page(None), {"retry-after": str(found.seconds)}
        return render(request, page, status_code=429, headers=headers)
    if found is None:
        return render(request, ended_page(None), status_code=404)
    return render(request, ended_page(found.ended), status_code=410)


async def _links(
    request: AnyRequest,
    work: Work,
    who: SignedIn,
    now: datetime,
    *errors: FieldError,
    typed: TypedLink | None = None,
) -> Answer:
    before = request.query_params.get("before")
    links = await work.read(service.list_links, who.clinic.id, PAGE + 1, read_key(before) if before else None)
    page = links_page(who, links[:PAGE], now, *errors, typed=typed, more=len(links) > PAGE)
    return render(request, page, status_code=422 if errors else 200)


async def _one(
    request: AnyRequest, work: Work, who: SignedIn, link: str, now: datetime, kind: type[LinkPage]
) -> Answer:
    found = await work.read(service.find_link, who.clinic.id, read_key(link))
    if found is None:
        raise NotFoundException
    return render(request, link_page(who, found, origin_of(request), now, kind))


router = Router(
    "/",
    route_handlers=[
        show_links, make_link, show_link, show_card, show_sheet, show_poster, withdraw_link, ask_withdraw_link, show_invited, open_link,
    ],
)  # fmt: skip
