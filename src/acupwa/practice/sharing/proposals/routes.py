"""Something sent back: the practitioner's form, the patient's choice."""

from datetime import date
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import need_id
from acupwa.person.model import Person
from acupwa.planner.offer import Closed, read_offer, refused
from acupwa.planner.plan import AskedPlan
from acupwa.practice.accounts.cookie import need
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.sharing.proposals import service
from acupwa.practice.sharing.proposals.pages import changed_words, proposal_page, send_page
from acupwa.practice.sharing.proposals.plan_answers import plan_answers
from acupwa.practice.sharing.proposals.rules import MOST_PAGES, NOTE_LENGTH, chosen_pages
from acupwa.practice.sharing.shares.model import Share
from acupwa.web.forms import FieldError, FormData
from acupwa.web.keys import read_key
from acupwa.web.rendering import go_to, read_form, render
from acupwa.wording import gettext as _

AnyRequest = Request[Any, Any, Any]
Answer = Response[Any]
Who = NamedDependency[SignedIn | None]
Whose = NamedDependency[Person | None]


@get("/practice/inbox/{share:str}/send", name="practice.show_send")
async def show_send(
    request: AnyRequest, share: FromPath[str], work: NamedDependency[Work], library: NamedDependency[Library],
    today: NamedDependency[date], signed_in: Who,
) -> Answer:  # fmt: skip
    return await _form(request, work, library, today, need(signed_in), await _share(work, signed_in, share))


@post("/practice/inbox/{share:str}/send", name="practice.send", status_code=303)
async def send(
    request: AnyRequest, share: FromPath[str], work: NamedDependency[Work], library: NamedDependency[Library],
    today: NamedDependency[date], signed_in: Who,
) -> Answer:  # fmt: skip
    """A plan that the planner does not make from what was shared is not sent, and the reason said."""
    who, found, form = need(signed_in), await _share(work, signed_in, share), await read_form(request)
    note, pages = form.one("note"), chosen_pages(form.many("pages"), library.pages)
    asked: AskedPlan | tuple[FieldError, ...] | None = None
    closed: Closed | None = None
    if form.one("with_plan") == "yes":
        asked = read_offer(form, plan_answers(found.copy, library), library, today)
        closed = refused(asked, library) if isinstance(asked, AskedPlan) else None
    errors = (*_faults(note, pages, asked), *(asked if isinstance(asked, tuple) else ()))
    if errors or closed or isinstance(asked, tuple):
        return await _form(request, work, library, today, who, found, *errors, form=form, closed=closed)
    if await work(service.send, who, found.id, note, pages, asked) is None:
        raise NotFoundException
    return go_to(request, f"/practice/inbox/{found.id}/send")


@get("/me/proposals/{proposal:str}", name="practice.show_proposal")
async def show_proposal(
    request: AnyRequest, proposal: FromPath[str], work: NamedDependency[Work], library: NamedDependency[Library],
    today: NamedDependency[date], person: Whose,
) -> Answer:  # fmt: skip
    return await _proposal(request, work, library, today, person, proposal)


@post("/me/proposals/{proposal:str}/pages", name="practice.take_pages", status_code=303)
async def take_pages(
    request: AnyRequest, proposal: FromPath[str], work: NamedDependency[Work], library: NamedDependency[Library],
    person: Whose,
) -> Answer:  # fmt: skip
    if not await work(service.take_pages, need_id(person), read_key(proposal), library):
        raise NotFoundException
    return go_to(request, f"/me/proposals/{read_key(proposal)}")


@post("/me/proposals/{proposal:str}/plan", name="practice.take_plan", status_code=303)
async def take_plan(
    request: AnyRequest, proposal: FromPath[str], work: NamedDependency[Work], library: NamedDependency[Library],
    today: NamedDependency[date], person: Whose,
) -> Answer:  # fmt: skip
    """Just the visits that were shown; others are shown again first."""
    seen = (await read_form(request)).one("seen")
    taken = await work(service.take_plan, need_id(person), read_key(proposal), seen, library, today)
    if taken is None:
        raise NotFoundException
    if not taken:
        return await _proposal(request, work, library, today, person, proposal, changed_words())
    return go_to(request, f"/me/proposals/{read_key(proposal)}")


@post("/me/proposals/{proposal:str}/decline", name="practice.decline_proposal", status_code=303)
async def decline(request: AnyRequest, proposal: FromPath[str], work: NamedDependency[Work], person: Whose) -> Answer:
    if not await work(service.decline, need_id(person), read_key(proposal)):
        raise NotFoundException
    return go_to(request, f"/me/proposals/{read_key(proposal)}")


def _faults(note: str, pages: tuple[str, ...], asked: object) -> tuple[FieldError, ...]:
    if len(note) > NOTE_LENGTH:
        return (FieldError("note", _("Use 1,000 characters or fewer.")),)
    if len(pages) > MOST_PAGES:
        return (FieldError("pages", _("Choose ten pages or fewer: a tired reader stops at a long list.")),)
    if not note and not pages and asked is None:
        return (FieldError("note", _("Nothing is chosen. Write a note, tick a page, or send a plan.")),)
    return ()


async def _form(
    request: AnyRequest, work: Work, library: Library, today: date, who: SignedIn, share: Share, *errors: FieldError,
    form: FormData | None = None, closed: Closed | None = None,
) -> Answer:  # fmt: skip
    sent = await work(service.list_sent, who, share.id)
    answers = plan_answers(share.copy, library)
    page = send_page(who, share, answers, sent, library, today, *errors, form=form, closed=closed)
    return render(request, page, status_code=422 if errors or closed else 200)


async def _proposal(
    request: AnyRequest, work: Work, library: Library, today: date, person: Person | None, proposal: str,
    fault: str = "",
) -> Answer:  # fmt: skip
    shown = await work(service.find_shown, need_id(person), read_key(proposal), library, today)
    if shown is None:
        raise NotFoundException
    seen = service.first_visit(shown.foreseen) if shown.foreseen else ""
    page = proposal_page(shown.proposal, shown.foreseen, seen, library, has_plan=shown.plan is not None, fault=fault)
    return render(request, page, status_code=422 if fault else 200)


async def _share(work: Work, signed_in: SignedIn | None, share: str) -> Share:
    found = await work(service.find_share, need(signed_in), read_key(share))
    if found is None:
        raise NotFoundException
    return found


router = Router("/", route_handlers=[show_send, send, show_proposal, take_pages, take_plan, decline])
