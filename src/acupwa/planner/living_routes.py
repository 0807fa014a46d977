"""The addresses of a course that is lived: planned again, on hold and on, days off, the last step taken back."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id
from acupwa.person.model import Person
from acupwa.planner.days_off import take_days_off
from acupwa.planner.days_off_form import DAYS_OFF_FIELDS, days_off_errors, read_days_off
from acupwa.planner.model import SavedPlan
from acupwa.planner.pause import pause_plan, resume_plan
from acupwa.planner.pause_form import GO_ON, PAUSE_FIELDS, Faults, gone_on, held, read_day_to_go_on
from acupwa.planner.pause_page import pause_page, with_errors
from acupwa.planner.plan import PlannerState, today_of
from acupwa.planner.plan_page import plan_page, with_days_off
from acupwa.planner.pressed_service import undo_as_seen
from acupwa.planner.service import take_gated_step, take_step
from acupwa.planner.session_form import TO, way_on
from acupwa.planner.session_routes import state_of
from acupwa.planner.stage_entry import Barred
from acupwa.planner.stages import replan_session
from acupwa.planner.undo_form import UNDO_FIELDS, not_replanned, not_undone
from acupwa.web.forms import FieldError, FormData
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.queued_press import queued_press
from acupwa.web.refused import Refused, read_declared
from acupwa.web.rendering import go_to, render

WHY_NOT = "/plan/change"  # the form, or what stands against it


@post("/plan/sessions/{number:int}/replan", name="planner.replan_session", status_code=303)
async def replan(
    request: AnyRequest, number: FromPath[int], work: WorkDep, library: LibraryDep, person: PersonDep
) -> Answer:
    form = await read_declared(request, TO)
    rule = partial(replan_session, number=number, library=library)
    found = await work(take_gated_step, need_id(person), rule, library)
    if isinstance(found, Barred):
        return go_to(request, WHY_NOT)
    _kept_or_refused(found, form, not_replanned)
    return go_to(request, way_on(form.one("to"), "replanned", number))


@get("/plan/pause", name="planner.show_pause")
async def show_pause(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep) -> Answer:
    state = await state_of(work, person, library)
    return render(request, pause_page(_plan_of(state), state, now, library))


@post("/plan/pause", name="planner.save_pause", status_code=200)
async def save_pause(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep) -> Answer:
    """Puts the course on hold; with `do=go-on` lets it go on."""
    state, form = await state_of(work, person, library), await read_declared(request, PAUSE_FIELDS)
    going_on = form.one("do") == GO_ON
    plan, act = _plan_of(state), _go_on if going_on else _hold
    errors = await act(work, person, state, form, now, library)
    if errors is None:
        return go_to(request, way_on("plan", "resumed" if going_on else "paused"))
    return render(request, with_errors(pause_page(plan, state, now, library, form), errors), status_code=422)


@post("/plan/days-off", name="planner.save_days_off", status_code=200)
async def save_days_off(
    request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep
) -> Answer:
    form, state = await read_declared(request, DAYS_OFF_FIELDS), await state_of(work, person, library)
    days = read_days_off(form, today_of(_plan_of(state), now))
    errors = (days,) if isinstance(days, FieldError) else await _free(work, person, days, library)
    if not errors:
        return go_to(request, way_on("plan", "days-off"))
    page = plan_page(_plan_of(state), state, now, library)
    return render(request, with_days_off(page, form.one("off_from"), form.one("off_to"), errors), status_code=422)


@post("/plan/undo", name="planner.undo", status_code=303)
async def undo(request: AnyRequest, work: WorkDep, person: PersonDep, now: NowDep) -> Answer:
    """Of the newest step, which the form names."""
    form = await read_declared(request, UNDO_FIELDS, "step")
    found = await work(undo_as_seen, need_id(person), form.one("step"), queued_press(request.headers, now))
    _kept_or_refused(found, form, not_undone)
    return go_to(request, way_on(form.one("to"), "undone"))


async def _hold(
    work: Work, person: Person | None, _state: PlannerState, form: FormData, _now: datetime, library: Library
) -> Faults | None:
    rule = partial(pause_plan, reason=form.one("reason"), guidance=library.guidance)
    return held(await work(take_step, need_id(person), rule))


async def _go_on(
    work: Work, person: Person | None, state: PlannerState, form: FormData, now: datetime, library: Library
) -> Faults | None:
    day = read_day_to_go_on(form, today_of(_plan_of(state), now))
    if isinstance(day, FieldError):
        return (day,)
    rule = partial(resume_plan, day=day, library=library)
    return gone_on(await work(take_gated_step, need_id(person), rule, library))


async def _free(work: Work, person: Person | None, days: frozenset[date], library: Library) -> tuple[FieldError, ...]:
    found = await work(take_step, need_id(person), partial(take_days_off, days=days, library=library))
    return () if isinstance(found, SavedPlan) else days_off_errors(str(found))


def _kept_or_refused(found: object, form: FormData, fault: Callable[[str], FieldError]) -> None:
    """Raises NotFoundException where there is no plan, or no such session in it."""
    if found is None or found == "no-such-session":
        raise NotFoundException()
    if not isinstance(found, SavedPlan):
        raise Refused(form, (fault(str(found)),))


def _plan_of(state: PlannerState) -> SavedPlan:
    if state.plan is None:
        raise NotFoundException()
    return state.plan


handlers = [replan, show_pause, save_pause, save_days_off, undo]
