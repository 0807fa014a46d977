"""The addresses of one check-in: show a screen, answer it, keep a draft of it, pause, finish."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id, zone_of
from acupwa.person.model import Person
from acupwa.quiz.follow_up import as_asked_on, is_old_page, is_open_to
from acupwa.quiz.forms import ForeignFields
from acupwa.quiz.groups import sign_groups
from acupwa.quiz.model import ALL_SCREENS, FOLLOW_UP, STAMP_FIELDS, CheckIn
from acupwa.quiz.pages import SavedPage, paused_page, stale_draft_page
from acupwa.quiz.pause_service import find_pause_code, pause_check_in
from acupwa.quiz.posted_screen import PostedScreen, SavedDraft, SavedScreen
from acupwa.quiz.rules import REVIEW, has_expired, missing_screens, next_screen, screens_of
from acupwa.quiz.screen_page import review_page, screen_page, stamp_page
from acupwa.quiz.service import (
    find_check_in,
    find_latest_finished,
    finish_check_in,
    open_screen,
    save_draft,
    save_screen,
)
from acupwa.web.declared import fields_of
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.origin import origin_of
from acupwa.web.refused import Refused, read_declared
from acupwa.web.rendering import go_to, read_form, render, wants_fragment
from acupwa.wording import set_country
from acupwa.zones import localised

T = TypeVar("T")
_LEFT_OUT = "left-out"
_ANSWERED = tuple(screen for screen in ALL_SCREENS if screen != REVIEW)


@get("/{check_in:str}", name="quiz.carry_on")
async def carry_on(
    request: AnyRequest,
    check_in: FromPath[str],
    work: WorkDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    """Where the person stopped; what they told us when nothing is left."""
    found = _need(request, now, await work.read(find_check_in, need_id(person), read_key(check_in)))
    if found.finished:
        return go_to(request, f"/results/{found.id}")
    return go_to(request, _onward(found))


@get("/{check_in:str}/{screen:str}", name="quiz.show_screen")
async def show_screen(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    _need_screen(screen, ALL_SCREENS)
    opened = await work.read(open_screen, need_id(person), read_key(check_in), screen)
    found = _need(request, now, opened.check_in if opened else None)
    if opened is None or not is_open_to(found, screen):
        return go_to(request, _instead_of(screen, found))
    previous = await _previous(work, person, found)
    page = screen_page(as_asked_on(found, now, zone_of(person)), screen, library, previous=previous)
    return render(request, stamp_page(page, opened.version, now))


@post("/{check_in:str}/{screen:str}", name="quiz.save_screen")
async def answer_screen(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    _need_screen(screen, ALL_SCREENS)
    if screen == REVIEW:
        return await _finish(request, work, library, person, check_in)
    saved = await _post(request, work, library, person, check_in, screen, save_screen)
    if saved.read.errors:
        return await _show_again(request, work, library, person, screen, saved, now)
    return go_to(request, _after(screen, saved.check_in))


@post("/{check_in:str}/{screen:str}/draft", name="quiz.save_draft")
async def keep_draft(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    """Saves by itself while the person answers. What is missing or wrong is no fault here; 409: something newer is."""
    _need_screen(screen, _ANSWERED)
    draft = await _post(request, work, library, person, check_in, screen, save_draft)
    if not wants_fragment(request):
        return Response(b"", status_code=204 if draft.taken else 409, headers={"cache-control": "no-store"})
    if draft.taken:
        return render(request, SavedPage())
    return render(request, stale_draft_page(draft.check_in, screen), status_code=409)


@post("/{check_in:str}/{screen:str}/pause", name="quiz.pause")
async def pause(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    """Keeps what is on the screen, unless something newer is, and makes a code. The page that follows shows it."""
    _need_screen(screen, _ANSWERED)
    paused = await _post(request, work, library, person, check_in, screen, pause_check_in)
    if paused.code:
        return go_to(request, _paused(paused.draft, screen))
    if paused.draft.question:
        return await _show_again(request, work, library, person, screen, paused.draft.question, now)
    return go_to(request, f"/results/{paused.draft.check_in.id}")


@get("/{check_in:str}/{screen:str}/pause", name="quiz.show_pause")
async def show_pause(
    request: AnyRequest,
    check_in: FromPath[str],
    screen: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    """The code, to its owner alone, also after Back. Once it opens nothing: on with the check-in."""
    _need_screen(screen, _ANSWERED)
    found = _need(request, now, await work.read(find_check_in, need_id(person), read_key(check_in)))
    code = await work.read(find_pause_code, need_id(person), found.id)
    if code is None:
        return go_to(request, f"/quiz/{found.id}")
    left_out = _LEFT_OUT in request.query_params
    shown = localised(code, zone_of(person))
    return render(request, paused_page(found, shown, origin_of(request), library, left_out=left_out))


@post("/{check_in:str}/finish", name="quiz.finish")
async def finish(
    request: AnyRequest,
    check_in: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    return await _finish(request, work, library, person, check_in)


def draft_days(request: AnyRequest) -> int:
    """How many days a draft lives on this server."""
    days: int = request.app.state.settings.draft_days
    return days


async def _show_again(
    request: AnyRequest,
    work: Work,
    library: Library,
    person: Person | None,
    screen: str,
    saved: SavedScreen,
    now: datetime,
) -> Answer:
    """The screen with what was sent, and what is at fault or asked about.

    One that other answers have made needless meanwhile has nothing left to mend, unless a danger sign was ticked on it:
    that is shown where such signs are asked for.
    """
    if screen not in screens_of(saved.check_in):
        read, stored = saved.read.answers, saved.check_in.answers
        if {*read.red_flags, *sign_groups(read, library)} <= {*stored.red_flags, *stored.groups}:
            return go_to(request, _onward(saved.check_in))
        screen = screens_of(saved.check_in)[0]
    previous = await _previous(work, person, saved.check_in)
    shown = as_asked_on(saved.check_in, now, zone_of(person))
    page = screen_page(shown, screen, library, saved.read, previous)
    return render(request, stamp_page(page, saved.version, now), status_code=422)


async def _finish(request: AnyRequest, work: Work, library: Library, person: Person | None, check_in: str) -> Answer:
    await _need_no_answers(request, work, person, check_in)
    finished = _there(await work(finish_check_in, need_id(person), read_key(check_in), library, draft_days(request)))
    if finished.finished or finished.variant == "follow-up":
        return go_to(request, _after(FOLLOW_UP, finished))
    missing = missing_screens(finished)
    page = review_page(finished, library, missing)
    return render(request, page, status_code=422)


async def _post(
    request: AnyRequest,
    work: Work,
    library: Library,
    person: Person | None,
    check_in: str,
    screen: str,
    save: Callable[..., T | None],
) -> T:
    """What comes of the form of one screen of this person's check-in. What its screen does not take is refused."""
    form = await read_form(request)
    posted = PostedScreen(check_in=read_key(check_in), screen=screen, form=form, draft_days=draft_days(request))
    try:
        return _there(await work(save, need_id(person), posted, library))
    except ForeignFields as foreign:
        raise Refused(form, foreign.errors) from None


async def _need_no_answers(request: AnyRequest, work: Work, person: Person | None, check_in: str) -> None:
    """The button that finishes has no answers. What is not there, or not theirs, is not found, whatever was sent."""
    try:
        await read_declared(request, fields_of(*STAMP_FIELDS))
    except Refused:
        _there(await work.read(find_check_in, need_id(person), read_key(check_in)))
        raise


def _need(request: AnyRequest, now: datetime, found: CheckIn | None) -> CheckIn:
    """This person's check-in. Not there, not theirs, or a draft past its time: 404, alike."""
    if found is None or has_expired(found, now, draft_days(request)):
        raise NotFoundException
    set_country(found.answers.country)
    return found


def _there(found: T | None) -> T:
    """What is not there, or not theirs, is not found."""
    if found is None:
        raise NotFoundException
    return found


def _need_screen(screen: str, screens: Sequence[str]) -> None:
    if screen not in screens:
        raise NotFoundException


async def _previous(work: Work, person: Person | None, check_in: CheckIn) -> CheckIn | None:
    """What stands beside the questions from the second time on."""
    if person is None or not check_in.has_previous:
        return None
    return localised(await work.read(find_latest_finished, person.id, check_in), person.time_zone)


def _paused(draft: SavedDraft, screen: str) -> str:
    address = f"/quiz/{draft.check_in.id}/{screen}/pause"
    return address if draft.taken else f"{address}?{_LEFT_OUT}"


def _onward(check_in: CheckIn) -> str:
    return f"/quiz/{check_in.id}/{next_screen(check_in)}"


def _instead_of(screen: str, check_in: CheckIn) -> str:
    """Where an address leads that is not on the path: those of old to the one page that took their place."""
    return f"/quiz/{check_in.id}/{FOLLOW_UP}" if is_old_page(check_in, screen) else _onward(check_in)


def _after(screen: str, check_in: CheckIn) -> str:
    """The page that ends a check-in leads to its summary, also when it is changed later."""
    if check_in.finished and screen == FOLLOW_UP:
        return f"/results/{check_in.id}"
    return _instead_of(screen, check_in)
