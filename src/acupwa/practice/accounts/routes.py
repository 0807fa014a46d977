"""Accounts of practitioners: sign in and out, the account, the people of a clinic, the clinic, the trail."""

from typing import Any

import msgspec
from anyio import CapacityLimiter, to_thread
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.person.codes import read_code, shown_code
from acupwa.practice.accounts import service
from acupwa.practice.accounts.cookie import (
    address_of,
    browser_of,
    forget_cookie,
    need,
    need_owner,
    token_cookie,
    token_of,
)
from acupwa.practice.accounts.model import OneTimeKind, Role, SignedIn, StoredPasskey
from acupwa.practice.accounts.pages import (
    account_page,
    clinic_page,
    code_page,
    forgot_page,
    mail_words,
    people_page,
    sign_in_page,
    wait_words,
    welcome_page,
    wrong_code_words,
    wrong_words,
)
from acupwa.practice.accounts.passkeys import (
    PasskeyFault,
    ask_new,
    ask_sign_in,
    challenge_in,
    check_new,
    check_sign_in,
    credential_in,
)
from acupwa.practice.accounts.passwords import fits, hash_password
from acupwa.practice.accounts.rules import (
    CARD_COLOURS,
    CONTACT_LENGTH,
    EMAIL_LENGTH,
    NAME_LENGTH,
    PASSWORD_MOST,
    one_line,
    read_email,
    weak_password,
)
from acupwa.web.forms import FieldError
from acupwa.web.keys import read_key
from acupwa.web.mail import Mail
from acupwa.web.origin import origin_of
from acupwa.web.rendering import go_to, read_form, render
from acupwa.web.templates import Page
from acupwa.wording import gettext as _

AnyRequest = Request[Any, Any, Any]
Answer = Response[Any]
Who = NamedDependency[SignedIn | None]
# Each takes 64 MB while it runs: many at once must not be able to fill the memory.
_HASHING = CapacityLimiter(2)
HOME, SIGN_IN = "/practice", "/practice/sign-in"


@get("/sign-in", name="practice.show_sign_in")
async def show_sign_in(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    if signed_in is not None:
        return go_to(request, HOME)
    return render(request, sign_in_page(ready=await work(service.has_accounts)))


@post("/sign-in", name="practice.sign_in", status_code=303)
async def sign_in(request: AnyRequest, work: NamedDependency[Work]) -> Answer:
    """By password. An unknown address takes as long and is answered alike."""
    form = await read_form(request)
    typed, address = form.one("email")[:EMAIL_LENGTH], address_of(request)
    name = read_email(typed) or typed.lower()
    wait = await work(service.must_wait, address, name)
    if wait is not None:
        return _wait(request, sign_in_page(email=typed, fault=wait_words(wait.seconds)), wait)
    secret = await work(service.find_secret, name)
    right = await to_thread.run_sync(fits, form.one("password")[:PASSWORD_MOST], secret.password_hash, limiter=_HASHING)
    token = None
    if right and secret.practitioner_id is not None:
        token = await work(service.sign_in_with_password, name, token_of(request), browser_of(request), address)
    if token is None:
        await work(service.count_failure, address, name)
        page = sign_in_page(email=typed, fault=wrong_words())
        return render(request, page, status_code=422)
    return go_to(request, HOME, cookies=[token_cookie(request, token)])


@post("/sign-in/passkey-options", name="practice.ask_passkey", status_code=200)
async def ask_passkey(request: AnyRequest, work: NamedDependency[Work]) -> Answer:
    challenge = await work(service.make_challenge, None)
    return _json(ask_sign_in(origin_of(request), challenge))


@post("/sign-in/passkey", name="practice.sign_in_by_passkey", status_code=303)
async def sign_in_by_passkey(request: AnyRequest, work: NamedDependency[Work]) -> Answer:
    answer, address = (await read_form(request)).one("answer"), address_of(request)
    wait = await work(service.must_wait, address)
    if wait is not None:
        return _wait(request, sign_in_page(fault=wait_words(wait.seconds)), wait)
    try:
        challenge = challenge_in(answer)
        stored = await work(service.find_passkey, credential_in(answer))
        if stored is None or not await work(service.take_challenge, challenge, None):
            raise PasskeyFault
        count = check_sign_in(answer, origin_of(request), challenge, stored)
        token = await work(service.sign_in_with_passkey, stored, count, token_of(request), browser_of(request), address)
        if token is None:
            raise PasskeyFault
    except PasskeyFault:
        await work(service.count_failure, address)
        page = sign_in_page(fault=_("This passkey does not open an account here."))
        return render(request, page, status_code=422)
    return go_to(request, HOME, cookies=[token_cookie(request, token)])


@get("/sign-in/code", name="practice.show_code")
async def show_code(request: AnyRequest) -> Answer:
    return render(request, code_page())


@post("/sign-in/code", name="practice.sign_in_by_code", status_code=303)
async def sign_in_by_code(request: AnyRequest, work: NamedDependency[Work]) -> Answer:
    """An installed app has cookies of its own: a code typed there takes over no other sign-in."""
    code = read_code((await read_form(request)).one("code")[:40])
    found = None
    if code is not None:
        found = await work(service.use_code, code, token_of(request), browser_of(request), address_of(request))
    if isinstance(found, Wait):
        return _wait(request, code_page(wait_words(found.seconds)), found)
    if found is None:
        return render(request, code_page(wrong_code_words()), status_code=422)
    return go_to(request, HOME, cookies=[token_cookie(request, found)])


@get("/sign-in/forgot", name="practice.show_forgot")
async def show_forgot(request: AnyRequest) -> Answer:
    return render(request, forgot_page(by_mail=_mail(request) is not None))


@post("/sign-in/forgot", name="practice.forgot", status_code=200)
async def forgot(request: AnyRequest, work: NamedDependency[Work]) -> Answer:
    """The same words, and nothing to wait for, whether the address has an account or not."""
    mail, typed = _mail(request), (await read_form(request)).one("email")[:EMAIL_LENGTH]
    if mail is None:
        return go_to(request, "/practice/sign-in/forgot")
    email = read_email(typed)
    if email is None:
        page = forgot_page(by_mail=True, email=typed, fault=_address_words())
        return render(request, page, status_code=422)
    found = await work(service.ask_reset, email, address_of(request))
    if isinstance(found, Wait):
        page = forgot_page(by_mail=True, email=typed, fault=wait_words(found.seconds))
        return _wait(request, page, found)
    if found is not None:
        who, token = found
        clinic = await work(service.get_clinic, who.clinic_id)
        mail.send(who.email, *mail_words("reset", clinic.name if clinic else "", _welcome_link(request, token)))
    return render(request, forgot_page(by_mail=True, email=email, sent=True))


@post("/sign-out", name="practice.sign_out", status_code=303)
async def sign_out(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    if signed_in is not None:
        await work(service.end_sign_in, signed_in, signed_in.sign_in_id)
    return go_to(request, SIGN_IN, cookies=[forget_cookie(request)], headers={"clear-site-data": '"cache"'})


@get("/welcome/{token:str}", name="practice.show_welcome")
async def show_welcome(request: AnyRequest, token: FromPath[str], work: NamedDependency[Work]) -> Answer:
    """Looking does not use the link: mail programs look too."""
    found = await work(service.find_one_time_link, token[:100])
    if found is None:
        raise NotFoundException
    page = welcome_page(found.practitioner.email, found.clinic.name, found.practitioner.name, request.url.path)
    return render(request, page, headers={"referrer-policy": "no-referrer"})


@post("/welcome/{token:str}", name="practice.welcome", status_code=303)
async def welcome(request: AnyRequest, token: FromPath[str], work: NamedDependency[Work]) -> Answer:
    found = await work(service.find_one_time_link, token[:100])
    if found is None:
        raise NotFoundException
    form = await read_form(request)
    password, name = form.one("password"), one_line(form.one("name"), NAME_LENGTH)
    if weak_password(password, found.practitioner.email):
        fault = FieldError("password", _weak_words())
        page = welcome_page(found.practitioner.email, found.clinic.name, name, request.url.path, fault)
        return render(request, page, status_code=422)
    hashed = await to_thread.run_sync(hash_password, password, limiter=_HASHING)
    new = await work(
        service.use_one_time_link, token, name, hashed, token_of(request), browser_of(request), address_of(request)
    )
    if new is None:
        raise NotFoundException
    return go_to(request, HOME, cookies=[token_cookie(request, new)])


# ------------------------------------------------------------------ the account


@get("/account", name="practice.show_account")
async def show_account(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    return await _account(request, work, need(signed_in))


@post("/account/name", name="practice.save_name", status_code=303)
async def save_name(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    who = need(signed_in)
    await work(service.save_name, who.practitioner.id, one_line((await read_form(request)).one("name"), NAME_LENGTH))
    return go_to(request, "/practice/account")


@post("/account/password", name="practice.save_password", status_code=303)
async def save_password(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    """The old one is asked for first, where there is one; wrong tries count as at the door."""
    who = need(signed_in)
    form = await read_form(request)
    email, address = who.practitioner.email, address_of(request)
    wait = await work(service.must_wait, address, email)
    if wait is not None:
        return await _account(request, work, who, FieldError("old", wait_words(wait.seconds)), status_code=429)
    if await work(service.has_password, who.practitioner.id):
        secret = await work(service.find_secret, email)
        if not await to_thread.run_sync(fits, form.one("old")[:PASSWORD_MOST], secret.password_hash, limiter=_HASHING):
            await work(service.count_failure, address, email)
            fault = FieldError("old", _("That is not your password now."))
            return await _account(request, work, who, fault, status_code=422)
    if weak_password(form.one("password"), email):
        return await _account(request, work, who, FieldError("password", _weak_words()), status_code=422)
    hashed = await to_thread.run_sync(hash_password, form.one("password"), limiter=_HASHING)
    await work(service.set_password, who, hashed)
    return go_to(request, "/practice/account")


@post("/account/code", name="practice.make_code", status_code=200)
async def make_code(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    who = need(signed_in)
    return await _account(request, work, who, code=shown_code(await work(service.make_code, who)))


@post("/account/passkey-options", name="practice.ask_new_passkey", status_code=200)
async def ask_new_passkey(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    who = need(signed_in).practitioner
    challenge = await work(service.make_challenge, who.id)
    known = await work(service.known_credentials, who.id)
    return _json(ask_new(origin_of(request), who, challenge, known))


@post("/account/passkeys", name="practice.add_passkey", status_code=303)
async def add_passkey(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    who = need(signed_in)
    answer = (await read_form(request)).one("answer")
    try:
        challenge = challenge_in(answer)
        if not await work(service.take_challenge, challenge, who.practitioner.id):
            raise PasskeyFault
        made = check_new(answer, origin_of(request), challenge)
    except PasskeyFault:
        return await _account(request, work, who, FieldError("passkey", _not_added()), status_code=422)
    stored = StoredPasskey(
        practitioner_id=who.practitioner.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
    )
    if not await work(service.add_passkey, who, stored, browser_of(request)):
        return await _account(request, work, who, FieldError("passkey", _not_added()), status_code=422)
    return go_to(request, "/practice/account")


@post("/account/passkeys/{passkey:str}/remove", name="practice.remove_passkey", status_code=303)
async def remove_passkey(
    request: AnyRequest, passkey: FromPath[str], work: NamedDependency[Work], signed_in: Who
) -> Answer:
    if not await work(service.remove_passkey, need(signed_in), read_key(passkey)):
        raise NotFoundException
    return go_to(request, "/practice/account")


@post("/account/sign-ins/end-others", name="practice.end_other_sign_ins", status_code=303)
async def end_other_sign_ins(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    await work(service.end_other_sign_ins, need(signed_in))
    return go_to(request, "/practice/account")


@post("/account/sign-ins/{sign_in_id:str}/end", name="practice.end_sign_in", status_code=303)
async def end_sign_in(
    request: AnyRequest, sign_in_id: FromPath[str], work: NamedDependency[Work], signed_in: Who
) -> Answer:
    if not await work(service.end_sign_in, need(signed_in), read_key(sign_in_id)):
        raise NotFoundException
    return go_to(request, "/practice/account")


# ------------------------------------------------------------------ for the owner


@get("/people", name="practice.show_people")
async def show_people(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    people = await work(service.list_practitioners, who.clinic.id)
    return render(request, people_page(who, people))


@post("/people", name="practice.invite", status_code=200)
async def invite(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    """The link is shown in the answer itself: only its hash is kept."""
    who = need_owner(signed_in)
    form = await read_form(request)
    typed = form.one("email")[:EMAIL_LENGTH]
    email, name = read_email(typed), one_line(form.one("name"), NAME_LENGTH)
    role: Role = "owner" if form.one("role") == "owner" else "practitioner"
    token = await work(service.add_practitioner, email, name, who.clinic.id, role, who.practitioner) if email else None
    people = await work(service.list_practitioners, who.clinic.id)
    if email is None or token is None:
        there = _("This address cannot be added. If they work here already, make a new link below.")
        fault = FieldError("email", there if email else _address_words())
        page = people_page(who, people, fault, email=typed, name=name, role=role)
        return render(request, page, status_code=422)
    link = _welcome_link(request, token)
    mailed = _send(request, who, "invitation", email, link)
    page = people_page(who, people, link=link, link_for=email, mailed=mailed)
    return render(request, page)


@post("/people/{practitioner:str}/link", name="practice.make_reset", status_code=200)
async def make_reset(
    request: AnyRequest, practitioner: FromPath[str], work: NamedDependency[Work], signed_in: Who
) -> Answer:
    """A new invitation, or a reset for one who has signed in before."""
    who = need_owner(signed_in)
    people = await work(service.list_practitioners, who.clinic.id)
    found = next((one for one in people if one.id == read_key(practitioner)), None)
    if found is None:
        raise NotFoundException
    kind: OneTimeKind = "reset" if found.ready else "invitation"
    token = await work(service.invite_again, found.email, kind, who.practitioner)
    link = _welcome_link(request, token) if token else ""
    mailed = _send(request, who, kind, found.email, link) if link else False
    page = people_page(who, people, link=link, link_for=found.email, mailed=mailed)
    return render(request, page)


@post("/people/{practitioner:str}/role", name="practice.set_role", status_code=303)
async def set_role(
    request: AnyRequest, practitioner: FromPath[str], work: NamedDependency[Work], signed_in: Who
) -> Answer:
    who = need_owner(signed_in)
    role: Role = "owner" if (await read_form(request)).one("role") == "owner" else "practitioner"
    people = await work(service.list_practitioners, who.clinic.id)
    found = next((one for one in people if one.id == read_key(practitioner)), None)
    if found is None or not await work(service.set_role, found.email, role, who.practitioner):
        raise NotFoundException
    return go_to(request, "/practice/people")


@post("/people/{practitioner:str}/remove", name="practice.remove", status_code=303)
async def remove(
    request: AnyRequest, practitioner: FromPath[str], work: NamedDependency[Work], signed_in: Who
) -> Answer:
    who = need_owner(signed_in)
    people = await work(service.list_practitioners, who.clinic.id)
    found = next((one for one in people if one.id == read_key(practitioner)), None)
    if found is None or not await work(service.remove_practitioner, found.email, who.practitioner):
        raise NotFoundException
    return go_to(request, "/practice/people")


@get("/clinic", name="practice.show_clinic")
async def show_clinic(request: AnyRequest, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    return render(request, clinic_page(who, who.clinic))


@post("/clinic", name="practice.save_clinic", status_code=303)
async def save_clinic(request: AnyRequest, work: NamedDependency[Work], signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    form = await read_form(request)
    colours = form.one("colours")
    clinic = msgspec.structs.replace(
        who.clinic,
        name=one_line(form.one("name"), NAME_LENGTH),
        contact=one_line(form.one("contact"), CONTACT_LENGTH),
        colours=next((one for one in CARD_COLOURS if one == colours), who.clinic.colours),
    )
    if not clinic.name:
        page = clinic_page(who, clinic, FieldError("name", _("Type the name of the clinic.")))
        return render(request, page, status_code=422)
    await work(service.save_clinic, clinic, who.practitioner)
    return go_to(request, "/practice/clinic")


# ------------------------------------------------------------------ shared


async def _account(
    request: AnyRequest, work: Work, who: SignedIn, *errors: FieldError, code: str = "", status_code: int = 200
) -> Answer:
    passkeys = await work(service.list_passkeys, who.practitioner.id)
    page = account_page(who, passkeys, await work(service.list_sign_ins, who), *errors, code=code)
    return render(request, page, status_code=status_code)


def _wait(request: AnyRequest, page: Page, wait: Wait) -> Answer:
    return render(request, page, status_code=429, headers={"retry-after": str(wait.seconds)})


def _json(text: str) -> Answer:
    return Response(text.encode(), media_type="application/json", headers={"cache-control": "no-store"})


def _welcome_link(request: AnyRequest, token: str) -> str:
    return f"{origin_of(request)}/practice/welcome/{token}"


def _mail(request: AnyRequest) -> Mail | None:
    return request.app.state.mail  # type: ignore[no-any-return]


def _send(request: AnyRequest, by: SignedIn, kind: OneTimeKind, email: str, link: str) -> bool:
    """Whether it goes by mail, too."""
    mail = _mail(request)
    if mail is not None:
        mail.send(email, *mail_words(kind, by.clinic.name, link))
    return mail is not None


def _address_words() -> str:
    return _("Type an e-mail address, such as name@example.org.")


def _weak_words() -> str:
    return _("Use 12 characters or more, such as four words that do not belong together. Not the address.")


def _not_added() -> str:
    return _("The passkey was not added. Please try again.")


HANDLERS = [
    show_sign_in, sign_in, show_forgot, forgot, ask_passkey, sign_in_by_passkey, show_code, sign_in_by_code, sign_out,
    show_welcome, welcome,
    show_account, save_name, save_password, make_code, ask_new_passkey, add_passkey, remove_passkey,
    end_other_sign_ins, end_sign_in,
    show_people, invite, make_reset, set_role, remove, show_clinic, save_clinic,
]  # fmt: skip
router = Router("/practice", route_handlers=HANDLERS)
