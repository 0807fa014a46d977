"""The door of practitioners: in by password or code, and out."""

from anyio import CapacityLimiter, to_thread
from litestar import get, post

from acupwa.db.attempts import Wait
from acupwa.person.codes import read_code
from acupwa.practice.accounts import people_service, sign_in_service
from acupwa.practice.accounts.cookie import Who, address_of, browser_of, forget_cookie, token_cookie, token_of
from acupwa.practice.accounts.model import NewSignIn, WrongCode
from acupwa.practice.accounts.pages import code_page, sign_in_page, wait_words, wrong_code_words, wrong_words
from acupwa.practice.accounts.passwords import fits
from acupwa.practice.accounts.rules import EMAIL_LENGTH, PASSWORD_MOST, read_email
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.rendering import go_to, read_form, render
from acupwa.web.templates import Page

HOME, SIGN_IN = "/practice", "/practice/sign-in"
# Each takes 64 MB while it runs: many at once must not be able to fill the memory.
HASHING = CapacityLimiter(2)


@get("/sign-in", name="practice.show_sign_in")
async def show_sign_in(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    if signed_in is not None:
        return go_to(request, HOME)
    return render(request, sign_in_page(ready=await work(people_service.has_accounts)))


@post("/sign-in", name="practice.sign_in", status_code=303)
async def sign_in(request: AnyRequest, work: WorkDep) -> Answer:
    """By password. An unknown address takes as long and is answered alike."""
    form = await read_form(request)
    typed, address = form.one("email")[:EMAIL_LENGTH], address_of(request)
    name = read_email(typed) or typed.lower()
    wait = await work(sign_in_service.must_wait, address, name)
    if wait is not None:
        return wait_answer(request, sign_in_page(email=typed, fault=wait_words(wait.seconds)), wait)
    secret = await work(sign_in_service.find_secret, name)
    right = await to_thread.run_sync(fits, form.one("password")[:PASSWORD_MOST], secret.password_hash, limiter=HASHING)
    token = None
    if right and secret.practitioner_id is not None:
        token = await work(sign_in_service.sign_in_with_password, name, token_of(request), browser_of(request), address)
    if token is None:
        await work(sign_in_service.count_failure, address, name)
        page = sign_in_page(email=typed, fault=wrong_words())
        return render(request, page, status_code=422)
    return go_to(request, HOME, cookies=[token_cookie(request, token)])


@get("/sign-in/code", name="practice.show_code")
async def show_code(request: AnyRequest) -> Answer:
    return render(request, code_page())


@post("/sign-in/code", name="practice.sign_in_by_code", status_code=303)
async def sign_in_by_code(request: AnyRequest, work: WorkDep) -> Answer:
    """An installed app has cookies of its own: a code typed there takes over no other sign-in."""
    code = read_code((await read_form(request)).one("code")[:40])
    found: NewSignIn | Wait | WrongCode = WrongCode()
    if code is not None:
        found = await work(sign_in_service.use_code, code, token_of(request), browser_of(request), address_of(request))
    match found:
        case Wait(seconds):
            return wait_answer(request, code_page(wait_words(seconds)), found)
        case WrongCode():
            return render(request, code_page(wrong_code_words()), status_code=422)
        case NewSignIn(token):
            return go_to(request, HOME, cookies=[token_cookie(request, token)])


@post("/sign-out", name="practice.sign_out", status_code=303)
async def sign_out(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    if signed_in is not None:
        await work(sign_in_service.end_sign_in, signed_in, signed_in.sign_in_id)
    return go_to(request, SIGN_IN, cookies=[forget_cookie(request)], headers={"clear-site-data": '"cache"'})


def wait_answer(request: AnyRequest, page: Page, wait: Wait) -> Answer:
    return render(request, page, status_code=429, headers={"retry-after": str(wait.seconds)})


HANDLERS = [show_sign_in, sign_in, show_code, sign_in_by_code, sign_out]
