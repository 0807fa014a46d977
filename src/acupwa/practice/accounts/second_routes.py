"""After the password: a code from an app, a passkey, or setting one of them up. Until then nothing else opens."""

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from litestar import get, post

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.practice.accounts import passkey_service, second_factor_service
from acupwa.practice.accounts.change_mail import Change
from acupwa.practice.accounts.change_mail_routes import tell_change
from acupwa.practice.accounts.cookie import browser_of, device_of, in_cookies, token_of
from acupwa.practice.accounts.door_page import passkey_fault
from acupwa.practice.accounts.forms import PASSKEY_FIELDS, SECOND_FIELDS
from acupwa.practice.accounts.model import AppOffer, HalfIn, NewSignIn, WrongTry
from acupwa.practice.accounts.pages import wait_words
from acupwa.practice.accounts.passkey_routes import json_of
from acupwa.practice.accounts.passkeys import ask_new
from acupwa.practice.accounts.proof_page import wrong_app_code_words
from acupwa.practice.accounts.second_factor import read_app_code
from acupwa.practice.accounts.second_factor_page import SecondPage, second_page
from acupwa.practice.accounts.sign_in_routes import wait_answer
from acupwa.practice.accounts.way_back import HOME, SIGN_IN, own_page
from acupwa.web.address import address_of
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.mail import Mail
from acupwa.web.origin import origin_of
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render


@get("/sign-in/second", name="practice.show_second")
async def show_second(request: AnyRequest, work: WorkDep) -> Answer:
    next, half = own_page(request.query_params.get("next", "")), await _half(request, work)
    if half is None:
        return go_to(request, f"{SIGN_IN}?next={quote(next)}" if next else SIGN_IN)
    return render(request, second_page(half, await _offer(work, half), next))


@post("/sign-in/second", name="practice.second", status_code=303)
async def second(request: AnyRequest, work: WorkDep, mail: MailDep) -> Answer:
    half, form = await _half(request, work), await read_declared(request, SECOND_FIELDS)
    if half is None:
        return go_to(request, SIGN_IN)
    offer, next = await _offer(work, half, form.raw("offer").strip()), own_page(form.one("next"))
    tried = await _try(request, work, half, offer, read_app_code(form.one("code")))
    _tell_set_up(mail, half, tried, "second-factor-set")
    again = partial(second_page, half, offer, next)
    return _in_or_again(request, tried, again, FieldError("code", wrong_app_code_words()))


@post("/sign-in/second/passkey-options", name="practice.ask_first_passkey", status_code=200, guards=[has_only()])
async def ask_first_passkey(request: AnyRequest, work: WorkDep) -> Answer:
    half = await _half(request, work)
    if half is None:
        return go_to(request, SIGN_IN)
    challenge = await work(passkey_service.make_challenge, half.practitioner.id)
    return json_of(ask_new(origin_of(request), half.practitioner, challenge, ()))


@post("/sign-in/second/passkey", name="practice.add_first_passkey", status_code=303)
async def add_first_passkey(request: AnyRequest, work: WorkDep, mail: MailDep) -> Answer:
    half, form = await _half(request, work), await read_declared(request, PASSKEY_FIELDS)
    if half is None:
        return go_to(request, SIGN_IN)
    tried = await _add_passkey(request, work, half, form.one("answer"))
    _tell_set_up(mail, half, tried, "passkey-added")
    again = partial(second_page, half, await _offer(work, half), own_page(form.one("next")))
    return _in_or_again(request, tried, again, passkey_fault())


async def _add_passkey(request: AnyRequest, work: Work, half: HalfIn, answer: str) -> NewSignIn | WrongTry:
    origin, browser = origin_of(request), browser_of(request)
    return await work(passkey_service.add_first_passkey, half, answer, origin, browser)


async def _half(request: AnyRequest, work: Work) -> HalfIn | None:
    return await work.read(second_factor_service.find_half_in, token_of(request))


async def _offer(work: Work, half: HalfIn, sealed: str = "") -> AppOffer | None:
    """What was shown to whoever has to set up an app, or something new; None where there is one."""
    if not half.sets_up:
        return None
    shown = await work.read(second_factor_service.open_offer, half.practitioner.id, sealed)
    return shown or await work.read(second_factor_service.offer_app, half.practitioner.id)


async def _try(
    request: AnyRequest, work: Work, half: HalfIn, offer: AppOffer | None, code: str
) -> NewSignIn | Wait | WrongTry:
    if offer is not None:
        return await work(second_factor_service.set_up_at_the_door, half, offer, code)
    return await work(second_factor_service.show_second, half, code, device_of(request), address_of(request))


def _in_or_again(
    request: AnyRequest, tried: NewSignIn | Wait | WrongTry, again: Callable[..., SecondPage], wrong: FieldError
) -> Answer:
    if isinstance(tried, Wait):
        return wait_answer(request, again(FieldError("code", wait_words(tried.seconds))), tried)
    if isinstance(tried, WrongTry):
        return render(request, again(wrong), status_code=422)
    return go_to(request, again().next or HOME, cookies=in_cookies(request, tried))


def _tell_set_up(mail: Mail | None, half: HalfIn, tried: object, what: Change) -> None:
    if half.sets_up and isinstance(tried, NewSignIn):
        tell_change(mail, half.practitioner, half.clinic, what)


HANDLERS = [show_second, second, ask_first_passkey, add_first_passkey]
