"""Passkeys: signed in with, added, removed."""

from litestar import Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.practice.accounts import passkey_service, sign_in_service
from acupwa.practice.accounts.account_routes import show_account_again
from acupwa.practice.accounts.cookie import Who, address_of, browser_of, need, token_cookie, token_of
from acupwa.practice.accounts.model import StoredPasskey
from acupwa.practice.accounts.pages import sign_in_page, wait_words
from acupwa.practice.accounts.passkeys import (
    PasskeyFault,
    ask_new,
    ask_sign_in,
    challenge_in,
    check_new,
    check_sign_in,
    credential_in,
)
from acupwa.practice.accounts.sign_in_routes import HOME, wait_answer
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.origin import origin_of
from acupwa.web.rendering import go_to, read_form, render
from acupwa.wording import gettext as _


@post("/sign-in/passkey-options", name="practice.ask_passkey", status_code=200)
async def ask_passkey(request: AnyRequest, work: WorkDep) -> Answer:
    challenge = await work(passkey_service.make_challenge, None)
    return _json(ask_sign_in(origin_of(request), challenge))


@post("/sign-in/passkey", name="practice.sign_in_by_passkey", status_code=303)
async def sign_in_by_passkey(request: AnyRequest, work: WorkDep) -> Answer:
    answer, address = (await read_form(request)).one("answer"), address_of(request)
    wait = await work(sign_in_service.must_wait, address)
    if wait is not None:
        return wait_answer(request, sign_in_page(fault=wait_words(wait.seconds)), wait)
    try:
        challenge = challenge_in(answer)
        stored = await work(passkey_service.find_passkey, credential_in(answer))
        if stored is None or not await work(passkey_service.take_challenge, challenge, None):
            raise PasskeyFault
        count = check_sign_in(answer, origin_of(request), challenge, stored)
        token = await work(
            passkey_service.sign_in_with_passkey, stored, count, token_of(request), browser_of(request), address
        )
        if token is None:
            raise PasskeyFault
    except PasskeyFault:
        await work(sign_in_service.count_failure, address)
        page = sign_in_page(fault=_("This passkey does not open an account here."))
        return render(request, page, status_code=422)
    return go_to(request, HOME, cookies=[token_cookie(request, token)])


@post("/account/passkey-options", name="practice.ask_new_passkey", status_code=200)
async def ask_new_passkey(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in).practitioner
    challenge = await work(passkey_service.make_challenge, who.id)
    known = await work(passkey_service.known_credentials, who.id)
    return _json(ask_new(origin_of(request), who, challenge, known))


@post("/account/passkeys", name="practice.add_passkey", status_code=303)
async def add_passkey(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    answer = (await read_form(request)).one("answer")
    try:
        challenge = challenge_in(answer)
        if not await work(passkey_service.take_challenge, challenge, who.practitioner.id):
            raise PasskeyFault
        made = check_new(answer, origin_of(request), challenge)
    except PasskeyFault:
        return await show_account_again(request, work, who, FieldError("passkey", _not_added()), status_code=422)
    stored = StoredPasskey(
        practitioner_id=who.practitioner.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
    )
    if not await work(passkey_service.add_passkey, who, stored, browser_of(request)):
        return await show_account_again(request, work, who, FieldError("passkey", _not_added()), status_code=422)
    return go_to(request, "/practice/account")


@post("/account/passkeys/{passkey:str}/remove", name="practice.remove_passkey", status_code=303)
async def remove_passkey(request: AnyRequest, passkey: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    if not await work(passkey_service.remove_passkey, need(signed_in), read_key(passkey)):
        raise NotFoundException
    return go_to(request, "/practice/account")


def _json(text: str) -> Answer:
    return Response(text.encode(), media_type="application/json", headers={"cache-control": "no-store"})


def _not_added() -> str:
    return _("The passkey was not added. Please try again.")


HANDLERS = [ask_passkey, sign_in_by_passkey, ask_new_passkey, add_passkey, remove_passkey]
