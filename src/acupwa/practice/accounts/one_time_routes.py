"""A link that works once: asked for by mail, and used to choose a password."""

from litestar import get, post
from litestar.params import FromPath
from msgspec.structs import replace

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.networks import networks_of
from acupwa.practice.accounts import one_time_service
from acupwa.practice.accounts.change_mail_routes import tell_change
from acupwa.practice.accounts.cookie import browser_of, door_cookie, in_cookies, shut_door, token_of
from acupwa.practice.accounts.door_page import unusable_link_page
from acupwa.practice.accounts.forms import FORGOT_FIELDS, WELCOME_FIELDS, TypedWelcome, read_welcome, typed_email
from acupwa.practice.accounts.model import OneTime, OneTimeKind, ResetLink, ShutDoor
from acupwa.practice.accounts.pages import (
    forgot_page,
    mail_words,
    no_address_words,
    wait_words,
)
from acupwa.practice.accounts.passwords import hash_password
from acupwa.practice.accounts.rules import read_email, read_token
from acupwa.practice.accounts.sign_in_routes import wait_answer
from acupwa.practice.accounts.way_back import HOME, SECOND
from acupwa.practice.accounts.welcome_page import WelcomePage, keep_fault, welcome_page
from acupwa.practice.accounts.welcome_rules import lacks_second
from acupwa.web.address import address_of
from acupwa.web.forms import FieldError, FormData
from acupwa.web.hashing import hashing
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.mail import Mail
from acupwa.web.origin import origin_of
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render


@get("/sign-in/forgot", name="practice.show_forgot")
async def show_forgot(request: AnyRequest, mail: MailDep) -> Answer:
    return render(request, forgot_page(by_mail=mail is not None))


@post("/sign-in/forgot", name="practice.forgot", status_code=200)
async def forgot(request: AnyRequest, work: WorkDep, mail: MailDep) -> Answer:
    """The same words, and nothing to wait for, whether the address has an account or not."""
    typed = typed_email(await read_declared(request, FORGOT_FIELDS))
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
    link, shut = await _find_link(work, token), shut_door(request)
    if link is None:
        return await _unusable(request, work, token)
    page = welcome_page(link, await work.read(one_time_service.find_ways_in, link), request.url.path, shut=shut)
    cookies = () if shut else [door_cookie(request)]
    return render(request, page, headers={"referrer-policy": "no-referrer"}, cookies=cookies)


@post("/welcome/{token:str}", name="practice.welcome", status_code=303)
async def welcome(request: AnyRequest, token: FromPath[str], work: WorkDep, mail: MailDep) -> Answer:
    """A browser that would not stay signed in does not use it up."""
    link, form = await _find_link(work, token), await read_declared(request, WELCOME_FIELDS)
    if link is None:
        return await _unusable(request, work, token)
    typed, shut = await _read_typed(request, work, link, form), shut_door(request, form)
    if typed.fault is not None or shut:
        return render(request, await _welcome_again(request, work, link, typed, shut), status_code=422)
    return await _use_link(request, work, mail, link, token, typed)


def welcome_link(request: AnyRequest, token: str) -> str:
    return f"{origin_of(request)}/practice/welcome/{token}"


def send_link(mail: Mail | None, kind: OneTimeKind, email: str, clinic: str, link: str) -> bool:
    """Whether it goes by mail."""
    if mail is not None:
        mail.send(email, *mail_words(kind, clinic, link))
    return mail is not None


async def _find_link(work: Work, token: str) -> OneTime | None:
    return await work.read(one_time_service.find_one_time_link, read_token(token))


async def _read_typed(request: AnyRequest, work: Work, link: OneTime, form: FormData) -> TypedWelcome:
    typed = read_welcome(form, link, origin_of(request))
    if typed.fault or not lacks_second(link, await work.read(one_time_service.find_ways_in, link), typed.keep):
        return typed
    return replace(typed, fault=keep_fault())


async def _welcome_again(
    request: AnyRequest, work: Work, link: OneTime, typed: TypedWelcome, shut: ShutDoor | None = None
) -> WelcomePage:
    ways = await work.read(one_time_service.find_ways_in, link)
    return welcome_page(link, ways, request.url.path, typed.name, typed.keep, typed.fault, shut)


async def _use_link(
    request: AnyRequest, work: Work, mail: Mail | None, link: OneTime, token: str, typed: TypedWelcome
) -> Answer:
    new = await work(
        one_time_service.use_one_time_link,
        read_token(token),
        typed.name,
        await hashing(await _place(request, work, token), hash_password, typed.password),
        token_of(request),
        browser_of(request),
        typed.time_zone,
        typed.keep,
    )
    if isinstance(new, FieldError):
        again = await _welcome_again(request, work, link, replace(typed, fault=new))
        return render(request, again, status_code=422)
    if new is None:
        return await _unusable(request, work, token)
    if link.kind != "invitation":
        tell_change(mail, link.practitioner, link.clinic, "password-set")
    return go_to(request, SECOND if new.half else HOME, cookies=in_cookies(request, new))


async def _place(request: AnyRequest, work: Work, token: str) -> str | None:
    """A link that works came by mail or by hand: who holds it is no stranger."""
    return None if await _find_link(work, token) else networks_of(address_of(request))[-1]


async def _unusable(request: AnyRequest, work: Work, token: str) -> Answer:
    why = await work.read(one_time_service.why_unusable, read_token(token))
    return render(request, unusable_link_page(why), status_code=404)


def _sent_or_wait(request: AnyRequest, mail: Mail, email: str, typed: str, asked: ResetLink | Wait | None) -> Answer:
    if isinstance(asked, Wait):
        return wait_answer(request, forgot_page(by_mail=True, email=typed, fault=wait_words(asked.seconds)), asked)
    if asked is not None:
        send_link(mail, "reset", asked.practitioner.email, asked.clinic.name, welcome_link(request, asked.token))
    return render(request, forgot_page(by_mail=True, email=email, sent=True))


HANDLERS = [show_forgot, forgot, show_welcome, welcome]
