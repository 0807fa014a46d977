"""Something sent back: the practitioner's form, the patient's choice."""

from datetime import datetime
from uuid import UUID

from litestar import Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id
from acupwa.person.model import Person
from acupwa.practice.accounts.cookie import Who, need, press_of, typed_before
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.sharing.confirm_page import confirm_plan
from acupwa.practice.sharing.proposals import service
from acupwa.practice.sharing.proposals.forms import SEND_FIELDS, RefusedDraft, read_draft
from acupwa.practice.sharing.proposals.pages import changed_words, course_of, proposal_page, send_page
from acupwa.practice.sharing.proposals.plan_answers import plan_answers
from acupwa.practice.sharing.shares.model import Share
from acupwa.web.declared import fields_of
from acupwa.web.forms import FormData
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render
from acupwa.zones import in_zone


@get("/practice/inbox/{share:str}/send", name="practice.show_send")
async def show_send(
    request: AnyRequest, share: FromPath[str], work: WorkDep, library: LibraryDep,
    now: NowDep, signed_in: Who,
) -> Answer:  # fmt: skip
    who, found = need(signed_in), await _share(work, signed_in, share)
    sent, typed = await work.read(service.list_sent, who, found.id), typed_before(request)
    return render(request, send_page(who, found, sent, library, in_zone(now, who.clinic.time_zone), form=typed))


@post("/practice/inbox/{share:str}/send", name="practice.send", status_code=303)
async def send(
    request: AnyRequest, share: FromPath[str], work: WorkDep, library: LibraryDep,
    now: NowDep, signed_in: Who,
) -> Answer:  # fmt: skip
    """A plan that the planner does not make from what was shared is not sent, and the reason said."""
    who, found, form = need(signed_in), await _share(work, signed_in, share), await read_declared(request, SEND_FIELDS)
    here = in_zone(now, who.clinic.time_zone)
    draft = read_draft(form, plan_answers(found.copy, library), library, here)
    if isinstance(draft, RefusedDraft):
        return await _not_sent(request, work, library, who, found, form, draft, here)
    if await work(service.send, who, found.id, draft, await press_of(request, who)) is None:
        raise NotFoundException
    return go_to(request, f"/practice/inbox/{found.id}/send?done=sent")


@get("/me/proposals/{proposal:str}", name="practice.show_proposal")
async def show_proposal(
    request: AnyRequest, proposal: FromPath[str], work: WorkDep, library: LibraryDep,
    person: PersonDep,
) -> Answer:  # fmt: skip
    return await _proposal(request, work, library, person, proposal)


@post("/me/proposals/{proposal:str}/pages", name="practice.take_pages", status_code=303, guards=[has_only()])
async def take_pages(
    request: AnyRequest, proposal: FromPath[str], work: WorkDep, library: LibraryDep,
    person: PersonDep,
) -> Answer:  # fmt: skip
    if not await work(service.take_pages, need_id(person), read_key(proposal), library):
        raise NotFoundException
    return go_to(request, f"/me/proposals/{read_key(proposal)}")


@get("/me/proposals/{proposal:str}/plan", name="practice.ask_plan")
async def ask_plan(
    request: AnyRequest, proposal: FromPath[str], work: WorkDep, library: LibraryDep,
    person: PersonDep,
) -> Answer:  # fmt: skip
    """Before it takes the place of a plan that they have; the proposal itself where there is nothing to ask."""
    shown = await work.read(service.find_detail, need_id(person), read_key(proposal), library)
    if shown is None:
        raise NotFoundException
    course = course_of(shown.preview, library)
    if shown.preview is None or course is None or shown.plan is None or shown.to_confirm:
        return go_to(request, f"/me/proposals/{read_key(proposal)}")
    return render(request, confirm_plan(shown.proposal, course, service.first_session(shown.preview)))


@post("/me/proposals/{proposal:str}/plan", name="practice.take_plan", status_code=303)
async def take_plan(
    request: AnyRequest, proposal: FromPath[str], work: WorkDep, library: LibraryDep,
    person: PersonDep,
) -> Answer:  # fmt: skip
    """Just the sessions that were shown; others are shown again first. With `do=ask` it is asked about."""
    form = await read_declared(request, fields_of("seen", "do"))
    if form.one("do") == "ask":
        return go_to(request, f"/me/proposals/{read_key(proposal)}/plan")
    if await _taken(work, need_id(person), read_key(proposal), form.one("seen"), library):
        return go_to(request, f"/me/proposals/{read_key(proposal)}")
    return await _proposal(request, work, library, person, proposal, changed_words())


@post("/me/proposals/{proposal:str}/decline", name="practice.decline_proposal", status_code=303, guards=[has_only()])
async def decline(request: AnyRequest, proposal: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    if not await work(service.decline, need_id(person), read_key(proposal)):
        raise NotFoundException
    return go_to(request, f"/me/proposals/{read_key(proposal)}")


async def _taken(work: Work, person_id: UUID, proposal: UUID, seen: str, library: Library) -> bool:
    """False when the sessions would be others by now than those `seen`."""
    taken = await work(service.take_plan, person_id, proposal, seen, library)
    if taken == "gone":
        raise NotFoundException
    return taken == "taken"


async def _not_sent(
    request: AnyRequest, work: Work, library: Library, who: SignedIn, found: Share, form: FormData,
    refused: RefusedDraft, here: datetime,
) -> Answer:  # fmt: skip
    sent = await work.read(service.list_sent, who, found.id)
    page = send_page(who, found, sent, library, here, form=form, refused=refused)
    return render(request, page, status_code=422)


async def _proposal(
    request: AnyRequest, work: Work, library: Library, person: Person | None, proposal: str,
    fault: str = "",
) -> Answer:  # fmt: skip
    shown = await work.read(service.find_detail, need_id(person), read_key(proposal), library)
    if shown is None:
        raise NotFoundException
    seen = service.first_session(shown.preview) if shown.preview else ""
    page = proposal_page(
        shown.proposal, shown.preview, shown.check_ins, seen, library, has_plan=shown.plan is not None, to_confirm=shown.to_confirm,
        fault=fault,
    )  # fmt: skip
    return render(request, page, status_code=422 if fault else 200)


async def _share(work: Work, signed_in: SignedIn | None, share: str) -> Share:
    found = await work(service.find_share, need(signed_in), read_key(share))
    if found is None:
        raise NotFoundException
    return found


router = Router("/", route_handlers=[show_send, send, show_proposal, take_pages, ask_plan, take_plan, decline])
