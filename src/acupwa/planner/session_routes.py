"""The addresses of one session: what became of it, and its move."""

from datetime import datetime

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec.structs import replace

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id, zone_of
from acupwa.person.model import Person
from acupwa.person.queued_press_service import is_done
from acupwa.planner.as_seen import find_session, gone_words
from acupwa.planner.model import SavedPlan
from acupwa.planner.move import Move, earliest_day
from acupwa.planner.move_form import MOVE_FIELDS, move_errors, read_move_form
from acupwa.planner.move_page import MovePage, move_page, with_errors
from acupwa.planner.plan import PlannerState, now_of
from acupwa.planner.pressed_service import log_as_seen, move_as_seen
from acupwa.planner.safety import known_request
from acupwa.planner.service import find_state
from acupwa.planner.session_form import LOG_FIELDS, LogChoice, log_of, not_yet, read_choice, way_after_log, way_on
from acupwa.quiz.retired_answers import known_check_in
from acupwa.web.forms import FieldError, FormData
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.queued_press import ChangedSince, QueuedPress, queued_press
from acupwa.web.refused import Refused, has_only, read_declared
from acupwa.web.rendering import go_to, render
from acupwa.wording import set_country


@post("/plan/sessions/{number:int}/log", name="planner.log_session", status_code=303)
async def save_log(request: AnyRequest, number: FromPath[int], work: WorkDep, person: PersonDep, now: NowDep) -> Answer:
    form = await read_declared(request, LOG_FIELDS)
    choice = await _log(work, person, number, form, queued_press(request.headers, now))
    return go_to(request, way_after_log(form.one("to"), choice, number))


@get("/plan/sessions/{number:int}/move", name="planner.show_move")
async def show_move(
    request: AnyRequest,
    number: FromPath[int],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    plan = _plan_with(number, (await state_of(work, person, library)).plan)
    if plan.pause or plan.ended_at:
        return go_to(request, "/plan")
    return render(request, move_page(plan, number, now_of(plan, now), library, to=request.query_params.get("to", "")))


@post("/plan/sessions/{number:int}/move", name="planner.save_move", status_code=200)
async def save_move(
    request: AnyRequest,
    number: FromPath[int],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    form, press = await read_declared(request, MOVE_FIELDS), queued_press(request.headers, now)
    page = None if await _is_done(work, person, press) else await _move(work, person, number, form, library, press, now)
    if page:
        return render(request, page, status_code=422)
    return go_to(request, way_on(form.one("to"), "moved", number))


@get("/plan/move/{number:int}", name="planner.old_show_move", status_code=308)
async def old_show_move(number: FromPath[int]) -> Response[bytes]:
    return _on_to_move(number)


@post("/plan/move/{number:int}", name="planner.old_save_move", status_code=308, guards=[has_only(*MOVE_FIELDS)])
async def old_save_move(number: FromPath[int]) -> Response[bytes]:
    """A page that was open when the address changed still sends its form here."""
    return _on_to_move(number)


async def state_of(work: Work, person: Person | None, library: Library) -> PlannerState:
    """What is kept may hold answers that this library has no words for: they stay out of sight here, but for danger
    signs, which close a plan without words too.
    """
    found = await work.read(find_state, person.id, library) if person else PlannerState()
    check_in, plan = found.check_in, found.plan
    if check_in:
        set_country(check_in.answers.country)
        known = known_check_in(check_in, library)
        told = check_in.answers
        check_in = replace(known, answers=replace(known.answers, red_flags=told.red_flags, groups=told.groups))
    return PlannerState(
        check_in=check_in,
        check_ins=found.check_ins,
        plan=replace(plan, request=known_request(plan.request, library)) if plan else None,
        zone=zone_of(person),
    )


async def _log(work: Work, person: Person | None, number: int, form: FormData, press: QueuedPress | None) -> LogChoice:
    """Raises NotFoundException when there is no such session, Refused for no choice and for one that is to come, and
    ChangedSince when it is no longer as the page of the press showed it.
    """
    choice = read_choice(form)
    if isinstance(choice, FieldError):
        raise Refused(form, (choice,))
    logged = await work(log_as_seen, need_id(person), number, log_of(choice), press)
    if logged == "no-such-session":
        raise NotFoundException()
    if logged == "not-yet":
        raise Refused(form, (not_yet(),))
    return choice


async def _move(
    work: Work,
    person: Person | None,
    number: int,
    form: FormData,
    library: Library,
    press: QueuedPress | None,
    now: datetime,
) -> MovePage | None:
    """The page with what stands against it; None when the session is moved. Raises ChangedSince like `_log`."""
    plan = _plan_with(number, (await state_of(work, person, library)).plan, press)
    here = now_of(plan, now)
    asked = read_move_form(form, number, here)
    errors = asked if isinstance(asked, tuple) else await _errors_of(work, person, plan, asked, library, press)
    return with_errors(move_page(plan, number, here, library), form, errors) if errors else None


async def _errors_of(
    work: Work, person: Person | None, plan: SavedPlan, asked: Move, library: Library, press: QueuedPress | None
) -> tuple[FieldError, ...]:
    """What stands against a move; none when it is done."""
    moved = await work(move_as_seen, need_id(person), asked, library.guidance, press)
    if moved is None or moved == "no-such-session":
        raise NotFoundException()
    if isinstance(moved, SavedPlan):
        return ()
    return move_errors(moved, earliest_day(plan, asked.number, asked.now, library.guidance))


async def _is_done(work: Work, person: Person | None, press: QueuedPress | None) -> bool:
    """A press that came before, and was done: what it asked for may be past by now."""
    if press is None:
        return False
    done: bool = await work.read(is_done, need_id(person), press)
    return done


def _plan_with(number: int, plan: SavedPlan | None, press: QueuedPress | None = None) -> SavedPlan:
    """Raises NotFoundException when it is not there; ChangedSince where it was for whoever pressed."""
    if plan is None or find_session(plan, number) is None:
        raise ChangedSince(gone_words(plan, number)) if press else NotFoundException
    return plan


def _on_to_move(number: int) -> Response[bytes]:
    headers = {"cache-control": "no-store", "location": f"/plan/sessions/{number}/move"}
    return Response(b"", status_code=308, headers=headers)


handlers = [save_log, show_move, save_move, old_show_move, old_save_move]
