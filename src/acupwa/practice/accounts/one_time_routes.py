"""A link that works once: asked for by mail, and used to choose a password."""

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.practice.accounts import one_time_service
from acupwa.practice.accounts.cookie import address_of, browser_of, token_cookie, token_of
from acupwa.practice.accounts.forms import read_welcome, typed_email
from acupwa.practice.accounts.model import OneTime, OneTimeKind, ResetLink
from acupwa.practice.accounts.pages import forgot_page, mail_words, no_address_words, wait_words, welcome_page
from acupwa.practice.accounts.rules import read_email, read_token
from acupwa.practice.accounts.sign_in_routes import HOME, hash_in_turn, wait_answer
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.mail import Mail
from acupwa.web.origin import origin_of
from acupwa.web.rendering import go_to, read_form, render


@get("/sign-in/forgot", name="practice.show_forgot")
async def show_forgot(request: AnyRequest, mail: MailDep) -> Answer:
    return render(request, forgot_page(by_mail=mail is not None))


@post("/sign-in/forgot", name="practice.forgot", status_code=200)
async def forgot(request: AnyRequest, work: WorkDep, mail: MailDep) -> Answer:
    """The same words, and nothing to wait for, whether the address has an account or not."""
    typed = typed_email(await read_form(request))
    if mail is None:
        return go_to(request, "/practice/sign-in/forgot")
    email = read_email(typed)
    if email is None:
        return render(request, forgot_page(by_mail=True, email=typed, fault=no_address_words()), status_code=422)
    asked = await work(one_time_service.ask_reset, email, address_of(request))
    return _sent_or_wait(request, mail, email, typed, asked)


@get("/welcome/{token:str}", name="practice.show_welcome")
async def show_welcome(request: AnyRequest, token: FromPath[str], work: WorkDep) -> Answer:
    """Looking does not use the link: mail programs look too."""
    page = welcome_page(await _open_link(work, token), request.url.path)
    return render(request, page, headers={"referrer-policy": "no-referrer"})


@post("/welcome/{token:str}", name="practice.welcome", status_code=303)
async def welcome(request: AnyRequest, token: FromPath[str], work: WorkDep) -> Answer:
    link = await _open_link(work, token)
    typed = read_welcome(await read_form(request), link.practitioner.email)
    if typed.fault is not None:
        return render(request, welcome_page(link, request.url.path, typed.name, typed.fault), status_code=422)
    new = await work(
        one_time_service.use_one_time_link,
        read_token(token),
        typed.name,
        await hash_in_turn(typed.password),
        token_of(request),
        browser_of(request),
        address_of(request),
    )
    if new is None:
        raise NotFoundException
    return go_to(request, HOME, cookies=[token_cookie(request, new)])


def welcome_link(request: AnyRequest, token: str) -> str:
    return f"{origin_of(request)}/practice/welcome/{token}"


def send_link(mail: Mail | None, kind: OneTimeKind, email: str, clinic: str, link: str) -> bool:
    """Whether it goes by mail."""
    if mail is not None:
        mail.send(email, *mail_words(kind, clinic, link))
    return mail is not None


async def _open_link(work: Work, token: str) -> OneTime:
    found = await work(one_time_service.find_one_time_link, read_token(token))
    if found is None:
        raise NotFoundException
    return found


def _sent_or_wait(request: AnyRequest, mail: Mail, email: str, typed: str, asked: ResetLink | Wait | None) -> Answer:
    if isinstance(asked, Wait):
        return wait_answer(request, forgot_page(by_mail=True, email=typed, fault=wait_words(asked.seconds)), asked)
    if asked is not None:
        send_link(mail, "reset", asked.practitioner.email, asked.clinic.name, welcome_link(request, asked.token))
    return render(request, forgot_page(by_mail=True, email=email, sent=True))


HANDLERS = [show_forgot, forgot, show_welcome, welcome]
