"""For the owner of a clinic: its people, and its card."""

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.practice.accounts import people_service, proof_service
from acupwa.practice.accounts.confirm_page import confirm_link, confirm_removal, confirm_role
from acupwa.practice.accounts.cookie import Who, need_owner, press_of, typed_before
from acupwa.practice.accounts.forms import (
    CLINIC_FIELDS,
    INVITATION_FIELDS,
    ROLE_FIELDS,
    clinic_fault,
    own_factor_first,
    read_clinic,
    read_invitation,
    read_role,
)
from acupwa.practice.accounts.model import Practitioner, SignedIn
from acupwa.practice.accounts.one_time_routes import send_link, welcome_link
from acupwa.practice.accounts.pages import clinic_page, not_invited_page, people_page, typed_people_page
from acupwa.web.forms import FormData
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render


@get("/people", name="practice.show_people")
async def show_people(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    people = await work.read(people_service.list_practitioners, who.clinic.id)
    typed = read_invitation(typed_before(request) or FormData(()))
    return render(request, typed_people_page(who, people, typed))


@post("/people", name="practice.invite", status_code=200)
async def invite(request: AnyRequest, work: WorkDep, mail: MailDep, signed_in: Who) -> Answer:
    """The link is shown in the answer itself: only its hash is kept."""
    who = need_owner(signed_in)
    typed = read_invitation(await read_declared(request, INVITATION_FIELDS))
    token, people = await work(people_service.invite, typed, who, await press_of(request, who))
    if token is None:
        return render(request, not_invited_page(who, people, typed), status_code=422)
    link = welcome_link(request, token)
    mailed = send_link(mail, "invitation", typed.email, who.clinic.name, link)
    return render(request, people_page(who, people, link=link, link_for=typed.email, mailed=mailed))


@post("/people/{practitioner:str}/link", name="practice.make_reset", status_code=200, guards=[has_only("press")])
async def make_reset(
    request: AnyRequest, practitioner: FromPath[str], work: WorkDep, mail: MailDep, signed_in: Who
) -> Answer:
    who = need_owner(signed_in)
    made = await work(people_service.make_link_again, read_key(practitioner), who, await press_of(request, who))
    if made is None:
        raise NotFoundException
    link, email = welcome_link(request, made.token), made.practitioner.email
    mailed = send_link(mail, made.kind, email, who.clinic.name, link)
    return render(request, people_page(who, made.people, link=link, link_for=email, mailed=mailed))


@get("/people/{practitioner:str}/link", name="practice.ask_reset")
async def ask_reset(request: AnyRequest, practitioner: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    await work.read(proof_service.look_proof, who)
    people = await work.read(people_service.list_practitioners, who.clinic.id)
    found = next((one for one in people if one.id == read_key(practitioner)), None)
    if found is None:
        raise NotFoundException
    return render(request, confirm_link(found, await work.read(people_service.find_told_name, found)))


@post("/people/{practitioner:str}/role", name="practice.set_role", status_code=303)
async def set_role(request: AnyRequest, practitioner: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    role = read_role(await read_declared(request, ROLE_FIELDS))
    found = await other_of(work, who, practitioner)
    if not await work(people_service.set_role, found.email, role, who):
        raise NotFoundException
    return go_to(request, "/practice/people?done=role")


@get("/people/{practitioner:str}/role", name="practice.ask_role")
async def ask_role(request: AnyRequest, practitioner: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    await work.read(proof_service.look_proof, who)
    found = await other_of(work, who, practitioner)
    return render(request, confirm_role(found, await work.read(people_service.find_told_name, found)))


@get("/people/{practitioner:str}/remove", name="practice.ask_remove")
async def ask_remove(request: AnyRequest, practitioner: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    await work.read(proof_service.look_proof, who)
    found = await other_of(work, who, practitioner)
    return render(request, confirm_removal(found, await work.read(people_service.find_told_name, found)))


@post("/people/{practitioner:str}/remove", name="practice.remove", status_code=303, guards=[has_only()])
async def remove(request: AnyRequest, practitioner: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    found = await other_of(work, who, practitioner)
    if not await work(people_service.remove_practitioner, found.email, who):
        raise NotFoundException
    return go_to(request, "/practice/people?done=removed")


@get("/clinic", name="practice.show_clinic")
async def show_clinic(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    typed = typed_before(request)
    return render(request, clinic_page(who, read_clinic(typed, who.clinic) if typed else who.clinic))


@post("/clinic", name="practice.save_clinic", status_code=303)
async def save_clinic(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    clinic = read_clinic(await read_declared(request, CLINIC_FIELDS), who.clinic)
    fault = clinic_fault(clinic)
    if fault is not None:
        return render(request, clinic_page(who, clinic, fault), status_code=422)
    if not await work(people_service.save_clinic, clinic, who):
        return render(request, clinic_page(who, clinic, own_factor_first()), status_code=422)
    return go_to(request, "/practice/clinic?done=clinic")


async def other_of(work: Work, who: SignedIn, key: str) -> Practitioner:
    """Raises NotFoundException for whoever does not work here, and for oneself: an owner always stays."""
    people = await work.read(people_service.list_practitioners, who.clinic.id)
    found = next((one for one in people if one.id == read_key(key)), None)
    if found is None or found.id == who.practitioner.id:
        raise NotFoundException
    return found


HANDLERS = [
    show_people,
    invite,
    ask_reset,
    make_reset,
    set_role,
    ask_role,
    remove,
    ask_remove,
    show_clinic,
    save_clinic,
]
