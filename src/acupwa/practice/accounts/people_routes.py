"""For the owner of a clinic: its people, and its card."""

from collections.abc import Sequence

import msgspec
from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.practice.accounts import people_service
from acupwa.practice.accounts.cookie import Who, need_owner
from acupwa.practice.accounts.model import OneTimeKind, Practitioner, Role, SignedIn
from acupwa.practice.accounts.one_time_routes import welcome_link
from acupwa.practice.accounts.pages import clinic_page, mail_words, no_address_words, people_page
from acupwa.practice.accounts.rules import CARD_COLOURS, CONTACT_LENGTH, EMAIL_LENGTH, NAME_LENGTH, one_line, read_email
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, MailDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.mail import Mail
from acupwa.web.rendering import go_to, read_form, render
from acupwa.wording import gettext as _


@get("/people", name="practice.show_people")
async def show_people(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    people = await work(people_service.list_practitioners, who.clinic.id)
    return render(request, people_page(who, people))


@post("/people", name="practice.invite", status_code=200)
async def invite(request: AnyRequest, work: WorkDep, mail: MailDep, signed_in: Who) -> Answer:
    """The link is shown in the answer itself: only its hash is kept."""
    who = need_owner(signed_in)
    form = await read_form(request)
    typed = form.one("email")[:EMAIL_LENGTH]
    email, name = read_email(typed), one_line(form.one("name"), NAME_LENGTH)
    role: Role = "owner" if form.one("role") == "owner" else "practitioner"
    token = None
    if email is not None:
        token = await work(people_service.add_practitioner, email, name, who.clinic.id, role, who.practitioner)
    people = await work(people_service.list_practitioners, who.clinic.id)
    if email is None or token is None:
        there = _("This address cannot be added. If they work here already, make a new link below.")
        fault = FieldError("email", there if email else no_address_words())
        page = people_page(who, people, fault, email=typed, name=name, role=role)
        return render(request, page, status_code=422)
    link = welcome_link(request, token)
    mailed = _send(mail, who, "invitation", email, link)
    page = people_page(who, people, link=link, link_for=email, mailed=mailed)
    return render(request, page)


@post("/people/{practitioner:str}/link", name="practice.make_reset", status_code=200)
async def make_reset(
    request: AnyRequest, practitioner: FromPath[str], work: WorkDep, mail: MailDep, signed_in: Who
) -> Answer:
    """A new invitation, or a reset for one who has signed in before."""
    who = need_owner(signed_in)
    people = await work(people_service.list_practitioners, who.clinic.id)
    found = _one_of(people, practitioner)
    kind: OneTimeKind = "reset" if found.ready else "invitation"
    token = await work(people_service.invite_again, found.email, kind, who.practitioner)
    link = welcome_link(request, token) if token else ""
    mailed = _send(mail, who, kind, found.email, link) if link else False
    page = people_page(who, people, link=link, link_for=found.email, mailed=mailed)
    return render(request, page)


@post("/people/{practitioner:str}/role", name="practice.set_role", status_code=303)
async def set_role(request: AnyRequest, practitioner: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    role: Role = "owner" if (await read_form(request)).one("role") == "owner" else "practitioner"
    found = _one_of(await work(people_service.list_practitioners, who.clinic.id), practitioner)
    if not await work(people_service.set_role, found.email, role, who.practitioner):
        raise NotFoundException
    return go_to(request, "/practice/people")


@post("/people/{practitioner:str}/remove", name="practice.remove", status_code=303)
async def remove(request: AnyRequest, practitioner: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    found = _one_of(await work(people_service.list_practitioners, who.clinic.id), practitioner)
    if not await work(people_service.remove_practitioner, found.email, who.practitioner):
        raise NotFoundException
    return go_to(request, "/practice/people")


@get("/clinic", name="practice.show_clinic")
async def show_clinic(request: AnyRequest, signed_in: Who) -> Answer:
    who = need_owner(signed_in)
    return render(request, clinic_page(who, who.clinic))


@post("/clinic", name="practice.save_clinic", status_code=303)
async def save_clinic(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
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
    await work(people_service.save_clinic, clinic, who.practitioner)
    return go_to(request, "/practice/clinic")


def _one_of(people: Sequence[Practitioner], key: str) -> Practitioner:
    """Raises NotFoundException for whoever does not work here."""
    found = next((one for one in people if one.id == read_key(key)), None)
    if found is None:
        raise NotFoundException
    return found


def _send(mail: Mail | None, by: SignedIn, kind: OneTimeKind, email: str, link: str) -> bool:
    """Whether it goes by mail, too."""
    if mail is not None:
        mail.send(email, *mail_words(kind, by.clinic.name, link))
    return mail is not None


HANDLERS = [show_people, invite, make_reset, set_role, remove, show_clinic, save_clinic]
