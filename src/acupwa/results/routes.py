"""The page "What you told us" of one check-in, its files to take along, and the quiz as FHIR."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from anyio import to_thread
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.model import Person
from acupwa.practice.sharing.shares.service import list_requests_for
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.service import list_check_ins
from acupwa.results.assess import assess
from acupwa.results.fhir.bundle import bundle_of
from acupwa.results.fhir.datatypes import MEDIA_TYPE, to_json
from acupwa.results.fhir.items import items_of
from acupwa.results.fhir.questionnaire import questionnaire
from acupwa.results.fhir.response import questionnaire_response
from acupwa.results.pages import Asked, ResultsPage, results_page
from acupwa.results.plain_text import plain_text
from acupwa.results.previous import beside
from acupwa.results.progress import progress_page
from acupwa.results.service import CheckInInTime, find_all_finished, find_in_time, list_finished
from acupwa.web.public import PublicPage
from acupwa.web.rendering import go_to, render

FILES = (".txt", ".pdf", ".json")
# On a screen that others see: no word of health in the name of a file.
_NAME = "what-you-told-us"


class JsonPage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "offline/json.txt"
    text: str


def public_pages(library: Library) -> Iterable[PublicPage]:
    form = JsonPage(to_json(questionnaire(library)).decode())
    yield PublicPage("/fhir/Questionnaire/acupwa-full", form, MEDIA_TYPE)


@get("/results/{check_in:str}", name="results.show_results")
async def show_results(
    request: Request[Any, Any, Any],
    check_in: FromPath[str],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
) -> Response[Any]:
    """The page, or with an ending one of its files. A draft leads on to its last screen, and has no file."""
    ending = next((one for one in FILES if check_in.endswith(one)), "")
    key = _key(check_in.removesuffix(ending))
    found = await work(find_in_time, person.id, key) if person and key else None
    if found is None or (ending and not found.check_in.finished):
        raise NotFoundException
    if not found.check_in.finished:
        return go_to(request, f"/quiz/{key}/review")
    if ending == ".json":
        return _file(await _in_thread(_response_json, found.check_in, library), MEDIA_TYPE, ending)
    page = _page(found, library)
    match ending:
        case ".txt":
            return _file(plain_text(page).encode(), "text/plain", ending, "inline")
        case ".pdf":
            return _file(await _in_thread(_pdf, page), "application/pdf", ending)
    requests = await work(list_requests_for, person.id, found.check_in) if person else ()
    asked = tuple(Asked(clinic=one.link.clinic, href=f"/me/share/{key}/{one.link.id}") for one in requests)
    page = msgspec.structs.replace(page, asked=asked)
    return render(request, page)


@get("/progress", name="results.show_progress")
async def show_progress(
    request: Request[Any, Any, Any],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
) -> Response[Any]:
    """Every rating over time. Without a finished check-in it says how to begin."""
    finished = await work(list_finished, person.id) if person else ()
    known = [known_check_in(one, library) for one in finished]
    return render(request, progress_page(known, library))


@get("/results/{check_in:str}/bundle.json", name="results.all_as_fhir")
async def all_as_fhir(
    check_in: FromPath[str],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Response[Any]:
    """Every finished check-in and its trend, as a FHIR R4 Bundle."""
    key = _key(check_in)
    found = await work(find_all_finished, person.id, key) if person and key else None
    if found is None:
        raise NotFoundException
    return _file(await _in_thread(_bundle_json, found, library, now), MEDIA_TYPE, "-over-time.json")


@get("/me/export.fhir.json", name="results.export_fhir")
async def export_fhir(
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    now: NamedDependency[datetime],
    person: NamedDependency[Person | None],
) -> Response[Any]:
    """The same Bundle, from the page about one's own data."""
    kept = await work(list_check_ins, person.id) if person else ()
    found = tuple(one for one in kept if one.finished)
    if not found:
        raise NotFoundException
    return _file(await _in_thread(_bundle_json, found, library, now), MEDIA_TYPE, "-over-time.json")


def _page(found: CheckInInTime, library: Library) -> ResultsPage:
    check_in = known_check_in(found.check_in, library)
    before = [known_check_in(one, library) for one in found.before]
    assessment = assess(check_in.answers, beside(check_in, before[-1] if before else None), library)
    older_signs = check_in.answers.red_flags != found.check_in.answers.red_flags
    return results_page(check_in, before, assessment, library, older_signs=older_signs)


def _pdf(page: ResultsPage) -> bytes:
    # Loaded when the first one is asked for: most servers start without.
    from acupwa.results.pdf.document import pdf

    return pdf(page)


def _response_json(check_in: CheckIn, library: Library) -> bytes:
    return to_json(questionnaire_response(check_in, items_of(library)))


def _bundle_json(check_ins: tuple[CheckIn, ...], library: Library, now: datetime) -> bytes:
    return to_json(bundle_of(check_ins, items_of(library), now))


async def _in_thread(function: Any, *args: Any) -> bytes:
    made: bytes = await to_thread.run_sync(partial(function, *args))
    return made


def _file(content: bytes, media_type: str, ending: str, disposition: str = "attachment") -> Response[bytes]:
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'{disposition}; filename="{_NAME}{ending}"',
    }
    return Response(content, media_type=media_type, headers=headers)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


router = Router("/", route_handlers=[show_results, show_progress, all_as_fhir, export_fhir])
