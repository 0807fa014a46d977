"""One’s own account: name, password, code, sign-ins."""

from anyio import to_thread
from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.person.codes import shown_code
from acupwa.practice.accounts import passkey_service, people_service, sign_in_service
from acupwa.practice.accounts.cookie import Who, address_of, need
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.pages import account_page, wait_words, weak_password_words
from acupwa.practice.accounts.passwords import fits, hash_password
from acupwa.practice.accounts.rules import NAME_LENGTH, PASSWORD_MOST, one_line, weak_password
from acupwa.practice.accounts.sign_in_routes import HASHING
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.rendering import go_to, read_form, render
from acupwa.wording import gettext as _


@get("/account", name="practice.show_account")
async def show_account(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    return await show_account_again(request, work, need(signed_in))


@post("/account/name", name="practice.save_name", status_code=303)
async def save_name(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    await work(
        people_service.save_name, who.practitioner.id, one_line((await read_form(request)).one("name"), NAME_LENGTH)
    )
    return go_to(request, "/practice/account")


@post("/account/password", name="practice.save_password", status_code=303)
async def save_password(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """The old one is asked for first, where there is one; wrong tries count as at the door."""
    who = need(signed_in)
    form = await read_form(request)
    email, address = who.practitioner.email, address_of(request)
    wait = await work(sign_in_service.must_wait, address, email)
    if wait is not None:
        return await show_account_again(
            request, work, who, FieldError("old", wait_words(wait.seconds)), status_code=429
        )
    if await work(sign_in_service.has_password, who.practitioner.id):
        secret = await work(sign_in_service.find_secret, email)
        if not await to_thread.run_sync(fits, form.one("old")[:PASSWORD_MOST], secret.password_hash, limiter=HASHING):
            await work(sign_in_service.count_failure, address, email)
            fault = FieldError("old", _("That is not your password now."))
            return await show_account_again(request, work, who, fault, status_code=422)
    if weak_password(form.one("password"), email):
        return await show_account_again(
            request, work, who, FieldError("password", weak_password_words()), status_code=422
        )
    hashed = await to_thread.run_sync(hash_password, form.one("password"), limiter=HASHING)
    await work(sign_in_service.set_password, who, hashed)
    return go_to(request, "/practice/account")


@post("/account/code", name="practice.make_code", status_code=200)
async def make_code(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    return await show_account_again(request, work, who, code=shown_code(await work(sign_in_service.make_code, who)))


@post("/account/sign-ins/end-others", name="practice.end_other_sign_ins", status_code=303)
async def end_other_sign_ins(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    await work(sign_in_service.end_other_sign_ins, need(signed_in))
    return go_to(request, "/practice/account")


@post("/account/sign-ins/{sign_in_id:str}/end", name="practice.end_sign_in", status_code=303)
async def end_sign_in(request: AnyRequest, sign_in_id: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    if not await work(sign_in_service.end_sign_in, need(signed_in), read_key(sign_in_id)):
        raise NotFoundException
    return go_to(request, "/practice/account")


async def show_account_again(
    request: AnyRequest, work: Work, who: SignedIn, *errors: FieldError, code: str = "", status_code: int = 200
) -> Answer:
    passkeys = await work(passkey_service.list_passkeys, who.practitioner.id)
    page = account_page(who, passkeys, await work(sign_in_service.list_sign_ins, who), *errors, code=code)
    return render(request, page, status_code=status_code)


HANDLERS = [show_account, save_name, save_password, make_code, end_other_sign_ins, end_sign_in]
