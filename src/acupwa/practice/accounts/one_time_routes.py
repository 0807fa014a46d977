"""A link that works once: asked for by mail, and used to choose a password."""

from anyio import to_thread
from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.attempts import Wait
from acupwa.practice.accounts import one_time_service
from acupwa.practice.accounts.cookie import address_of, browser_of, token_cookie, token_of
from acupwa.practice.accounts.pages import (
    forgot_page,
    mail_words,
    no_address_words,
    wait_words,
    weak_password_words,
    welcome_page,
)
from acupwa.practice.accounts.passwords import hash_password
from acupwa.practice.accounts.rules import EMAIL_LENGTH, NAME_LENGTH, one_line, read_email, weak_password
from acupwa.practice.accounts.sign_in_routes import HASHING, HOME, wait_answer
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.origin import origin_of
from acupwa.web.rendering import go_to, read_form, render


@get("/sign-in/forgot", name="practice.show_forgot")
async def show_forgot(request: AnyRequest, mail: MailDep) -> Answer:
    return render(request, forgot_page(by_mail=mail is not None))


@post("/sign-in/forgot", name="practice.forgot", status_code=200)
async def forgot(request: AnyRequest, work: WorkDep, mail: MailDep) -> Answer:
    """The same words, and nothing to wait for, whether the address has an account or not."""
    typed = (await read_form(request)).one("email")[:EMAIL_LENGTH]
    if mail is None:
        return go_to(request, "/practice/sign-in/forgot")
    email = read_email(typed)
    if email is None:
        page = forgot_page(by_mail=True, email=typed, fault=no_address_words())
        return render(request, page, status_code=422)
    found = await work(one_time_service.ask_reset, email, address_of(request))
    if isinstance(found, Wait):
        page = forgot_page(by_mail=True, email=typed, fault=wait_words(found.seconds))
        return wait_answer(request, page, found)
    if found is not None:
        link = welcome_link(request, found.token)
        mail.send(found.practitioner.email, *mail_words("reset", found.clinic.name, link))
    return render(request, forgot_page(by_mail=True, email=email, sent=True))


@get("/welcome/{token:str}", name="practice.show_welcome")
async def show_welcome(request: AnyRequest, token: FromPath[str], work: WorkDep) -> Answer:
    """Looking does not use the link: mail programs look too."""
    found = await work(one_time_service.find_one_time_link, token[:100])
    if found is None:
        raise NotFoundException
    page = welcome_page(found.practitioner.email, found.clinic.name, found.practitioner.name, request.url.path)
    return render(request, page, headers={"referrer-policy": "no-referrer"})


@post("/welcome/{token:str}", name="practice.welcome", status_code=303)
async def welcome(request: AnyRequest, token: FromPath[str], work: WorkDep) -> Answer:
    found = await work(one_time_service.find_one_time_link, token[:100])
    if found is None:
        raise NotFoundException
    form = await read_form(request)
    password, name = form.one("password"), one_line(form.one("name"), NAME_LENGTH)
    if weak_password(password, found.practitioner.email):
        fault = FieldError("password", weak_password_words())
        page = welcome_page(found.practitioner.email, found.clinic.name, name, request.url.path, fault)
        return render(request, page, status_code=422)
    hashed = await to_thread.run_sync(hash_password, password, limiter=HASHING)
    new = await work(
        one_time_service.use_one_time_link,
        token,
        name,
        hashed,
        token_of(request),
        browser_of(request),
        address_of(request),
    )
    if new is None:
        raise NotFoundException
    return go_to(request, HOME, cookies=[token_cookie(request, new)])


def welcome_link(request: AnyRequest, token: str) -> str:
    return f"{origin_of(request)}/practice/welcome/{token}"


HANDLERS = [show_forgot, forgot, show_welcome, welcome]
