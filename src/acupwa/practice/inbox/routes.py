"""The inbox: what was shared with the clinic, the most pressing first."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.practice.accounts.cookie import need
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.shares import service
from acupwa.practice.shares.pages import as_text, inbox_page, shared_page
from acupwa.web.rendering import go_to, read_form, render

AnyRequest = Request[Any, Any, Any]
Answer = Response[Any]
Who = NamedDependency[SignedIn | None]
PAGE = 30
TEXT = ".txt"


@get("/", name="practice.show_inbox")
async def show_inbox(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    if signed_in is None:
        return go_to(request, "/practice/sign-in")
    seen = request.query_params.get("seen") == "yes"
    after = _after(request.query_params.get("after", ""))
    shares = await work(service.list_inbox, signed_in, seen, PAGE + 1, after)
    page = inbox_page(signed_in, shares[:PAGE], seen=seen, more=len(shares) > PAGE)
    return render(request, "practice/inbox.html", page)


@get("/inbox/{share:str}", name="practice.show_shared")
async def show_shared(request: AnyRequest, share: FromPath[str], work: NamedDependency[Work], signed_in: Who) -> Answer:
    """One page; with `.txt` the same as plain text. Each look is told to the patient."""
    who = need(signed_in)
    as_plain = share.endswith(TEXT)
    found = await work(service.look, who, _key(share.removesuffix(TEXT)), "copied" if as_plain else "opened")
    if found is None:
        raise NotFoundException
    page = shared_page(who, found)
    if as_plain:
        headers = {"cache-control": "no-store", "content-disposition": 'inline; filename="summary.txt"'}
        return Response(as_text(page), media_type="text/plain", headers=headers)
    return render(request, "practice/shared.html", page)


@get("/inbox/{share:str}/there", name="practice.still_there")
async def still_there(share: FromPath[str], work: NamedDependency[Work], signed_in: Who) -> Answer:
    """For an open page: whether it may still be shown. This is no look."""
    if not await work(service.still_there, need(signed_in), _key(share)):
        raise NotFoundException
    return Response(None, status_code=200, headers={"cache-control": "no-store"})


@post("/inbox/{share:str}/seen", name="practice.mark_seen", status_code=303)
async def mark_seen(request: AnyRequest, share: FromPath[str], work: NamedDependency[Work], signed_in: Who) -> Answer:
    who = need(signed_in)
    seen = (await read_form(request)).one("seen") != "no"
    if not await work(service.mark, who, _key(share), seen):
        raise NotFoundException
    return go_to(request, "/practice")


def _after(text: str) -> tuple[int, UUID] | None:
    rank, _, id = text.partition(".")
    return (int(rank), _key(id)) if rank in ("0", "1", "2") else None


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundException from None


router = Router("/practice", route_handlers=[show_inbox, show_shared, still_there, mark_seen])
