"""One’s own account: name, password, code, sign-ins."""

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.person.codes import shown_code
from acupwa.practice.accounts import passkey_service, people_service, sign_in_service
from acupwa.practice.accounts.change_mail_routes import tell_change
from acupwa.practice.accounts.confirm_page import confirm_end, confirm_end_others
from acupwa.practice.accounts.cookie import Who, need, press_of, typed_before
from acupwa.practice.accounts.forms import NAME_FIELDS, PASSWORD_FIELDS, new_password_fault
from acupwa.practice.accounts.model import PasswordTry, SignedIn, WrongTry
from acupwa.practice.accounts.pages import account_page, more_page, not_your_password_words, wait_words
from acupwa.practice.accounts.password_tries_service import find_own_secret, take_back, try_own_password
from acupwa.practice.accounts.passwords import hash_password, opens
from acupwa.practice.accounts.sign_in_routes import check_password
from acupwa.practice.accounts.weak_password import own_words
from acupwa.web.forms import FieldError
from acupwa.web.hashing import hashing
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.origin import origin_of
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render
from acupwa.web.text import one_line


@get("/more", name="practice.show_more")
async def show_more(request: AnyRequest, signed_in: Who) -> Answer:
    return render(request, more_page(need(signed_in)))


@get("/account", name="practice.show_account")
async def show_account(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    typed = typed_before(request)
    return await show_account_again(request, work, who, name=typed.one("name") if typed else None)


@post("/account/name", name="practice.save_name", status_code=303)
async def save_name(request: AnyRequest, work: WorkDep, mail: MailDep, signed_in: Who) -> Answer:
    who, name = need(signed_in), one_line((await read_declared(request, NAME_FIELDS, "name")).one("name"))
    fault = await work(people_service.change_name, who, name)
    if fault is not None:
        return await show_account_again(request, work, who, fault, name=name, status_code=422)
    tell_change(mail, who.practitioner, who.clinic, "name")
    return go_to(request, "/practice/account?done=name")


@post("/account/password", name="practice.save_password", status_code=303)
async def save_password(request: AnyRequest, work: WorkDep, mail: MailDep, signed_in: Who) -> Answer:
    """The old one is asked for first, where there is one; wrong tries count as at the door."""
    who, form = need(signed_in), await read_declared(request, PASSWORD_FIELDS)
    old, password = form.raw("old"), form.raw("password")
    stopped = new_password_fault(password, _own_words(request, who)) or await _change_password(work, who, old, password)
    if stopped is None:
        tell_change(mail, who.practitioner, who.clinic, "password-set")
        return go_to(request, "/practice/account?done=password")
    status_code = 429 if isinstance(stopped, Wait) else 422
    return await show_account_again(request, work, who, _password_fault(stopped), status_code=status_code)


@post("/account/code", name="practice.make_code", status_code=200, guards=[has_only("press")])
async def make_code(request: AnyRequest, work: WorkDep, mail: MailDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    code = await work(sign_in_service.make_code, who, await press_of(request, who))
    tell_change(mail, who.practitioner, who.clinic, "code-made")
    return await show_account_again(request, work, who, code=shown_code(code))


@post("/account/sign-ins/end-others", name="practice.end_other_sign_ins", status_code=303, guards=[has_only()])
async def end_other_sign_ins(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    await work(sign_in_service.end_other_sign_ins, need(signed_in))
    return go_to(request, "/practice/account?done=others-ended")


@get("/account/sign-ins/end-others", name="practice.ask_end_others")
async def ask_end_others(request: AnyRequest, signed_in: Who) -> Answer:
    need(signed_in)
    return render(request, confirm_end_others())


@post("/account/sign-ins/{sign_in_id:str}/end", name="practice.end_sign_in", status_code=303, guards=[has_only()])
async def end_sign_in(request: AnyRequest, sign_in_id: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    if not await work(sign_in_service.end_sign_in, need(signed_in), read_key(sign_in_id)):
        raise NotFoundException
    return go_to(request, "/practice/account?done=sign-in-ended")


@get("/account/sign-ins/{sign_in_id:str}/end", name="practice.ask_end_sign_in")
async def ask_end_sign_in(request: AnyRequest, sign_in_id: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    key, sign_ins = read_key(sign_in_id), await work.read(sign_in_service.list_sign_ins, who)
    found = next((one for one in sign_ins if one.id == key), None)
    if found is None:
        raise NotFoundException
    return render(request, confirm_end(found))


async def show_account_again(
    request: AnyRequest, work: Work, who: SignedIn, *errors: FieldError, code: str = "", name: str | None = None,
    status_code: int = 200,
) -> Answer:  # fmt: skip
    passkeys = await work.read(passkey_service.list_passkeys, who.practitioner.id)
    page = account_page(
        who, passkeys, await work.read(sign_in_service.list_sign_ins, who), *errors, code=code, name=name
    )
    return render(request, page, status_code=status_code)


async def _change_password(work: Work, who: SignedIn, old: str, password: str) -> Wait | WrongTry | None:
    """What stops the change; None when `password` is theirs from now on, or was already, as after a second press."""
    tried = await work(try_own_password, who)
    if isinstance(tried, Wait):
        return tried
    if await _set_password(work, who, tried, old, password):
        return None
    return await _already_theirs(work, who, tried, password)


async def _set_password(work: Work, who: SignedIn, tried: PasswordTry | None, old: str, password: str) -> bool:
    if tried is not None and not await check_password(work, tried, old):
        return False
    return await work(sign_in_service.set_password, who, tried, await hashing(None, hash_password, password))


async def _already_theirs(work: Work, who: SignedIn, tried: PasswordTry | None, password: str) -> WrongTry | None:
    if not await hashing(None, opens, await work.read(find_own_secret, who), password):
        return WrongTry()
    if tried is not None:
        await work(take_back, tried)
    return None


def _own_words(request: AnyRequest, who: SignedIn) -> frozenset[str]:
    return own_words(who.clinic, who.practitioner, origin_of(request))


def _password_fault(stopped: FieldError | Wait | WrongTry) -> FieldError:
    if isinstance(stopped, FieldError):
        return stopped
    return FieldError("old", wait_words(stopped.seconds) if isinstance(stopped, Wait) else not_your_password_words())


HANDLERS = [
    show_more,
    show_account, save_name, save_password, make_code, end_other_sign_ins, ask_end_others, end_sign_in, ask_end_sign_in,
]  # fmt: skip
