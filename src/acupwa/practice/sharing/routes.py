"""The patient's side of sharing."""

from datetime import date
from uuid import UUID

from litestar import Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.person.cookie import PersonDep, need_id
from acupwa.person.model import Person
from acupwa.practice.links.service import put_off, settle_request
from acupwa.practice.sharing import service
from acupwa.practice.sharing.confirm_page import confirm_decline, confirm_withdrawal
from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.practice.sharing.follow_up.rules import unnoted
from acupwa.practice.sharing.follow_up.service import note_shown, remind
from acupwa.practice.sharing.pages import own_page, own_share_page, preview_page, refused_page
from acupwa.practice.sharing.proposals.service import list_current
from acupwa.practice.sharing.service import ShareChoice
from acupwa.practice.sharing.settled_page import settled_page
from acupwa.practice.sharing.shares.model import Share
from acupwa.practice.sharing.shares.service import find_own, find_preview, list_own
from acupwa.results.service import find_history
from acupwa.web.declared import fields_of, many_of
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, TodayDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render
from acupwa.wording import set_zone


@get("/share/{check_in:str}/{link:str}", name="practice.show_preview")
async def show_preview(
    request: AnyRequest,
    check_in: FromPath[str],
    link: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    """Exactly what would be shared, item by item."""
    found = await work.read(find_preview, need_id(person), read_key(check_in), read_key(link), library)
    return render(request, preview_page(found)) if found else await _settled(request, work, person, check_in, link)


@post("/share/{check_in:str}/{link:str}", name="practice.share", status_code=303)
async def share(
    request: AnyRequest,
    check_in: FromPath[str],
    link: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    form = await read_declared(request, {**fields_of("seen"), **many_of("item")})
    choice = ShareChoice(
        check_in_id=read_key(check_in), link_id=read_key(link), keys=form.many("item"), seen=form.one("seen")
    )
    given = await work(service.share, need_id(person), choice, library)
    if given is None:
        return await _settled(request, work, person, check_in, link, status_code=410)
    if isinstance(given, Share):
        return go_to(request, f"/me/shares/{given.id}")
    return render(request, refused_page(given, choice.keys, choice.seen), status_code=422)


@post("/share/{check_in:str}/{link:str}/decline", name="practice.decline", status_code=303, guards=[has_only()])
async def decline(
    request: AnyRequest, check_in: FromPath[str], link: FromPath[str], work: WorkDep, person: PersonDep
) -> Answer:  # fmt: skip
    """Pressed again, it was declined already. What was shared before stays shared, and is said to be."""
    if await work.read(find_history, need_id(person), read_key(check_in)) is None:
        raise NotFoundException
    await work(settle_request, need_id(person), read_key(link), shared=False)
    return go_to(request, f"/me/share/{read_key(check_in)}/{read_key(link)}")


@get("/share/{check_in:str}/{link:str}/decline", name="practice.ask_decline")
async def ask_decline(
    request: AnyRequest, check_in: FromPath[str], link: FromPath[str], work: WorkDep,
    library: LibraryDep, person: PersonDep,
) -> Answer:  # fmt: skip
    found = await work.read(find_preview, need_id(person), read_key(check_in), read_key(link), library)
    return render(request, confirm_decline(found)) if found else await _settled(request, work, person, check_in, link)


async def _remind(work: Work, person_id: UUID, today: date) -> tuple[FollowUp, ...]:
    due = await work.read(remind, person_id, today)
    if unnoted(due, today):
        await work.note(note_shown, person_id, today)
    return due


@get("/shares", name="practice.show_own")
async def show_own(request: AnyRequest, work: WorkDep, person: PersonDep, today: TodayDep) -> Answer:
    if person is None:
        return render(request, own_page(()))
    shares, due = await work.read(list_own, person.id), await _remind(work, person.id, today)
    set_zone(await work.read(service.zone_for, person.id, shares[0].clinic_id if shares else None))
    return render(request, own_page(shares, due, await work.read(put_off, person.id)))


@get("/shares/{share_id:str}", name="practice.show_own_share")
async def show_own_share(
    request: AnyRequest, share_id: FromPath[str], work: WorkDep, person: PersonDep,
    today: TodayDep, now: NowDep,
) -> Answer:  # fmt: skip
    found = await work.read(find_own, need_id(person), read_key(share_id))
    if found is None:
        raise NotFoundException
    set_zone(await work.read(service.zone_for, need_id(person), found.share.clinic_id))
    due = [one for one in await _remind(work, need_id(person), today) if one.share_id == found.share.id]
    sent_back = [one for one in await work.read(list_current, need_id(person)) if one.share_id == found.share.id]
    return render(request, own_share_page(found, sent_back, due, now=now))


@get("/shares/{share_id:str}/withdraw", name="practice.ask_withdraw_share")
async def ask_withdraw_share(request: AnyRequest, share_id: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    found = await work.read(find_own, need_id(person), read_key(share_id))
    if found is None:
        raise NotFoundException
    return render(request, confirm_withdrawal(found.share))


@post("/shares/{share_id:str}/withdraw", name="practice.withdraw_share", status_code=303, guards=[has_only()])
async def withdraw_share(request: AnyRequest, share_id: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    if await work.read(find_own, need_id(person), read_key(share_id)) is None:
        raise NotFoundException
    await work(service.withdraw, need_id(person), read_key(share_id))
    return go_to(request, f"/me/shares/{read_key(share_id)}")


async def _settled(
    request: AnyRequest, work: Work, person: Person | None, check_in: str, link: str, *, status_code: int = 200
) -> Answer:
    """Where a preview leads on, by Back or a second press, once there is nothing more to choose."""
    found = await work.read(service.find_settled, need_id(person), read_key(check_in), read_key(link))
    if found is None:
        raise NotFoundException
    set_zone(await work.read(service.zone_for, need_id(person), found.share.clinic_id if found.share else None))
    return render(request, settled_page(found), status_code=status_code)


router = Router(
    "/me",
    route_handlers=[
        show_preview, share, ask_decline, decline, show_own, show_own_share, ask_withdraw_share, withdraw_share,
    ],
)  # fmt: skip
