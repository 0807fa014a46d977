"""The first account of a server: at the address that was shown where it was started, and nowhere else."""

from litestar import get, post
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.practice.accounts import first_service, people_service
from acupwa.practice.accounts.cookie import browser_of, door_cookie, in_cookies, shut_door, token_of
from acupwa.practice.accounts.first_form import FIRST_FIELDS, first_faults, read_first
from acupwa.practice.accounts.first_page import first_elsewhere_page, first_page
from acupwa.practice.accounts.model import NewSignIn, TypedFirst
from acupwa.practice.accounts.pages import wait_words
from acupwa.practice.accounts.passwords import hash_password
from acupwa.practice.accounts.rules import read_token
from acupwa.practice.accounts.sign_in_routes import wait_answer
from acupwa.web.address import address_of
from acupwa.web.forms import FieldError
from acupwa.web.hashing import hashing
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.origin import origin_of
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render

_ADDED = "/practice?done=first"


@get("/first", name="practice.where_first")
async def where_first(request: AnyRequest, work: WorkDep) -> Answer:
    return await _elsewhere(request, work, asked=False)


@get("/first/{token:str}", name="practice.show_first")
async def show_first(request: AnyRequest, token: FromPath[str], work: WorkDep) -> Answer:
    """Looking does not use it up."""
    if not await work.read(first_service.is_open, read_token(token)):
        return await _elsewhere(request, work, asked=True)
    shut = shut_door(request)
    page = first_page(request.url.path, TypedFirst(), shut=shut)
    cookies = () if shut else [door_cookie(request)]
    return render(request, page, headers={"referrer-policy": "no-referrer"}, cookies=cookies)


@post("/first/{token:str}", name="practice.make_first", status_code=303)
async def make_first(request: AnyRequest, token: FromPath[str], work: WorkDep) -> Answer:
    """A browser that would not stay signed in does not use it up."""
    form = await read_declared(request, FIRST_FIELDS)
    if not await work.read(first_service.is_open, read_token(token)):
        return await _wrong(request, work)
    typed, shut = read_first(form), shut_door(request, form)
    faults = first_faults(typed, origin_of(request))
    if faults or shut:
        return render(request, first_page(request.url.path, typed, *faults, shut=shut), status_code=422)
    return await _in_or_again(request, work, typed, await _make(request, work, token, typed))


async def _make(request: AnyRequest, work: Work, token: str, typed: TypedFirst) -> NewSignIn | FieldError | None:
    """Who holds the address is no stranger."""
    return await work(
        first_service.make_first_account,
        read_token(token),
        typed,
        await hashing(None, hash_password, typed.password),
        token_of(request),
        browser_of(request),
    )


async def _in_or_again(
    request: AnyRequest, work: Work, typed: TypedFirst, made: NewSignIn | FieldError | None
) -> Answer:
    match made:
        case None:
            return await _elsewhere(request, work, asked=True)
        case FieldError():
            return render(request, first_page(request.url.path, typed, made), status_code=422)
        case NewSignIn():
            return go_to(request, _ADDED, cookies=in_cookies(request, made))


async def _wrong(request: AnyRequest, work: Work) -> Answer:
    """Once there is an account nothing is guessed here."""
    if await work.read(people_service.has_accounts):
        return await _elsewhere(request, work, asked=True)
    wait = await work(first_service.count_wrong, address_of(request))
    if wait is None:
        return await _elsewhere(request, work, asked=True)
    return wait_answer(request, first_elsewhere_page(made=False, asked=True, wait=wait_words(wait.seconds)), wait)


async def _elsewhere(request: AnyRequest, work: Work, *, asked: bool) -> Answer:
    made = await work.read(people_service.has_accounts)
    page = first_elsewhere_page(made=made, asked=asked)
    return render(request, page, status_code=404 if asked else 200)


HANDLERS = [where_first, show_first, make_first]
