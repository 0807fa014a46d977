"""The door of practitioners: in by password or code, and out."""

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from anyio import sleep
from litestar import get, post

from acupwa.db.attempts import SLOWED_SECONDS, Wait
from acupwa.db.work import Work
from acupwa.person.codes import read_code
from acupwa.practice.accounts import people_service, sign_in_service
from acupwa.practice.accounts.cookie import (
    Who,
    browser_of,
    device_of,
    door_cookie,
    in_cookies,
    shut_door,
    token_of,
)
from acupwa.practice.accounts.forms import CODE_FIELDS, SIGN_IN_FIELDS, TypedSignIn, read_sign_in, read_way_back
from acupwa.practice.accounts.model import NewSignIn, PasswordTry, WayBack, WrongTry
from acupwa.practice.accounts.pages import code_page, sign_in_page, wait_words, wrong_code_words, wrong_words
from acupwa.practice.accounts.password_tries_service import take_back, try_password
from acupwa.practice.accounts.passwords import opens
from acupwa.practice.accounts.second_factor_service import end_half_in, find_half_in
from acupwa.practice.accounts.unsent_service import carry_over
from acupwa.practice.accounts.way_back import HOME, SECOND, SIGN_IN, own_page, way_on
from acupwa.web.address import address_of
from acupwa.web.aside import Busy
from acupwa.web.hashing import hashing
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render
from acupwa.web.templates import Page


@get("/sign-in", name="practice.show_sign_in")
async def show_sign_in(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    back = WayBack(next=own_page(request.query_params.get("next", "")))
    if signed_in is not None:
        return go_to(request, back.next or HOME)
    if await work.read(find_half_in, token_of(request)):
        return go_to(request, _second(back.next))
    shut, ready = shut_door(request), await work.read(people_service.has_accounts)
    page = sign_in_page(ready=ready, back=back, ended=bool(back.next), shut=shut)
    return render(request, page, cookies=() if shut else [door_cookie(request)])


@post("/sign-in", name="practice.sign_in", status_code=303)
async def sign_in(request: AnyRequest, work: WorkDep) -> Answer:
    """By password. An unknown address takes as long and is answered alike."""
    form = await read_declared(request, SIGN_IN_FIELDS)
    typed, back, shut = read_sign_in(form), read_way_back(form), shut_door(request, form)
    again = partial(sign_in_page, email=typed.email, back=back, shut=shut)
    if shut:
        return render(request, again(), status_code=422)
    tried = await _try_password(request, work, typed)
    return await in_or_again(request, work, tried, wrong_words(), lambda fault: again(fault=fault), back)


@get("/sign-in/code", name="practice.show_code")
async def show_code(request: AnyRequest) -> Answer:
    back, shut = WayBack(next=own_page(request.query_params.get("next", ""))), shut_door(request)
    return render(request, code_page(back=back, shut=shut), cookies=() if shut else [door_cookie(request)])


@post("/sign-in/code", name="practice.sign_in_by_code", status_code=303)
async def sign_in_by_code(request: AnyRequest, work: WorkDep) -> Answer:
    """An installed app has cookies of its own: a code typed there takes over no other sign-in."""
    form = await read_declared(request, CODE_FIELDS)
    code, back, shut = read_code(form.one("code")), read_way_back(form), shut_door(request, form)
    if shut:
        return render(request, code_page(back=back, shut=shut), status_code=422)
    tried: NewSignIn | Wait | WrongTry = WrongTry()
    if code is not None:
        tried = await work(sign_in_service.use_code, code, token_of(request), browser_of(request), address_of(request))
    return await in_or_again(request, work, tried, wrong_code_words(), partial(code_page, back=back), back)


@post("/sign-out", name="practice.sign_out", status_code=303)
async def sign_out(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """The cookie stays, of a sign-in that has ended: what another tab still holds unsent finds its way by it."""
    if signed_in is not None:
        await work(sign_in_service.end_sign_in, signed_in, signed_in.sign_in_id)
    elif half := await work.read(find_half_in, token_of(request)):
        await work(end_half_in, half)
    return go_to(request, SIGN_IN, headers={"clear-site-data": '"cache"'})


async def in_or_again(
    request: AnyRequest,
    work: Work,
    tried: NewSignIn | Wait | WrongTry,
    wrong: str,
    page: Callable[[str], Page],
    back: WayBack,
) -> Answer:
    """In with a new cookie, and `back`; or the `page` once more with its fault: to wait, or the words of a `wrong` try."""
    match tried:
        case Wait(seconds):
            return wait_answer(request, page(wait_words(seconds)), tried)
        case WrongTry():
            return render(request, page(wrong), status_code=422)
        case NewSignIn():
            on = way_on(await work(carry_over, tried.token, back.kept), back)
            return go_to(request, _second(on) if tried.half else on, cookies=in_cookies(request, tried))


def _second(next: str) -> str:
    return f"{SECOND}?next={quote(next)}" if next else SECOND


async def _try_password(request: AnyRequest, work: Work, typed: TypedSignIn) -> NewSignIn | Wait | WrongTry:
    tried = await work(try_password, typed.name, address_of(request), device_of(request))
    if isinstance(tried, Wait):
        return tried
    if tried.slow:
        await sleep(SLOWED_SECONDS)
    right = await check_password(work, tried, typed.password)
    return await work(sign_in_service.sign_in_with_password, tried, right, token_of(request), browser_of(request))


async def check_password(work: Work, tried: PasswordTry, password: str) -> bool:
    """Whether it is the right one. A try that found no place in the queue was none. Raises Busy."""
    try:
        return await hashing(tried.place, opens, tried.secret, password)
    except Busy:
        await work(take_back, tried)
        raise


def wait_answer(request: AnyRequest, page: Page, wait: Wait) -> Answer:
    return render(request, page, status_code=429, headers={"retry-after": str(wait.seconds)})


HANDLERS = [show_sign_in, sign_in, show_code, sign_in_by_code, sign_out]
