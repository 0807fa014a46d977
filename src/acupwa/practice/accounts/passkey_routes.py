"""Passkeys: signed in with, added, removed."""

from functools import partial

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.practice.accounts import passkey_service, proof_service
from acupwa.practice.accounts.account_routes import show_account_again
from acupwa.practice.accounts.challenge_service import make_challenge
from acupwa.practice.accounts.change_mail_routes import tell_change
from acupwa.practice.accounts.confirm_page import confirm_passkey
from acupwa.practice.accounts.cookie import Who, browser_of, need, shut_door, token_of
from acupwa.practice.accounts.door_page import passkey_fault
from acupwa.practice.accounts.forms import PASSKEY_FIELDS, read_way_back
from acupwa.practice.accounts.pages import sign_in_page, unknown_passkey_words
from acupwa.practice.accounts.passkeys import ask_new, ask_sign_in
from acupwa.practice.accounts.sign_in_routes import in_or_again
from acupwa.web.address import address_of
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.origin import origin_of
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render


@post("/sign-in/passkey-options", name="practice.ask_passkey", status_code=200, guards=[has_only()])
async def ask_passkey(request: AnyRequest, work: WorkDep) -> Answer:
    challenge = await work.read(make_challenge)
    return json_of(ask_sign_in(origin_of(request), challenge))


@post("/sign-in/passkey", name="practice.sign_in_by_passkey", status_code=303)
async def sign_in_by_passkey(request: AnyRequest, work: WorkDep) -> Answer:
    form = await read_declared(request, PASSKEY_FIELDS)
    back, shut = read_way_back(form), shut_door(request, form)
    if shut:
        return render(request, sign_in_page(back=back, shut=shut), status_code=422)
    tried = await work(
        passkey_service.sign_in_with_passkey,
        form.one("answer"),
        origin_of(request),
        token_of(request),
        browser_of(request),
        address_of(request),
    )
    again = partial(sign_in_page, back=back)
    return await in_or_again(request, work, tried, unknown_passkey_words(), lambda fault: again(fault=fault), back)


@post("/account/passkey-options", name="practice.ask_new_passkey", status_code=200, guards=[has_only()])
async def ask_new_passkey(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in).practitioner
    challenge = await work(passkey_service.ask_challenge, need(signed_in))
    known = await work.read(passkey_service.known_credentials, who.id)
    return json_of(ask_new(origin_of(request), who, challenge, known))


@post("/account/passkeys", name="practice.add_passkey", status_code=303)
async def add_passkey(request: AnyRequest, work: WorkDep, mail: MailDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    answer = (await read_declared(request, PASSKEY_FIELDS)).one("answer")
    if not await work(passkey_service.add_passkey, who, answer, origin_of(request), browser_of(request)):
        return await show_account_again(request, work, who, passkey_fault(), status_code=422)
    tell_change(mail, who.practitioner, who.clinic, "passkey-added")
    return go_to(request, "/practice/account?done=passkey-added")


@post("/account/passkeys/{passkey:str}/remove", name="practice.remove_passkey", status_code=303, guards=[has_only()])
async def remove_passkey(
    request: AnyRequest, passkey: FromPath[str], work: WorkDep, mail: MailDep, signed_in: Who
) -> Answer:
    who = need(signed_in)
    if not await work(passkey_service.remove_passkey, who, read_key(passkey)):
        raise NotFoundException
    tell_change(mail, who.practitioner, who.clinic, "passkey-removed")
    return go_to(request, "/practice/account?done=passkey-removed")


@get("/account/passkeys/{passkey:str}/remove", name="practice.ask_remove_passkey")
async def ask_remove_passkey(request: AnyRequest, passkey: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    await work.read(proof_service.look_proof, who)
    key, passkeys = read_key(passkey), await work.read(passkey_service.list_passkeys, who.practitioner.id)
    found = next((one for one in passkeys if one.id == key), None)
    if found is None:
        raise NotFoundException
    return render(request, confirm_passkey(found))


def json_of(text: str) -> Answer:
    return Response(text.encode(), media_type="application/json", headers={"cache-control": "no-store"})


HANDLERS = [ask_passkey, sign_in_by_passkey, ask_new_passkey, add_passkey, remove_passkey, ask_remove_passkey]
