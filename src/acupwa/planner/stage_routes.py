"""The addresses of the talk and of what comes after it."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.exceptions import NotFoundException
from msgspec.structs import replace

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id
from acupwa.person.model import Person
from acupwa.planner.gate import Gate
from acupwa.planner.model import EndedAs, SavedPlan
from acupwa.planner.plan import PlannerState, today_of
from acupwa.planner.service import take_gated_step, take_step
from acupwa.planner.session_routes import state_of
from acupwa.planner.stage_entry import entry_for_stages
from acupwa.planner.stage_form import (
    EXTEND_FIELDS,
    FINISH_FIELDS,
    RESTART_FIELDS,
    TAPER_FIELDS,
    extend_errors,
    read_ended_as,
    read_more,
    read_planned,
    read_short,
    read_taper,
)
from acupwa.planner.stage_page import StagePage, refused, shown, stage_page
from acupwa.planner.stages import extend_once, finish_plan, most_more, restart_once, taper_once
from acupwa.planner.talk_page import TalkPage, talk_page
from acupwa.web.forms import FieldError, FormData
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.refused import Refused, read_declared
from acupwa.web.rendering import go_to, render
from acupwa.zones import localised

PLAN = "/plan"


@get("/plan/talk", name="planner.show_talk")
async def show_talk(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep) -> Answer:
    return render(request, await _talk(work, person, library, now))


@post("/plan/extend", name="planner.extend_plan", status_code=200)
async def extend(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep) -> Answer:
    form, state = await read_declared(request, EXTEND_FIELDS), await _planned(work, person, library)
    done = await _extend(work, person, form, state, library)
    if done is None:
        return go_to(request, f"{PLAN}?done=extended")
    page = replace(await _talk(work, person, library, now), more=form.one("more"), errors=done)
    return render(request, page, status_code=422)


@post("/plan/finish", name="planner.finish_plan", status_code=303)
async def finish(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep) -> Answer:
    """A course that has ended stays as it ended."""
    form = await read_declared(request, FINISH_FIELDS)
    ended_as = _need_choice(form)
    found = await work(take_step, need_id(person), partial(finish_plan, ended_as=ended_as))
    if found is None:
        raise NotFoundException()
    return go_to(request, f"{PLAN}?done={ended_as}")


@get("/plan/taper", name="planner.show_taper")
async def show_taper(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep) -> Answer:
    state = await _planned(work, person, library)
    return render(request, stage_page("taper", _plan_of(state), state, now, library))


@post("/plan/taper", name="planner.taper_plan", status_code=200)
async def taper(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep) -> Answer:
    """Shows the sessions; with `do=save` keeps them."""
    form, state = await read_declared(request, TAPER_FIELDS), await _planned(work, person, library)
    page = replace(stage_page("taper", _plan_of(state), state, now, library), sessions=form.one("sessions"))
    entry, asked = entry_for_stages(state, library, now), read_taper(form, library.guidance)
    if isinstance(asked, tuple) or not isinstance(entry, Gate):
        return _show(request, replace(page, errors=asked if isinstance(asked, tuple) else ()), faulty=True)
    find: Any = partial(taper_once, sessions=asked, library=library)
    page = shown(page, _plan_of(state), find(_plan_of(state), now, entry=entry), library)
    return await _stage(request, work, person, form, page, find, library)


@get("/plan/restart", name="planner.show_restart")
async def show_restart(
    request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep
) -> Answer:
    state = await _planned(work, person, library)
    return render(request, stage_page("restart", _plan_of(state), state, now, library))


@post("/plan/restart", name="planner.restart_plan", status_code=200)
async def restart(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep) -> Answer:
    """Shows the sessions; with `do=save` keeps them."""
    form, state = await read_declared(request, RESTART_FIELDS), await _planned(work, person, library)
    page = replace(
        stage_page("restart", _plan_of(state), state, now, library), sessions=form.one("sessions"), day=form.one("day")
    )
    entry, asked = (
        entry_for_stages(state, library, now),
        read_short(form, library.guidance, today_of(_plan_of(state), now)),
    )
    if isinstance(asked, tuple) or not isinstance(entry, Gate):
        return _show(request, replace(page, errors=asked if isinstance(asked, tuple) else ()), faulty=True)
    find: Any = partial(restart_once, sessions=asked.sessions, day=asked.day, library=library)
    page = shown(page, _plan_of(state), find(_plan_of(state), now, entry=entry), library)
    return await _stage(request, work, person, form, page, find, library)


async def _talk(work: Work, person: Person | None, library: Library, now: datetime) -> TalkPage:
    state = await _planned(work, person, library)
    plan = _plan_of(state)
    return talk_page(plan, state, localised(state.finished, plan.request.time_zone), now, library)


async def _extend(
    work: Work, person: Person | None, form: FormData, state: PlannerState, library: Library
) -> tuple[FieldError, ...] | None:
    """What stands against it; None when the sessions are added, now or by the same press before. A gate that bars it
    says so on the page.
    """
    most = most_more(_plan_of(state), library.guidance)
    more = read_more(form, library.guidance.numbers.extend_sessions.value)
    if isinstance(more, FieldError):
        return (more,)
    find: Any = partial(extend_once, more=more, planned=read_planned(form), library=library)
    return extend_errors(await work(take_gated_step, need_id(person), find, library), most)


async def _stage(
    request: AnyRequest,
    work: Work,
    person: Person | None,
    form: FormData,
    page: StagePage,
    find: Any,
    library: Library,
) -> Answer:
    """`page` shows the sessions, or what stands against them; a second press of *Save* finds that it is done."""
    if form.one("do") != "save":
        return _show(request, page, faulty=not page.dates)
    found = await work(take_gated_step, need_id(person), find, library)
    if isinstance(found, SavedPlan):
        return go_to(request, f"{PLAN}?done={found.steps[-1].kind}")
    return _show(request, refused(page, found), faulty=True)


def _show(request: AnyRequest, page: StagePage, *, faulty: bool = False) -> Answer:
    return render(request, page, status_code=422 if faulty else 200)


def _need_choice(form: FormData) -> EndedAs:
    found = read_ended_as(form)
    if isinstance(found, FieldError):
        raise Refused(form, (found,))
    return found


async def _planned(work: Work, person: Person | None, library: Library) -> PlannerState:
    """Raises NotFoundException where there is no plan."""
    state = await state_of(work, person, library)
    _plan_of(state)
    return state


def _plan_of(state: PlannerState) -> SavedPlan:
    if state.plan is None:
        raise NotFoundException()
    return state.plan


handlers = [show_talk, extend, finish, show_taper, taper, show_restart, restart]
