"""The addresses of the quiz: begin, carry on, do it again, or send it on one page."""

from collections.abc import Iterable, Sequence

from litestar import Router, get, post
from litestar.datastructures import Cookie

from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, person_or_new
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.consent import consent_lines
from acupwa.quiz.follow_up import can_follow_up
from acupwa.quiz.model import CheckIn
from acupwa.quiz.one_page_form import read_one_page_quiz, without_room
from acupwa.quiz.pages import one_page_faults, resume_page, start_page, variant_page
from acupwa.quiz.rules import has_expired, screens_of
from acupwa.quiz.screen_routes import (
    answer_screen,
    carry_on,
    draft_days,
    finish,
    keep_draft,
    pause,
    posted_form,
    show_screen,
)
from acupwa.quiz.service import (
    ConsentGiven,
    find_draft,
    find_question,
    latest_finished,
    save_one_page,
    start_check_in,
    start_follow_up,
)
from acupwa.web.forms import FormData
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.public import PublicPage
from acupwa.web.rendering import go_to, render

# Where old ones are deleted, and why there is no room is said.
_FULL = "/me?done=full"


def start_pages(library: Library, draft_days: int, person_days: int) -> Iterable[PublicPage]:
    """`/quiz`, with this server's days in the words of consent."""
    yield PublicPage("/quiz", start_page(library, draft_days, person_days), offline="first")


@post("/", name="quiz.start")
async def start(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    """Pressing the button is the consent. A draft with answers is offered first, unless `again` is sent."""
    form = await posted_form(request)
    if person and form.one("variant") == "follow-up":
        return go_to(request, _first_screen(await work(start_follow_up, person.id, library)))
    if person and not form.one("again") and (asked := await work(find_question, person.id, draft_days(request))):
        return go_to(request, f"/quiz/{asked}")
    person, cookies = await person_or_new(request, work, person)
    check_in = await work(start_check_in, person.id, library, _consent(request, library))
    return go_to(request, _first_screen(check_in, _FULL), cookies=cookies)


@get("/resume-draft", name="quiz.show_draft")
async def show_draft(
    request: AnyRequest,
    work: WorkDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    """Carry on, or start again? Without a draft there is nothing to ask."""
    draft = await work(find_draft, person.id) if person else None
    if draft is None or has_expired(draft, now, draft_days(request)):
        return go_to(request, "/quiz")
    return render(request, resume_page(draft))


@get("/again", name="quiz.show_again")
async def show_variants(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    """The follow-up or the full check-in? Without a finished check-in there is nothing to ask."""
    previous = await work(latest_finished, person.id) if person else None
    if previous is None or not can_follow_up(previous):
        return go_to(request, "/quiz")
    return render(request, variant_page(previous))


@post("/whole", name="quiz.save_whole")
async def answer_on_one_page(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    """All screens at once, as the phone sends a quiz that was answered offline.

    Sending it is the press of the button: the consent is kept with it. The same key again changes nothing.
    """
    form = await posted_form(request)
    quiz = read_one_page_quiz(form, request.headers.get("idempotency-key", ""), library)
    if quiz.read.errors:
        return _not_kept(request, quiz.read, form)
    person, cookies = await person_or_new(request, work, person)
    check_in = await work(save_one_page, person.id, quiz, library, _consent(request, library))
    return _result(request, check_in, cookies) if check_in else _not_kept(request, without_room(quiz.read), form)


def _result(request: AnyRequest, check_in: CheckIn, cookies: Sequence[Cookie]) -> Answer:
    return go_to(request, f"/results/{check_in.id}", cookies=cookies)


def _not_kept(request: AnyRequest, read: FormAnswers, form: FormData) -> Answer:
    return render(request, one_page_faults(read, form), status_code=422)


def _first_screen(check_in: CheckIn | None, otherwise: str = "/quiz") -> str:
    return f"/quiz/{check_in.id}/{screens_of(check_in)[0]}" if check_in else otherwise


def _consent(request: AnyRequest, library: Library) -> ConsentGiven:
    settings = request.app.state.settings
    lines = consent_lines(library, settings.draft_days, settings.person_days)
    return ConsentGiven(library.quiz.consent.version, "\n".join(lines))


router = Router(
    "/quiz",
    route_handlers=[
        start,
        show_draft,
        show_variants,
        carry_on,
        show_screen,
        answer_screen,
        keep_draft,
        pause,
        finish,
        answer_on_one_page,
    ],
)
