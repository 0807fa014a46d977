"""The planner's addresses."""

from datetime import date, datetime

from litestar import Router, get, post
from litestar.exceptions import NotFoundException

from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id
from acupwa.planner.after_session_routes import handlers as after_session
from acupwa.planner.calendar_routes import calendar_handlers
from acupwa.planner.calendar_service import has_feed
from acupwa.planner.form_page import FormPage, preview_page
from acupwa.planner.living_routes import handlers as living
from acupwa.planner.model import Course
from acupwa.planner.outcome import Outcome, outcome_of, told
from acupwa.planner.plan import PlannerState, today_of
from acupwa.planner.plan_fields import PLAN_FIELDS, posted_values
from acupwa.planner.plan_page import delete_page, plan_page
from acupwa.planner.preview import PlanPreview, preview_form
from acupwa.planner.safety import told_since
from acupwa.planner.service import current_plan, delete_plan, save_own_plan
from acupwa.planner.session_routes import handlers, state_of
from acupwa.planner.stage_routes import handlers as stage_handlers
from acupwa.planner.start_page import start_page
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, TodayDep, WorkDep
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render

PLAN = "/plan"
PREVIEW = "preview"
CHANGE = "change"
OFTEN = "often"


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
    state = await state_of(work, person, library)
    if state.plan and PREVIEW in request.query_params:
        return _form_or_why_not(request, state, library, today_of(state.plan, now), now)
    if state.plan:
        page = plan_page(state.plan, state, now, library)
        return render(request, told(page, _outcome(request, state, library)))
    return _form_or_why_not(request, state, library, today, now)


@get("/plan/change", name="planner.change_plan")
async def change_plan(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
    today: TodayDep,
) -> Answer:
    """While the plan is on hold it is the page where it goes on."""
    state = await state_of(work, person, library)
    if state.plan and state.plan.pause:
        return go_to(request, f"{PLAN}/pause")
    return _form_or_why_not(request, state, library, today_of(state.plan, now) if state.plan else today, now)


@post(PLAN, name="planner.make_plan", status_code=200)
async def make_plan(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    """Shows the sessions that the form gives; with `do=save` keeps them."""
    state, values = await state_of(work, person, library), posted_values(await read_declared(request, PLAN_FIELDS))
    found = preview_form(values, state, library, now)
    if found is None:
        return go_to(request, PLAN)
    if values.keep and isinstance(found, PlanPreview) and isinstance(found.made, Course):
        kept = await work(save_own_plan, need_id(person), found, library)
        return go_to(request, f"{PLAN}?done={_done(request)}" if kept else f"{PLAN}/change")
    return _show_form(request, preview_page(values, state, found, library, now))


@get("/plan/delete", name="planner.ask_delete")
async def ask_delete(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    if await work.read(current_plan, need_id(person)) is None:
        raise NotFoundException()
    return render(request, delete_page(subscribed=await work.read(has_feed, need_id(person))))


@post("/plan/delete", name="planner.delete_plan", status_code=303)
async def delete_plan_(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    await read_declared(request, {})
    if person:
        await work(delete_plan, person.id)
    return go_to(request, f"{PLAN}?done=deleted")


def _form_or_why_not(request: AnyRequest, state: PlannerState, library: Library, today: date, now: datetime) -> Answer:
    page = start_page(state, library, today, now, opened=OFTEN in request.query_params)
    return render(request, told(page, _outcome(request, state, library)))


def _outcome(request: AnyRequest, state: PlannerState, library: Library) -> Outcome | None:
    asked = request.query_params
    return outcome_of(asked.get("done", ""), asked.get("session", ""), state.plan, library, told_since(state))


def _done(request: AnyRequest) -> str:
    """Told by the form: of two presses the second finds a plan, too."""
    return "changed" if CHANGE in request.query_params else "saved"


def _show_form(request: AnyRequest, page: FormPage) -> Answer:
    return render(request, page, status_code=422 if page.errors else 200)


router = Router(
    "/",
    route_handlers=[
        show_plan,
        change_plan,
        make_plan,
        ask_delete,
        delete_plan_,
        *calendar_handlers,
        *handlers,
        *after_session,
        *living,
        *stage_handlers,
    ],
)
