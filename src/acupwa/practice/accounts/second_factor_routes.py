"""An app for codes: set up and taken off in one's account; taken off by an owner for whoever lost the phone."""

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.practice.accounts import proof_service, second_factor_service
from acupwa.practice.accounts.account_routes import show_account_again
from acupwa.practice.accounts.change_mail_routes import tell_change
from acupwa.practice.accounts.cookie import Who, need, need_owner
from acupwa.practice.accounts.forms import APP_FIELDS
from acupwa.practice.accounts.model import AppOffer, SignedIn
from acupwa.practice.accounts.people_routes import other_of
from acupwa.practice.accounts.proof_page import wrong_app_code_words
from acupwa.practice.accounts.second_factor import read_app_code
from acupwa.practice.accounts.second_factor_page import (
    confirm_app_off,
    confirm_app_off_of,
    offer_over_words,
    second_factor_page,
    still_needed_words,
)
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render


@get("/account/second-factor", name="practice.show_second_factor")
async def show_second_factor(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    await work.read(proof_service.look_proof, who)
    return render(request, second_factor_page(who, await _new_offer(work, who)))


@post("/account/second-factor", name="practice.set_second_factor", status_code=303)
async def set_second_factor(request: AnyRequest, work: WorkDep, mail: MailDep, signed_in: Who) -> Answer:
    who, form = need(signed_in), await read_declared(request, APP_FIELDS)
    offer, fault = await _set_up(work, who, form.raw("offer").strip(), read_app_code(form.one("code")))
    if fault is not None:
        return render(request, second_factor_page(who, offer, fault), status_code=422)
    tell_change(mail, who.practitioner, who.clinic, "second-factor-set")
    return go_to(request, "/practice/account?done=second-factor-set")


@get("/account/second-factor/off", name="practice.ask_second_factor_off")
async def ask_second_factor_off(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    await work.read(proof_service.look_proof, need(signed_in))
    return render(request, confirm_app_off())


@post("/account/second-factor/off", name="practice.take_off_second_factor", status_code=303, guards=[has_only()])
async def take_off_second_factor(request: AnyRequest, work: WorkDep, mail: MailDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    if not await work(second_factor_service.take_off_app, who):
        fault = FieldError("second_factor", still_needed_words())
        return await show_account_again(request, work, who, fault, status_code=422)
    tell_change(mail, who.practitioner, who.clinic, "second-factor-removed")
    return go_to(request, "/practice/account?done=second-factor-removed")


@get("/people/{practitioner:str}/second-factor", name="practice.ask_second_factor_of")
async def ask_second_factor_of(
    request: AnyRequest, practitioner: FromPath[str], work: WorkDep, signed_in: Who
) -> Answer:
    who = need_owner(signed_in)
    await work.read(proof_service.look_proof, who)
    return render(request, confirm_app_off_of(await other_of(work, who, practitioner)))


@post(
    "/people/{practitioner:str}/second-factor",
    name="practice.take_off_second_factor_of",
    status_code=303,
    guards=[has_only()],
)
async def take_off_second_factor_of(
    request: AnyRequest, practitioner: FromPath[str], work: WorkDep, mail: MailDep, signed_in: Who
) -> Answer:
    who = need_owner(signed_in)
    found = await other_of(work, who, practitioner)
    if not await work(second_factor_service.take_off_app_of, found.email, who):
        raise NotFoundException
    tell_change(mail, found, who.clinic, "second-factor-removed")
    return go_to(request, "/practice/people?done=second-factor-of")


async def _set_up(work: Work, who: SignedIn, shown: str, code: str) -> tuple[AppOffer, FieldError | None]:
    """What was offered, or something new where that is past its time, with what is wrong."""
    offer = await work.read(second_factor_service.open_offer, who.practitioner.id, shown)
    if offer is None:
        return await _new_offer(work, who), FieldError("code", offer_over_words())
    right = await work(second_factor_service.set_up_app, who, offer, code)
    return offer, None if right else FieldError("code", wrong_app_code_words())


async def _new_offer(work: Work, who: SignedIn) -> AppOffer:
    return await work.read(second_factor_service.offer_app, who.practitioner.id)


HANDLERS = [
    show_second_factor, set_second_factor, ask_second_factor_off, take_off_second_factor, ask_second_factor_of,
    take_off_second_factor_of,
]  # fmt: skip
