"""The summary of one check-in as a page, its files, and the quiz as FHIR."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, zone_of
from acupwa.person.model import Person
from acupwa.planner.model import SavedPlan
from acupwa.planner.service import current_plan
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.service import list_check_ins
from acupwa.results.answers_table import to_csv
from acupwa.results.assess import assess
from acupwa.results.course_routes import handlers as course_handlers
from acupwa.results.fhir.bundle import bundle_of
from acupwa.results.fhir.datatypes import MEDIA_TYPE, to_json
from acupwa.results.fhir.items import items_of
from acupwa.results.fhir.questionnaire import questionnaire
from acupwa.results.fhir.response import questionnaire_response
from acupwa.results.model import FILE_NAME, WaitingClinic, WaitingClinics
from acupwa.results.pages import JUST_SAVED, results_page
from acupwa.results.paper_text import text_of
from acupwa.results.previous import previous_scores
from acupwa.results.progress import progress_page
from acupwa.results.same_day import same_day
from acupwa.results.sentences import record_subject
from acupwa.results.service import CheckInHistory, find_all_finished, find_history, list_finished
from acupwa.results.signs_elsewhere import signs_elsewhere
from acupwa.results.summary import Summary, make_summary
from acupwa.results.summary_blocks import blocks_of
from acupwa.web.aside import MANY, aside, aside_when
from acupwa.web.files import download
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.keys import find_key
from acupwa.web.public import JsonText, PublicPage
from acupwa.web.rendering import go_to, render
from acupwa.wording import date_words, set_country
from acupwa.zones import localised


def public_pages(library: Library) -> Iterable[PublicPage]:
    form = JsonText(to_json(questionnaire(library)).decode())
    yield PublicPage("/fhir/Questionnaire/acupwa-full", form, MEDIA_TYPE)


@get("/results/{check_in:str}", name="results.show_results")
async def show_results(
    request: AnyRequest,
    check_in: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
    share_requests: NamedDependency[WaitingClinics],
) -> Answer:
    """The page, or with an ending one of its files. A draft leads on to its last screen, and has no file."""
    key, ending = _key_and_ending(check_in)
    found = await _history(work, person, key, request.app.state.settings.draft_days)
    if ending:
        return await _file_of(ending, found, library)
    if not found.check_in.finished:
        return go_to(request, f"/quiz/{key}/review")
    requests = await work.read(share_requests, person.id, found.check_in) if person else ()
    return await aside_when(len(found.all_previous) > MANY, _results, request, found, library, requests, now)


@get("/progress", name="results.show_progress")
async def show_progress(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    """Every rating over time. Without a finished check-in it says how to begin."""
    finished = await work.read(list_finished, person.id) if person else ()
    plan = await work.read(current_plan, person.id) if person and finished else None
    set_country(finished[0].answers.country if finished else None)
    return await aside(_progress, request, localised(finished, zone_of(person)), library, plan)


@get("/results/{check_in:str}/bundle.json", name="results.all_as_fhir")
async def all_as_fhir(
    check_in: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    """Every finished check-in and its trend, as a FHIR R4 Bundle."""
    key = find_key(check_in)
    found = await work.read(find_all_finished, person.id, key) if person and key else None
    if found is None:
        raise NotFoundException
    return _file(await aside(_bundle_json, found, library, now), MEDIA_TYPE, "-over-time.json")


@get("/me/export.fhir.json", name="results.export_fhir")
async def export_fhir(
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    """The same Bundle, from the page about one's own data."""
    kept = await work.read(list_check_ins, person.id) if person else ()
    found = tuple(one for one in kept if one.finished)
    if not found:
        raise NotFoundException
    return _file(await aside(_bundle_json, found, library, now), MEDIA_TYPE, "-over-time.json")


def _results(
    request: AnyRequest, found: CheckInHistory, library: Library, requests: Sequence[WaitingClinic], now: datetime
) -> Answer:
    saved = now - found.check_in.heard_at < JUST_SAVED
    other = same_day(found.check_in, found.others)
    page = results_page(_summary(found, library), requests, saved=saved, last=found.last, same_day=other)
    return render(request, page)


def _progress(request: AnyRequest, finished: tuple[CheckIn, ...], library: Library, plan: SavedPlan | None) -> Answer:
    return render(request, progress_page([known_check_in(one, library) for one in finished], library, plan))


async def _history(work: Work, person: Person | None, key: UUID | None, draft_days: int) -> CheckInHistory:
    found = await work.read(find_history, person.id, key, draft_days) if person and key else None
    if found is None or person is None:
        raise NotFoundException
    set_country(found.check_in.answers.country)
    return localised(found, person.time_zone)


def _summary(found: CheckInHistory, library: Library) -> Summary:
    check_in = known_check_in(found.check_in, library)
    all_previous = [known_check_in(one, library) for one in found.all_previous]
    previous = all_previous[-1] if all_previous else None
    elsewhere = signs_elsewhere(found.check_in, found.others, library, found.expired)
    own = assess(check_in.answers, previous_scores(check_in, previous, library), library)
    told = found.check_in.answers
    retired_signs = (check_in.answers.red_flags, check_in.answers.groups) != (told.red_flags, told.groups)
    return make_summary(
        check_in,
        all_previous,
        own,
        library,
        retired_signs=retired_signs,
        elsewhere=elsewhere,
        kept_plan=found.kept_plan,
    )


def _text(found: CheckInHistory, library: Library) -> bytes:
    return text_of(blocks_of(_summary(found, library))).encode()


def _pdf(found: CheckInHistory, library: Library) -> bytes:
    # Loaded when the first one is asked for: most servers start without.
    from acupwa.results.pdf.paper import pdf_of

    summary = _summary(found, library)
    return pdf_of(blocks_of(summary), summary.title, date_words(summary.finished_on), record_subject())


def _csv(found: CheckInHistory, library: Library) -> bytes:
    return to_csv(found.check_in, library)


def _response_json(found: CheckInHistory, library: Library) -> bytes:
    return to_json(questionnaire_response(found.check_in, items_of(library)))


class _File(msgspec.Struct, frozen=True):
    """How a file is made, and what a browser is told of it."""

    make: Callable[[CheckInHistory, Library], bytes]
    media_type: str
    disposition: str = "attachment"


_FILES = {
    ".txt": _File(_text, "text/plain", "inline"),
    ".pdf": _File(_pdf, "application/pdf"),
    ".csv": _File(_csv, "text/csv"),
    ".json": _File(_response_json, MEDIA_TYPE),
}


async def _file_of(ending: str, found: CheckInHistory, library: Library) -> Answer:
    if not found.check_in.finished:
        raise NotFoundException
    file = _FILES[ending]
    return _file(await aside(file.make, found, library), file.media_type, ending, file.disposition)


def _bundle_json(check_ins: tuple[CheckIn, ...], library: Library, now: datetime) -> bytes:
    return to_json(bundle_of(check_ins, items_of(library), now))


def _file(content: bytes, media_type: str, ending: str, disposition: str = "attachment") -> Answer:
    return download(content, media_type, f"{FILE_NAME}{ending}", inline=disposition == "inline")


def _key_and_ending(text: str) -> tuple[UUID | None, str]:
    ending = next((one for one in _FILES if text.endswith(one)), "")
    return find_key(text.removesuffix(ending)), ending


router = Router("/", route_handlers=[show_results, show_progress, all_as_fhir, export_fhir, *course_handlers])
