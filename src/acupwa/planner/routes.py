"""The planner's addresses."""

from datetime import date, datetime
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec.structs import replace

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.model import Person
from acupwa.planner import pages
from acupwa.planner.course import course_of, make_course
from acupwa.planner.forms import AskedMove, move_errors, parse_move_form, parse_plan_form
from acupwa.planner.ics import MEDIA_TYPE, calendar_of
from acupwa.planner.model import Course
from acupwa.planner.plan import AskedPlan, SavedPlan, earliest_day, entries_of, sessions_of, sessions_over
from acupwa.planner.safety import gate_for, gate_of_request, known_request
from acupwa.planner.service import Standing, delete_plan, find_standing, move, save_plan
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import known_check_in
from acupwa.web.rendering import go_to, read_form, render
from acupwa.wording import gettext as _

PLAN = "/plan"


@get(PLAN, name="planner.show_plan")
async def show_plan(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
    today: NamedDependency[date],
) -> Response[bytes]:
    """The plan; else the form, or why there is none, or how courses go."""
    standing = await _standing(work, person, library)
    if standing.plan:
        return render(request, _plan_page(standing, standing.plan, today, library))
    return _form_or_why_not(request, standing, library, today)


@get("/plan/change", name="planner.change_plan")
async def change_plan(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
    today: NamedDependency[date],
) -> Response[bytes]:
    return _form_or_why_not(request, await _standing(work, person, library), library, today)


@post(PLAN, name="planner.make_plan", status_code=200)
async def make_plan(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
    today: NamedDependency[date],
) -> Response[Any]:
    """Shows the sessions that the form gives; with `do=save` keeps them."""
    standing = await _standing(work, person, library)
    if person is None or standing.check_in is None or not gate_for(standing.check_in.answers, library).open:
        return go_to(request, PLAN)
    form, answers, before = await read_form(request), standing.check_in.answers, standing.plan
    asked = parse_plan_form(form, answers, library, today)
    values, changing = pages.posted_values(form), before is not None
    if not isinstance(asked, AskedPlan):
        page = pages.form_page(values, answers, library, changing=changing, errors=asked)
        return render(request, page, status_code=422)
    kept = sessions_over(before, today) if before else ()
    made = make_course(asked.request, library, kept=kept)
    if form.one("do") == "save" and isinstance(made, Course):
        await work(save_plan, person.id, asked, made, library)
        return go_to(request, PLAN)
    page = pages.form_page(
        values, answers, library, changing=changing, made=made, kept=len(kept), request=asked.request
    )
    return render(request, page)


@get("/plan/move/{which:int}", name="planner.show_move")
async def show_move(
    request: Request[Any, Any, Any],
    which: FromPath[int],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
    today: NamedDependency[date],
) -> Response[bytes]:
    plan = _plan_with(which, (await _standing(work, person, library)).plan)
    page = pages.move_page(plan, which, today, library)
    return render(request, page)


@post("/plan/move/{which:int}", name="planner.save_move", status_code=200)
async def save_move(
    request: Request[Any, Any, Any],
    which: FromPath[int],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
    today: NamedDependency[date],
) -> Response[Any]:
    plan = _plan_with(which, (await _standing(work, person, library)).plan)
    form = await read_form(request)
    asked = parse_move_form(form, today)
    errors = asked if isinstance(asked, tuple) else ()
    if person and isinstance(asked, AskedMove):
        moved = await work(move, person.id, which, asked.day, asked.time, asked.rest, today, library)
        if not isinstance(moved, str):
            return go_to(request, PLAN)
        errors = move_errors(moved, earliest_day(plan, which, today, library.guidance))
    page = pages.move_page(plan, which, today, library, form=form, errors=errors)
    return render(request, page, status_code=422)


@get("/plan/delete", name="planner.ask_delete")
async def ask_delete(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
) -> Response[bytes]:
    if (await _standing(work, person, library)).plan is None:
        raise NotFoundException()
    return render(request, pages.DeletePage(_("Delete your plan?")))


@post("/plan/delete", name="planner.delete_plan", status_code=303)
async def delete_plan_(
    request: Request[Any, Any, Any], work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Response[Any]:
    if person:
        await work(delete_plan, person.id)
    return go_to(request, PLAN)


@get("/plan.ics", name="planner.download_calendar")
async def download_calendar(
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    plan = (await _standing(work, person, library)).plan
    if plan is None:
        raise NotFoundException()
    text = calendar_of(entries_of(plan), key=plan.id, time_zone=plan.request.time_zone, now=plan.updated_at)
    headers = {
        "cache-control": "no-store",
        "content-disposition": 'attachment; filename="appointments.ics"',
    }
    return Response(text.encode(), media_type=MEDIA_TYPE, headers=headers)


async def _standing(work: Work, person: Person | None, library: Library) -> Standing:
    """What is kept may hold answers that this library has no words for: they stay out of sight here, but for danger
    signs, which close a plan without words too.
    """
    found = await work(find_standing, person.id) if person else Standing()
    check_in, plan = found.check_in, found.plan
    return Standing(
        check_in=_with_all_signs(known_check_in(check_in, library), check_in) if check_in else None,
        plan=replace(plan, request=known_request(plan.request, library)) if plan else None,
    )


def _with_all_signs(known: CheckIn, check_in: CheckIn) -> CheckIn:
    return replace(known, answers=replace(known.answers, red_flags=check_in.answers.red_flags))


def _form_or_why_not(
    request: Request[Any, Any, Any], standing: Standing, library: Library, today: date
) -> Response[bytes]:
    check_in, plan = standing.check_in, standing.plan
    if check_in is None:
        return render(request, pages.invite_page(library, today))
    entry = gate_for(check_in.answers, library)
    if not entry.open:
        page = pages.closed_page(entry, check_in, plan is not None, library)
        return render(request, page)
    values = pages.saved_values(plan, today) if plan else pages.first_values(check_in.answers, library, today)
    kept = len(sessions_over(plan, today)) if plan else 0
    form = pages.form_page(values, check_in.answers, library, changing=plan is not None, kept=kept)
    return render(request, form)


def _plan_page(standing: Standing, plan: SavedPlan, today: date, library: Library) -> pages.PlanPage:
    cautions = gate_of_request(plan.request, library).cautions
    course = course_of(sessions_of(plan), plan.request, cautions, library.guidance)
    check_in = standing.check_in
    entry = gate_for(check_in.answers, library) if check_in else None
    return pages.plan_page(plan, course, entry, check_in, today, library)


def _plan_with(which: int, plan: SavedPlan | None) -> SavedPlan:
    if plan is None or all(session.number != which for session in plan.standing):
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
