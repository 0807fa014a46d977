"""My data: see it, take it along, open it on another phone, delete it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from litestar import Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.mydata.code_page import code_page
from acupwa.mydata.confirm_page import (
    cleared_page,
    confirm_clear_page,
    confirm_delete_one_page,
    confirm_delete_page,
    confirm_forget_others_page,
    confirm_withdraw_page,
)
from acupwa.mydata.data_page import data_page
from acupwa.mydata.export_routes import EXPORTS
from acupwa.mydata.import_routes import IMPORTS
from acupwa.mydata.me_page import me_page
from acupwa.mydata.resume_routes import RESUME
from acupwa.mydata.service import forget_others, make_export
from acupwa.mydata.switch_routes import SWITCH
from acupwa.person.code_service import find_code, make_code
from acupwa.person.cookie import (
    PersonDep,
    forget_cookie,
    need_id,
    token_of,
    zone_of,
)
from acupwa.person.model import Person
from acupwa.person.service import forget_device, forget_person
from acupwa.planner.calendar_service import has_feed
from acupwa.practice.accounts.cookie import SIGNED_IN, Who, was_signed_in
from acupwa.practice.links.model import PutOff
from acupwa.practice.links.service import put_off
from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.practice.sharing.follow_up.rules import unnoted
from acupwa.practice.sharing.follow_up.service import note_shown, remind
from acupwa.quiz.model import CheckIn
from acupwa.quiz.service import find_check_in, forget_check_in
from acupwa.web.aside import MANY, aside_when
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, SettingsDep, TodayDep, WorkDep
from acupwa.web.origin import origin_of
from acupwa.web.owner import forget_owner
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render
from acupwa.wording import set_country
from acupwa.zones import in_zone, localised


@get("/me", name="person.show_me")
async def show_me(
    request: AnyRequest,
    settings: SettingsDep,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    today: TodayDep,
    signed_in: Who,
) -> Answer:
    found = await work.read(make_export, person, token_of(request)) if person else None
    export = localised(found, zone_of(person))
    set_country(export.country if export else None)
    shown = partial(
        me_page,
        export,
        library,
        draft_days=settings.draft_days,
        done=request.query_params.get("done", ""),
        due=await _remind(work, person.id, today) if person else (),
        put_off=await _put_off(work, person),
        signed_in=signed_in,
        signed_in_before=was_signed_in(request),
    )
    many = export is not None and len(export.check_ins) > MANY
    return await aside_when(many, lambda: render(request, shown()))


@get("/me/data", name="person.show_data")
async def show_data(
    request: AnyRequest, settings: SettingsDep, work: WorkDep, person: PersonDep, now: NowDep, signed_in: Who
) -> Answer:
    found = await work.read(make_export, person, token_of(request)) if person else None
    export = localised(found, zone_of(person))
    set_country(export.country if export else None)
    page = data_page(
        export,
        person_days=settings.person_days,
        now=in_zone(now, zone_of(person)),
        done=request.query_params.get("done", ""),
        signed_in=signed_in,
        signed_in_before=was_signed_in(request),
    )
    return render(request, page)


async def _remind(work: Work, person_id: UUID, today: date) -> tuple[FollowUp, ...]:
    due = await work.read(remind, person_id, today)
    if unnoted(due, today):
        await work.note(note_shown, person_id, today)
    return due


async def _put_off(work: Work, person: Person | None) -> Sequence[PutOff]:
    return await work.read(put_off, person.id) if person else ()


@post("/me/move", name="person.make_move_code", status_code=303)
async def make_move_code(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    person_id = need_id(person)
    await read_declared(request, {})
    await work(make_code, person_id, "move")
    return go_to(request, "/me/move")


@get("/me/move", name="person.show_move_code")
async def show_move_code(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    """The code, to its owner alone, also after Back. Once it opens nothing: where another can be made."""
    found = await work.read(find_code, need_id(person), "move")
    return render(request, code_page(found[0], origin_of(request))) if found else go_to(request, "/me")


@post("/me/devices/forget-others", name="person.forget_others", status_code=303)
async def forget_others_(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    await read_declared(request, {})
    if person is not None:
        await work(forget_others, person.id, token_of(request))
    return go_to(request, "/me/data?done=others-forgotten")


@get("/me/devices/forget-others", name="person.ask_forget_others")
async def ask_forget_others(request: AnyRequest, person: PersonDep) -> Answer:
    return render(request, confirm_forget_others_page()) if person else go_to(request, "/me/data")


@get("/me/check-ins/{check_in:uuid}/delete", name="person.ask_delete_one")
async def ask_delete_one(
    request: AnyRequest,
    check_in: FromPath[UUID],
    work: WorkDep,
    person: PersonDep,
) -> Answer:
    return render(request, confirm_delete_one_page(await _own(work, person, check_in)))


@post("/me/check-ins/{check_in:uuid}/delete", name="person.delete_one", status_code=303)
async def delete_one(
    request: AnyRequest,
    check_in: FromPath[UUID],
    work: WorkDep,
    person: PersonDep,
) -> Answer:
    await _own(work, person, check_in)
    await read_declared(request, {})
    if not await work(forget_check_in, need_id(person), check_in):
        raise NotFoundException
    await work.forget_traces()
    return go_to(request, "/me?done=check-in-deleted")


@get("/me/withdraw", name="person.ask_withdraw")
async def ask_withdraw(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    return render(request, confirm_withdraw_page(subscribed=await _is_subscribed(work, person)))


@get("/me/delete", name="person.ask_delete")
async def ask_delete(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    return render(request, confirm_delete_page(subscribed=await _is_subscribed(work, person)))


@post("/me/delete", name="person.delete_me", status_code=303)
async def delete_me(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    await read_declared(request, {})
    if person is not None:
        await work(forget_person, person.id)
        await work.forget_traces()
    headers = {"clear-site-data": '"cache"'}
    return go_to(request, "/me", cookies=[forget_cookie(request)], headers=headers)


@get("/me/clear", name="person.ask_clear")
async def ask_clear(request: AnyRequest, person: PersonDep) -> Answer:
    return render(request, confirm_clear_page(holds_key=person is not None))


@post("/me/clear", name="person.clear_phone", status_code=200)
async def clear_phone(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    """Takes the key off this browser, and asks it to drop all that it stored. What is held of the person stays."""
    await read_declared(request, {})
    if person is not None:
        await work(forget_device, token_of(request))
    forget_owner(request)
    return render(
        request,
        cleared_page(),
        cookies=[forget_cookie(request)],
        headers={"clear-site-data": '"cache", "storage"'},
    )


async def _is_subscribed(work: Work, person: Person | None) -> bool:
    return await work.read(has_feed, person.id) if person else False


async def _own(work: Work, person: Person | None, id: UUID) -> CheckIn:
    found = await work.read(find_check_in, need_id(person), id)
    if found is None:
        raise NotFoundException
    return found


router = Router(
    "/",
    route_handlers=[
        show_me,
        show_data,
        make_move_code,
        ask_forget_others,
        show_move_code,
        forget_others_,
        *RESUME,
        *EXPORTS,
        *IMPORTS,
        ask_delete_one,
        delete_one,
        ask_withdraw,
        ask_delete,
        delete_me,
        ask_clear,
        clear_phone,
        *SWITCH,
    ],
    dependencies=SIGNED_IN,
)
