"""The planner's addresses."""

from datetime import date

from litestar import Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec.structs import replace

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id
from acupwa.person.model import Person
from acupwa.planner.form_page import FormPage, form_page, preview_page
from acupwa.planner.gate import gate
from acupwa.planner.ics import MEDIA_TYPE, calendar_of
from acupwa.planner.model import Course, SavedPlan
from acupwa.planner.move import Move, earliest_day
from acupwa.planner.move_form import MOVE_FIELDS, move_errors, read_move_form
from acupwa.planner.move_page import move_page, with_errors
from acupwa.planner.plan import PlannerState, entries_of, now_of, today_of
from acupwa.planner.plan_fields import PLAN_FIELDS, first_values, posted_values, saved_values
from acupwa.planner.plan_page import delete_page, plan_page
from acupwa.planner.preview import PlanPreview, preview_form
from acupwa.planner.safety import complete_answers, known_request
from acupwa.planner.service import delete_plan, find_state, list_finished, move, save_plan
from acupwa.planner.start_page import closed_page, invite_page
from acupwa.quiz.retired_answers import known_check_in
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, TodayDep, WorkDep
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render
from acupwa.wording import set_country

PLAN = "/plan"
PREVIEW = "preview"


@get(PLAN, name="planner.show_plan")
async def show_plan(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
    today: TodayDep,
) -> Answer:
    """The plan; else the form, or why there is none, or how courses go. Back from a preview, to the form."""
    state = await _state(work, person, library)
    if state.plan and PREVIEW in request.query_params:
        return _form_or_why_not(request, state, library, today_of(state.plan, now))
    if state.plan and person:
        finished = await work.read(list_finished, person.id)
        return render(request, plan_page(state.plan, state.check_in, finished, now, library))
    return _form_or_why_not(request, state, library, today)


@get("/plan/change", name="planner.change_plan")
async def change_plan(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
    today: TodayDep,
) -> Answer:
    state = await _state(work, person, library)
    return _form_or_why_not(request, state, library, today_of(state.plan, now) if state.plan else today)


@post(PLAN, name="planner.make_plan", status_code=200)
async def make_plan(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    """Shows the sessions that the form gives; with `do=save` keeps them."""
    state, values = await _state(work, person, library), posted_values(await read_declared(request, PLAN_FIELDS))
    found = preview_form(values, state, library, now)
    if found is None:
        return go_to(request, PLAN)
    if values.keep and isinstance(found, PlanPreview) and isinstance(found.made, Course):
        await work(save_plan, need_id(person), found.asked, found.made, library)
        return go_to(request, PLAN)
    return _show_form(request, preview_page(values, state, found, library))


@get("/plan/move/{which:int}", name="planner.show_move")
async def show_move(
    request: AnyRequest,
    which: FromPath[int],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    plan = _plan_with(which, (await _state(work, person, library)).plan)
    return render(request, move_page(plan, which, now_of(plan, now), library))


@post("/plan/move/{which:int}", name="planner.save_move", status_code=200)
async def save_move(
    request: AnyRequest,
    which: FromPath[int],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    plan = _plan_with(which, (await _state(work, person, library)).plan)
    form, here = await read_declared(request, MOVE_FIELDS), now_of(plan, now)
    asked = read_move_form(form, which, here)
    errors = asked if isinstance(asked, tuple) else await _move(work, person, plan, asked, library)
    if not errors:
        return go_to(request, PLAN)
    return render(request, with_errors(move_page(plan, which, here, library), form, errors), status_code=422)


@get("/plan/delete", name="planner.ask_delete")
async def ask_delete(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    if (await _state(work, person, library)).plan is None:
        raise NotFoundException()
    return render(request, delete_page())


@post("/plan/delete", name="planner.delete_plan", status_code=303)
async def delete_plan_(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    await read_declared(request, {})
    if person:
        await work(delete_plan, person.id)
    return go_to(request, PLAN)


@get("/plan.ics", name="planner.download_calendar")
async def download_calendar(work: WorkDep, library: LibraryDep, person: PersonDep) -> Answer:
    plan = (await _state(work, person, library)).plan
    if plan is None:
        raise NotFoundException()
    text = calendar_of(entries_of(plan), key=plan.id, time_zone=plan.request.time_zone, now=plan.updated_at)
    headers = {
        "cache-control": "no-store",
        "content-disposition": 'attachment; filename="appointments.ics"',
    }
    return Response(text.encode(), media_type=MEDIA_TYPE, headers=headers)


async def _state(work: Work, person: Person | None, library: Library) -> PlannerState:
    """What is kept may hold answers that this library has no words for: they stay out of sight here, but for danger
    signs, which close a plan without words too.
    """
    found = await work.read(find_state, person.id) if person else PlannerState()
    check_in, plan = found.check_in, found.plan
    if check_in:
        set_country(check_in.answers.country)
        known = known_check_in(check_in, library)
        told = check_in.answers
        check_in = replace(known, answers=replace(known.answers, red_flags=told.red_flags, groups=told.groups))
    return PlannerState(
        check_in=check_in, plan=replace(plan, request=known_request(plan.request, library)) if plan else None
    )


def _form_or_why_not(request: AnyRequest, state: PlannerState, library: Library, today: date) -> Answer:
    check_in, plan = state.check_in, state.plan
    if check_in is None:
        return render(request, invite_page(library, today))
    entry = gate(complete_answers(check_in.answers, library), library)
    if not entry.open:
        return render(request, closed_page(entry, check_in, plan is not None, library))
    values = saved_values(plan, today) if plan else first_values(check_in.answers, library, today)
    return _show_form(request, form_page(values, state, library))


def _show_form(request: AnyRequest, page: FormPage) -> Answer:
    return render(request, page, status_code=422 if page.errors else 200)


async def _move(
    work: Work, person: Person | None, plan: SavedPlan, asked: Move, library: Library
) -> tuple[FieldError, ...]:
    """What stands against it; empty when the session is moved."""
    moved = await work(move, need_id(person), asked, library)
    if isinstance(moved, str):
        return move_errors(moved, earliest_day(plan, asked.number, asked.now, library.guidance))
    return ()


def _plan_with(number: int, plan: SavedPlan | None) -> SavedPlan:
    if plan is None or all(session.number != number for session in plan.standing):
        raise NotFoundException()
    return plan


router = Router(
    "/",
    route_handlers=[
        show_plan,
        change_plan,
        make_plan,
        show_move,
        save_move,
        ask_delete,
        delete_plan_,
        download_calendar,
    ],
)
