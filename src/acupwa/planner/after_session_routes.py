"""The addresses of how a session was."""

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id
from acupwa.person.model import Person
from acupwa.planner.after_session import AfterSession
from acupwa.planner.after_session_form import BUTTON, FIELDS, read_after_session
from acupwa.planner.after_session_page import after_session_page, can_be_told, session_of
from acupwa.planner.after_session_service import KeptAfter, keep_after_session
from acupwa.planner.outcome import outcome_of, told
from acupwa.planner.plan import PlannerState
from acupwa.planner.session_form import after_way_on, not_yet
from acupwa.planner.session_routes import state_of
from acupwa.web.forms import FieldError, FormData
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, SettingsDep, WorkDep
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render


@get("/plan/sessions/{number:int}", name="planner.show_session")
async def show_session(
    request: AnyRequest,
    number: FromPath[int],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    """Of a session to come there is nothing to tell: the plan says when it is."""
    state = await state_of(work, person, library)
    if session_of(state.plan, number) is None or state.plan is None:
        raise NotFoundException()
    if not can_be_told(state.plan, number, now):
        return go_to(request, "/plan")
    asked = request.query_params
    page = after_session_page(state.plan, number, state, library, to=asked.get("to", ""))
    return render(request, told(page, outcome_of(asked.get("done", ""), str(number), state.plan)))


@post("/plan/sessions/{number:int}", name="planner.save_session", status_code=303)
async def save_session(
    request: AnyRequest,
    number: FromPath[int],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    settings: SettingsDep,
) -> Answer:
    form = await read_declared(request, FIELDS)
    said, errors = read_after_session(form, library)
    kept = errors or await _keep(work, person, number, said, library, settings.draft_days)
    if isinstance(kept, KeptAfter):
        return go_to(request, after_way_on(form.one("to"), number, said.pauses, danger=kept.danger))
    return _again(request, number, form, await state_of(work, person, library), library, kept)


async def _keep(
    work: Work, person: Person | None, number: int, said: AfterSession, library: Library, draft_days: int
) -> KeptAfter | tuple[FieldError, ...]:
    """What stands against it, when it is not kept. Raises NotFoundException when there is no such session."""
    kept = await work(keep_after_session, need_id(person), number, said, library, draft_days)
    if kept == "no-such-session":
        raise NotFoundException()
    return kept if isinstance(kept, KeptAfter) else (FieldError(BUTTON, not_yet().message),)


def _again(
    request: AnyRequest,
    number: int,
    form: FormData,
    state: PlannerState,
    library: Library,
    errors: tuple[FieldError, ...],
) -> Answer:
    """The page with what was ticked, and what to do about it."""
    if state.plan is None or session_of(state.plan, number) is None:
        raise NotFoundException()
    said, _errors = read_after_session(form, library)
    page = after_session_page(state.plan, number, state, library, to=form.one("to"), said=said, errors=errors)
    return render(request, page, status_code=422)


handlers = [show_session, save_session]
