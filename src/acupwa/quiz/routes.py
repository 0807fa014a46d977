"""The addresses of the quiz: begin, carry on, do it again, or send it on one page."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_kept_cookie, newcomer, person_or_new, token_cookie
from acupwa.person.model import Person
from acupwa.quiz import check_in_routes
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.care import danger_found
from acupwa.quiz.check_in_routes import CHECK_IN, show_old_choice
from acupwa.quiz.consent import ConsentGiven, consent_lines
from acupwa.quiz.danger_rules import danger_rules
from acupwa.quiz.follow_up import can_follow_up
from acupwa.quiz.forms import start_fields
from acupwa.quiz.model import CheckIn, SessionsSince
from acupwa.quiz.one_page_form import OnePageQuiz, read_one_page_quiz, without_room
from acupwa.quiz.one_page_service import (
    NoRoom,
    Received,
    ReceivedOfAnother,
    Reception,
    Unclaimed,
    Waited,
    save_one_page,
)
from acupwa.quiz.pages import one_page_faults, received_page, start_page
from acupwa.quiz.posted_screen import FollowUpAsked
from acupwa.quiz.rules import screens_of
from acupwa.quiz.screen_routes import (
    answer_screen,
    carry_on,
    draft_days,
    finish,
    keep_draft,
    pause,
    show_pause,
    show_screen,
)
from acupwa.quiz.service import (
    find_draft_to_carry_on,
    find_latest_finished,
    is_full,
)
from acupwa.quiz.start_service import start_check_in, start_follow_up
from acupwa.quiz.whole_page import is_shown_again, whole_page, whole_title
from acupwa.web.forms import FormData
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.owner import name_owner
from acupwa.web.public import JsonText, LazyPage, PublicPage
from acupwa.web.queued import NOBODY, OfAnother, queued_by
from acupwa.web.queued_press import pressed_at
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, read_form, render
from acupwa.web.ticks import read_tick

# Where old ones are deleted, and why there is no room is said.
_FULL = "/me?done=full"


def start_pages(library: Library, draft_days: int, person_days: int) -> Iterable[PublicPage]:
    """`/quiz` and the check-in on one page, with this server's days in the words of consent, and what a phone works danger
    signs out with.
    """
    page = start_page(library, draft_days, person_days)
    yield PublicPage("/quiz", page, offline="first", leads_on="/check-in")
    whole = LazyPage(whole_title(), lambda: whole_page(library, draft_days, person_days))
    yield PublicPage("/quiz/whole", whole, offline="first")
    rules = JsonText(msgspec.json.encode(danger_rules(library)).decode())
    yield PublicPage("/quiz/rules.json", rules, "application/json", offline="first")


@post("/", name="quiz.start")
async def start(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    sessions_since: NamedDependency[SessionsSince],
) -> Answer:
    """Pressing the button is the consent. What is there already is shown first, unless `again` is sent."""
    form = await read_declared(request, start_fields(library))
    if form.one("variant") == "follow-up":
        # Whoever lost their cookie meanwhile reads what they would agree to first: that page does not say it.
        return go_to(request, await _followed_up(request, work, library, person, form, sessions_since))
    if person and not _again(form) and await _is_known(request, work, person):
        return go_to(request, CHECK_IN)
    person, cookies = await person_or_new(request, work, person)
    return go_to(request, await _begun(request, work, library, person, form, sessions_since), cookies=cookies)


@post("/whole", name="quiz.save_whole")
async def answer_on_one_page(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    """All screens at once, as the phone sends a quiz that was answered offline.

    Sending it is the press of the button: the consent is kept with it. The same key again changes nothing. One that
    waited on a phone is of the day on which it was answered.
    """
    form = await read_form(request)
    quiz = read_one_page_quiz(form, *_key_and_claim(request), library, pressed_at(request.headers, now))
    if quiz.read.errors:
        return _not_kept(request, library, quiz.read, form)
    found = await _receive(request, work, library, person, quiz)
    if isinstance(found, NoRoom):
        return _not_kept(request, library, without_room(quiz.read), form)
    return _show_received(request, found, danger_found(quiz.read.answers, library))


def _key_and_claim(request: AnyRequest) -> tuple[str, str]:
    """A header that came twice is one list, as HTTP has it: no key, unless it is the same."""
    sent = (request.headers.get(name, "").split(",") for name in ("idempotency-key", "idempotency-claim"))
    key, claim = (", ".join(dict.fromkeys(map(str.strip, values))) for values in sent)
    return key, claim


async def _receive(
    request: AnyRequest, work: Work, library: Library, person: Person | None, quiz: OnePageQuiz
) -> Reception:
    """Who holds a claim finds the record by it; anybody else must keep a cookie, or it could never be found again."""
    if person is None and not (quiz.sent and quiz.sent.claim):
        need_kept_cookie(request)
    consent = _consent(request, library, quiz.consent_version, quiz.pressed_at)
    owner = person.id if person else None
    found = await work(save_one_page, owner, quiz, library, consent, newcomer(request), waited=_waited(request))
    return _claimed(found)


def _waited(request: AnyRequest) -> Waited:
    match queued_by(request):
        case None:
            return ""
        case by:
            return "nobody" if by == NOBODY else "own"


def _claimed(found: Reception) -> Reception:
    """Raises OfAnother for what nobody has said is theirs yet."""
    if isinstance(found, Unclaimed):
        raise OfAnother
    return found


def _show_received(request: AnyRequest, found: Reception, danger: tuple[str, ...]) -> Answer:
    if isinstance(found, Received):
        name_owner(request, found.person_id)
        cookies = [token_cookie(request, found.token)] if found.token else ()
        return go_to(request, f"/results/{found.check_in}", cookies=cookies, says=danger)
    return _show_kept_before(request, another=isinstance(found, ReceivedOfAnother))


def _show_kept_before(request: AnyRequest, *, another: bool) -> Answer:
    """That it is kept is all that a phone needs to know, and nobody learns more."""
    if queued_by(request):
        return go_to(request, "")
    return render(request, received_page(another=another), status_code=409 if another else 200)


def _not_kept(request: AnyRequest, library: Library, read: FormAnswers, form: FormData) -> Answer:
    """The page that it came from, with all that was answered; else what is wrong, with what was sent."""
    if not is_shown_again(read, form, library):
        return render(request, one_page_faults(read, form), status_code=422)
    settings = request.app.state.settings
    return render(request, whole_page(library, settings.draft_days, settings.person_days, read), status_code=422)


async def _is_known(request: AnyRequest, work: Work, person: Person) -> bool:
    """Whether they have something to carry on, or to follow up."""
    draft = await work.read(find_draft_to_carry_on, person.id, draft_days(request))
    return draft is not None or can_follow_up(await work.read(find_latest_finished, person.id))


async def _followed_up(
    request: AnyRequest,
    work: Work,
    library: Library,
    person: Person | None,
    form: FormData,
    sessions_since: SessionsSince,
) -> str:
    """The address of a new follow-up; of the page that tells of a draft which it would delete, or why there is none."""
    if person is None:
        return "/quiz"
    draft = None if _again(form) else await work.read(find_draft_to_carry_on, person.id, draft_days(request))
    if draft:
        return CHECK_IN
    asked = FollowUpAsked(
        zone=form.one("time_zone"),
        confirm=bool(read_tick(form.one("confirm"))),
        agreed=bool(form.one("consent_version")),
    )
    consent = _consent(request, library, form.one("consent_version"))
    begun = await work(start_follow_up, person.id, library, asked, consent, sessions_since)
    return _first_screen(begun, _FULL if await work.read(is_full, person.id) else CHECK_IN)


def _again(form: FormData) -> bool:
    """What is there already is passed over."""
    return bool(read_tick(form.one("again")))


async def _begun(
    request: AnyRequest,
    work: Work,
    library: Library,
    person: Person,
    form: FormData,
    sessions_since: SessionsSince,
) -> str:
    """The address of the first screen of a new check-in, or of the page that says why there is no room for one."""
    consent = _consent(request, library, form.one("consent_version"))
    begun = await work(start_check_in, person.id, library, consent, sessions_since, form.one("time_zone"))
    return _first_screen(begun, _FULL)


def _first_screen(check_in: CheckIn | None, otherwise: str) -> str:
    return f"/quiz/{check_in.id}/{screens_of(check_in)[0]}" if check_in else otherwise


def _consent(
    request: AnyRequest, library: Library, version: str | None = None, pressed_at: datetime | None = None
) -> ConsentGiven:
    settings = request.app.state.settings
    version = version or library.quiz.consent.version
    lines = consent_lines(library, settings.draft_days, settings.person_days, version)
    return ConsentGiven(version, "\n".join(lines), pressed_at)


_of_quiz = Router(
    "/quiz",
    route_handlers=[
        start,
        show_old_choice,
        carry_on,
        show_screen,
        answer_screen,
        keep_draft,
        pause,
        show_pause,
        finish,
        answer_on_one_page,
    ],
)
router = Router("/", route_handlers=[check_in_routes.router, _of_quiz])
