"""The addresses of the quiz: begin, answer screen by screen, carry on, change, finish; or send it whole."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import need_id, person_or_new
from acupwa.person.model import Person
from acupwa.person.service import make_code
from acupwa.quiz.consent import consent_lines
from acupwa.quiz.follow_up import can_follow_up
from acupwa.quiz.model import ALL_SCREENS, SCREENS, CheckIn
from acupwa.quiz.one_page import read_whole_quiz
from acupwa.quiz.pages import (
    SavedPage,
    again_page,
    elsewhere_page,
    paused_page,
    resume_page,
    review_page,
    screen_page,
    start_page,
    whole_page,
)
from acupwa.quiz.rules import REVIEW, has_expired, missing_screens, next_screen, screens_of
from acupwa.quiz.service import (
    ConsentGiven,
    Saved,
    find_draft,
    finish_check_in,
    get_check_in,
    latest_finished,
    open_screen,
    save_draft,
    save_screen,
    save_whole,
    start_check_in,
    start_follow_up,
)
from acupwa.quiz.write_order import milliseconds
from acupwa.web.forms import FormData
from acupwa.web.keys import read_key
from acupwa.web.origin import origin_of
from acupwa.web.public import PublicPage
from acupwa.web.rendering import go_to, read_form, render, wants_fragment

Answer = Response[Any]
AnyRequest = Request[Any, Any, Any]
_ANSWERED = tuple(screen for screen in ALL_SCREENS if screen != REVIEW)


def start_pages(library: Library, draft_days: int, person_days: int) -> Iterable[PublicPage]:
    """`/quiz`, with this server's days in the words of consent."""
    yield PublicPage("/quiz", start_page(library, draft_days, person_days), offline="first")


@post("/", name="quiz.start")
async def start(
    request: AnyRequest,
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Answer:
    """Pressing the button is the consent. A draft with answers is offered first, unless `again` is sent."""
    form = await _form(request)
    if person and form.one("variant") == "follow-up":
        begun = await work(start_follow_up, person.id, library)
        return go_to(request, _onward(begun) if begun else "/quiz")
    draft = await work(find_draft, person.id) if person else None
    if draft and draft.seen and not form.one("again") and not has_expired(draft, now, _draft_days(request)):
        return go_to(request, "/quiz/resume-draft")
    if person and not form.one("again") and can_follow_up(await work(latest_finished, person.id)):
        return go_to(request, "/quiz/again")
    person, cookies = await person_or_new(request, work, person)
    check_in = await work(start_check_in, person.id, library, _consent(request, library))
    return go_to(request, f"/quiz/{check_in.id}/{SCREENS[0]}", cookies=cookies)


@get("/resume-draft", name="quiz.show_draft")
async def show_draft(
    request: AnyRequest,
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Answer:
    """Carry on, or start again? Without a draft there is nothing to ask."""
    draft = await work(find_draft, person.id) if person else None
    if draft is None or has_expired(draft, now, _draft_days(request)):
        return go_to(request, "/quiz")
    return render(request, resume_page(draft))


@get("/again", name="quiz.show_again")
async def show_again(
    request: AnyRequest, work: NamedDependency[Work], person: NamedDependency[Person | None]
) -> Answer:
    """The short way or the whole one? Without a finished check-in there is nothing to ask."""
    earlier = await work(latest_finished, person.id) if person else None
    if earlier is None or not can_follow_up(earlier):
        return go_to(request, "/quiz")
    return render(request, again_page(earlier))


@get("/{check_in:str}", name="quiz.carry_on")
async def carry_on(
    request: AnyRequest,
    check_in: FromPath[str],
    work: NamedDependency[Work],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Answer:
    """Where the person stopped; what they told us when nothing is left."""
    found = await _find(request, work, person, now, check_in)
    if found.finished:
        return go_to(request, f"/results/{found.id}")
    return go_to(request, _onward(found))


@get("/{check_in:str}/{screen:str}", name="quiz.show_screen")
async def show_screen(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Answer:
    _known(screen, ALL_SCREENS)
    opened = await work(open_screen, need_id(person), read_key(check_in), screen)
    found = _there(request, now, opened.check_in if opened else None)
    if opened is None or screen not in screens_of(found):
        return go_to(request, _onward(found))
    earlier = await _earlier(work, person, found)
    page = screen_page(found, screen, library, earlier=earlier, version=opened.version, opened=milliseconds(now))
    return render(request, page)


@post("/{check_in:str}/{screen:str}", name="quiz.save_screen")
async def answer_screen(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Answer:
    _known(screen, ALL_SCREENS)
    if screen == REVIEW:
        return await _finish(request, work, library, person, check_in)
    form = await _form(request)
    saved = await work(save_screen, need_id(person), read_key(check_in), screen, form, library, _draft_days(request))
    if saved is None:
        raise NotFoundException
    if saved.read.errors:
        return await _once_more(request, work, library, person, screen, saved, now)
    return go_to(request, _onward(saved.check_in))


@post("/{check_in:str}/{screen:str}/draft", name="quiz.save_draft")
async def keep_draft(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
) -> Answer:
    """Saves by itself while the person answers. What is missing or wrong is no fault here; 409: something newer is."""
    _known(screen, _ANSWERED)
    form = await _form(request)
    draft = await work(save_draft, need_id(person), read_key(check_in), screen, form, library, _draft_days(request))
    if draft is None:
        raise NotFoundException
    if not wants_fragment(request):
        return Response(b"", status_code=204 if draft.taken else 409, headers={"cache-control": "no-store"})
    if draft.taken:
        return render(request, SavedPage())
    return render(request, elsewhere_page(draft.check_in, screen), status_code=409)


@post("/{check_in:str}/{screen:str}/pause", name="quiz.pause", status_code=200)
async def pause(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Answer:
    """Keeps what is on the screen, unless something newer is, and gives a code. It is shown in the answer itself: only its hash is kept."""
    _known(screen, _ANSWERED)
    form = await _form(request)
    days = _draft_days(request)
    draft = await work(save_draft, need_id(person), read_key(check_in), screen, form, library, days, pressed=True)
    if draft is None:
        raise NotFoundException
    if draft.again:
        return await _once_more(request, work, library, person, screen, draft.again, now)
    paused = draft.check_in
    if paused.finished:
        return go_to(request, f"/results/{paused.id}")
    code, handover = await work(make_code, need_id(person), "pause", paused.id)
    page = paused_page(paused, code, handover.expires_at, origin_of(request), left_out=not draft.taken)
    return render(request, page)


@post("/{check_in:str}/finish", name="quiz.finish")
async def finish(
    request: AnyRequest,
    check_in: FromPath[str],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
) -> Answer:
    return await _finish(request, work, library, person, check_in)


@post("/whole", name="quiz.save_whole")
async def answer_whole(
    request: AnyRequest,
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
) -> Answer:
    """All screens at once, as the phone sends a quiz that was answered offline.

    Sending it is the press of the button: the consent is kept with it. The same key again changes nothing.
    """
    form = await _form(request)
    whole = read_whole_quiz(form, request.headers.get("idempotency-key", ""), library)
    if whole.read.errors:
        return render(request, whole_page(whole.read, form), status_code=422)
    person, cookies = await person_or_new(request, work, person)
    consent = _consent(request, library)
    check_in = await work(save_whole, person.id, whole.variant, whole.read, whole.key, library, consent)
    return go_to(request, f"/results/{check_in.id}", cookies=cookies)


# ------------------------------------------------------------------ shared


async def _once_more(
    request: AnyRequest,
    work: Work,
    library: Library,
    person: Person | None,
    screen: str,
    saved: Saved,
    now: datetime,
) -> Answer:
    """The screen with what was sent, and what is at fault or asked about."""
    screen = _on_path(saved.check_in, screen)
    earlier = await _earlier(work, person, saved.check_in)
    at = milliseconds(now)
    page = screen_page(saved.check_in, screen, library, saved.read, earlier, version=saved.version, opened=at)
    return render(request, page, status_code=422)


async def _finish(request: AnyRequest, work: Work, library: Library, person: Person | None, check_in: str) -> Answer:
    finished = await work(finish_check_in, need_id(person), read_key(check_in), library, _draft_days(request))
    if finished is None:
        raise NotFoundException
    if finished.finished:
        return go_to(request, f"/results/{finished.id}")
    missing = missing_screens(finished)
    page = review_page(finished, library, missing)
    return render(request, page, status_code=422)


async def _find(request: AnyRequest, work: Work, person: Person | None, now: datetime, check_in: str) -> CheckIn:
    """This person's check-in. Not there, not theirs, or a draft past its time: 404, alike."""
    return _there(request, now, await work(get_check_in, need_id(person), read_key(check_in)))


def _there(request: AnyRequest, now: datetime, found: CheckIn | None) -> CheckIn:
    if found is None or has_expired(found, now, _draft_days(request)):
        raise NotFoundException
    return found


async def _earlier(work: Work, person: Person | None, check_in: CheckIn) -> CheckIn | None:
    """What stands beside the questions from the second time on."""
    if person is None or not check_in.again:
        return None
    return await work(latest_finished, person.id, check_in.id)


def _draft_days(request: AnyRequest) -> int:
    days: int = request.app.state.settings.draft_days
    return days


def _onward(check_in: CheckIn) -> str:
    return f"/quiz/{check_in.id}/{next_screen(check_in)}"


def _known(screen: str, screens: Sequence[str]) -> None:
    if screen not in screens:
        raise NotFoundException


def _on_path(check_in: CheckIn, screen: str) -> str:
    return screen if screen in screens_of(check_in) else SCREENS[0]


async def _form(request: AnyRequest) -> FormData:
    """The posted form; a bare button without a body is an empty one."""
    if not request.headers.get("content-type") and not await request.body():
        return FormData(())
    return await read_form(request)


def _consent(request: AnyRequest, library: Library) -> ConsentGiven:
    settings = request.app.state.settings
    lines = consent_lines(library, settings.draft_days, settings.person_days)
    return ConsentGiven(library.quiz.consent.version, "\n".join(lines))


router = Router(
    "/quiz",
    route_handlers=[
        start,
        show_draft,
        show_again,
        carry_on,
        show_screen,
        answer_screen,
        keep_draft,
        pause,
        finish,
        answer_whole,
    ],
)
